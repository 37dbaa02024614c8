#include "client/views/people.h"

#include <algorithm>
#include <tuple>

#include "protocol/base/sorting.h"

namespace encuentro::client::views {
namespace {

using LabelOf = std::function<std::string(const DeviceId&)>;

std::vector<PersonDevice> devices_of(const roster::View& view, const LabelOf& label_of, const MemberId& member) {
  std::vector<PersonDevice> devices;
  for (const DeviceId& id : view.devices_of(member)) {
    auto device = view.device(id);
    if (!device || device->standing == roster::Standing::gone) continue;
    devices.push_back({id, device->kind, label_of(id), device->standing});
  }
  return devices;
}

Person person_of(const roster::View& view, const roster::MemberView& member, const NameOf& name_of,
                 const LabelOf& label_of) {
  Person person;
  person.member = member.id;
  person.name = name_of(member.id);
  person.grant = member.grant;
  person.standing = member.standing;
  if (const auto* country = view.country(member.grant.country)) person.status = country->status;
  person.devices = devices_of(view, label_of, member.id);
  person.no_position_before = member.no_position_before;
  person.relief = member.relief;
  return person;
}

auto order(const Person& p) {
  // Secretariat 0, countries 1, the rest 2.
  int group = p.grant.role == roster::Role::secretariat ? 0 : roster::has_seat(p.grant.role) ? 1 : 2;
  return std::tuple(group, p.grant.country, p.grant.role, !p.grant.principal, p.name ? p.name->name : std::string(),
                    p.member);
}

std::vector<Person> all_of(const roster::View& view, const NameOf& name_of, const LabelOf& label_of) {
  std::vector<Person> all;
  for (const MemberId& id : view.members()) {
    if (auto member = view.member(id)) all.push_back(person_of(view, *member, name_of, label_of));
  }
  put_in_order(all, [](const Person& a, const Person& b) { return order(a) < order(b); });
  return all;
}

NameOf names_of(const core::Core& core) {
  return [&core](const MemberId& id) { return core.name_of(id); };
}
LabelOf labels_of(const core::Core& core) {
  return [&core](const DeviceId& id) { return core.device_label(id); };
}

}  // namespace

std::vector<Person> everybody(const core::Core& core) {
  return all_of(core.roster().newest(), names_of(core), labels_of(core));
}

std::vector<Person> everybody(const roster::View& view, const NameOf& name_of) {
  return all_of(view, name_of, [](const DeviceId&) { return std::string(); });
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
  return person_of(view, *member, names_of(core), labels_of(core));
}

}  // namespace encuentro::client::views
