#include "protocol/policy/policy.h"

#include <algorithm>

namespace encuentro::policy {

namespace {

using roster::Country;
using roster::CountryBody;
using roster::CountryStatus;
using roster::MemberView;
using roster::Role;
using roster::Standing;

template <class T>
bool holds(const std::vector<T>& sorted, const T& item) {
  return std::binary_search(sorted.begin(), sorted.end(), item);
}

std::optional<CountryStatus> status_of(const roster::View& view, Country code) {
  if (code.none()) return std::nullopt;
  const CountryBody* country = view.country(code);
  // A grant names a known seat (R-ROS-17), so a country is there; if not, nothing is admitted for it.
  return country == nullptr ? CountryStatus::suspended : country->status;
}

// The ceiling that no policy lifts (FORMATS §4).
Status under_ceiling(const ChannelPolicy& policy, const roster::View& view, const MemberView& member,
                     Standing standing) {
  if (standing != Standing::full && !policy.is_general_board()) return fail(Code::not_admitted, "R-POL-11");
  auto status = status_of(view, member.grant.country);
  if (status == CountryStatus::suspended) return fail(Code::not_admitted, "R-POL-12");
  if (member.grant.role == Role::participant) {
    return member.grant.scope == policy.channel ? Status{} : fail(Code::not_admitted, "R-POL-14");
  }
  if (status == CountryStatus::training_only || member.grant.role == Role::alumni) {
    bool by_name = policy.kind == ChannelKind::network && holds(policy.admission.members, member.id);
    if (policy.kind != ChannelKind::board && !by_name) return fail(Code::not_admitted, "R-POL-13");
  }
  return {};
}

Status by_policy(const ChannelPolicy& policy, const roster::View& view, const MemberView& member) {
  const Admission& a = policy.admission;
  if (holds(a.members, member.id)) return {};
  if (!holds(a.roles, member.grant.role)) return fail(Code::not_admitted, "R-POL-15");
  Country country = member.grant.country;
  if (country.none()) return {};
  if (!a.countries.empty() && !holds(a.countries, country)) return fail(Code::not_admitted, "R-POL-16");
  if (!holds(a.statuses, *status_of(view, country))) return fail(Code::not_admitted, "R-POL-17");
  return {};
}

Status admitted_with(const ChannelPolicy& policy, const roster::View& view, const MemberId& id,
                     std::optional<Standing> device_standing) {
  auto member = view.member(id);
  if (!member) return fail(Code::not_admitted, "R-POL-10");
  Standing standing = device_standing.value_or(member->standing);
  if (standing == Standing::gone) return fail(Code::not_admitted, "R-POL-10");
  TRY_OK(under_ceiling(policy, view, *member, standing));
  return by_policy(policy, view, *member);
}

// An admitted device whose role is in the list, or that is the creator's where that suffices.
Status in_list(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device,
               const std::vector<Role>& list, bool creator_may, const char* rule) {
  TRY_OK(admitted_device(policy, view, device));
  auto member = view.member(view.device(device)->member);
  // Unseated and provisional people read the general board, they don't speak there.
  if (view.device(device)->standing != Standing::full) return fail(Code::not_allowed, rule);
  if (holds(list, member->grant.role) || (creator_may && member->id == policy.creator)) return {};
  return fail(Code::not_allowed, rule);
}

bool is_focal_point_of_member(const roster::View& view, const MemberView& member) {
  return member.grant.role == Role::focal_point && status_of(view, member.grant.country) == CountryStatus::member;
}

bool may_create_kind(const ChannelPolicy& policy, const roster::View& view, const MemberView& member) {
  switch (policy.kind) {
    case ChannelKind::board:
      return member.id == view.founder();
    case ChannelKind::network:
    case ChannelKind::committee:
      return member.grant.role == Role::secretariat || is_focal_point_of_member(view, member);
    case ChannelKind::country:
      return is_focal_point_of_member(view, member);
    case ChannelKind::direct: {
      Role role = member.grant.role;
      auto status = status_of(view, member.grant.country);
      bool never = role == Role::alumni || role == Role::participant;
      return !never && (!status || status == CountryStatus::member);
    }
  }
  return false;
}

}  // namespace

Status admitted(const ChannelPolicy& policy, const roster::View& view, const MemberId& member) {
  return admitted_with(policy, view, member, std::nullopt);
}

Status admitted_device(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  auto found = view.device(device);
  if (!found || found->kind == roster::DeviceKind::paper) return fail(Code::not_admitted, "R-POL-10");
  return admitted_with(policy, view, found->member, found->standing);
}

Result<LeafIdentity> admitted_leaf(const ChannelPolicy& policy, const roster::View& view, const Leaf& leaf) {
  TRY(LeafIdentity identity, identify(leaf, view));
  TRY_OK(admitted_device(policy, view, identity.device));
  return identity;
}

Status may_post(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  return in_list(policy, view, device, policy.posts, false, "R-POL-20");
}
Status may_add(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  return in_list(policy, view, device, policy.adds, true, "R-POL-21");
}
Status may_remove(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  return in_list(policy, view, device, policy.removes, true, "R-POL-22");
}
Status may_change_admission(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  return in_list(policy, view, device, policy.admits, false, "R-POL-23");
}

Status may_create(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device) {
  auto creator = view.device(device);
  if (!creator || creator->standing != Standing::full || creator->kind == roster::DeviceKind::paper) {
    return fail(Code::not_allowed, "R-POL-30");
  }
  auto member = view.member(creator->member);
  if (policy.creator != member->id) return fail(Code::not_allowed, "R-POL-32");
  if (!may_create_kind(policy, view, *member)) return fail(Code::not_allowed, "R-POL-31");
  const Admission& a = policy.admission;
  if (policy.kind == ChannelKind::country && a.countries.front() != member->grant.country) {
    return fail(Code::not_allowed, "R-POL-33");
  }
  if (policy.kind == ChannelKind::direct && !holds(a.members, member->id)) {
    return fail(Code::not_allowed, "R-POL-34");
  }
  if (!admitted_device(policy, view, device)) return fail(Code::not_allowed, "R-POL-35");
  return {};
}

Status may_restart(const ChannelPolicy& before, const ChannelPolicy& after, const roster::View& view,
                   const DeviceId& device) {
  ChannelPolicy same = after;
  same.predecessor = before.predecessor;
  if (!after.predecessor || !(same == before)) return fail(Code::policy_violation, "R-POL-36");
  return may_add(before, view, device);
}

Status has_voice(const roster::View& view, const MemberId& id) {
  auto member = view.member(id);
  bool voice = member && member->standing == Standing::full && is_focal_point_of_member(view, *member) &&
               !member->no_position_before;
  return voice ? Status{} : fail(Code::not_allowed, "R-POL-40");
}

}  // namespace encuentro::policy
