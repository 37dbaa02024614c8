#include "client/views/people.h"

#include <algorithm>
#include <tuple>

namespace encuentro::client::views {
namespace {

std::vector<PersonDevice> devices_of(const core::Core& core, const roster::View& view, const MemberId& member) {
  std::vector<PersonDevice> devices;
  for (const DeviceId& id : view.devices_of(member)) {
    auto device = view.device(id);
    if (!device || device->standing == roster::Standing::gone) continue;
    devices.push_back({id, device->kind, core.device_label(id), device->standing});
  }
  return devices;
}

Person person_of(const core::Core& core, const roster::View& view, const roster::MemberView& member) {
  Person person;
  person.member = member.id;
  person.name = core.name_of(member.id);
  person.grant = member.grant;
  person.standing = member.standing;
  if (const auto* country = view.country(member.grant.country)) person.status = country->status;
  person.devices = devices_of(core, view, member.id);
  return person;
}

auto order(const Person& p) {
  // Secretariat 0, countries 1, the rest 2.
  int group = p.grant.role == roster::Role::secretariat ? 0 : roster::has_seat(p.grant.role) ? 1 : 2;
  return std::tuple(group, p.grant.country, p.grant.role, !p.grant.principal, p.name ? p.name->name : std::string(),
                    p.member);
}

}  // namespace

std::vector<Person> everybody(const core::Core& core) {
  std::vector<Person> all;
  roster::View view = core.roster().newest();
  for (const MemberId& id : view.members()) {
    if (auto member = view.member(id)) all.push_back(person_of(core, view, *member));
  }
  std::sort(all.begin(), all.end(), [](const Person& a, const Person& b) { return order(a) < order(b); });
  return all;
}

std::vector<Person> people(const core::Core& core) {
  auto all = everybody(core);
  std::erase_if(all, [](const Person& p) { return p.standing == roster::Standing::gone; });
  return all;
}

std::optional<Person> person(const core::Core& core, const MemberId& id) {
  roster::View view = core.roster().newest();
  auto member = view.member(id);
  if (!member) return std::nullopt;
  return person_of(core, view, *member);
}

}  // namespace encuentro::client::views
