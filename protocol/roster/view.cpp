#include "protocol/roster/state.h"

namespace encuentro::roster {

namespace {

Standing standing_of(const MemberStep& step, const RoleGrant& grant, Timestamp time) {
  if (step.revoked) return Standing::gone;
  if (step.end && *step.end <= time) return Standing::gone;
  if (grant.until && *grant.until <= time) return Standing::gone;
  if (step.provisional) return Standing::provisional;
  return step.unseated ? Standing::unseated : Standing::full;
}

// The member as it stands, without its id and name.
std::optional<MemberView> member_at(const MemberRow& row, const RosterHead& head) {
  const MemberStep* step = row.steps.at(head.seq);
  if (step == nullptr) return std::nullopt;
  MemberView view;
  bool succeeded = step->next_grant && step->next_start <= head.time;
  view.grant = succeeded ? *step->next_grant : step->grant;
  view.standing = standing_of(*step, view.grant, head.time);
  view.entered = row.entered;
  view.relief = step->relief;
  if (step->no_position_before && head.time < *step->no_position_before) {
    view.no_position_before = step->no_position_before;
  }
  return view;
}

}  // namespace

const NetworkId& View::network() const { return state_->genesis->id; }
const MemberId& View::founder() const { return state_->genesis->founder; }

std::optional<MemberView> View::member(const MemberId& id) const {
  auto row = state_->members.find(id);
  if (row == state_->members.end()) return std::nullopt;
  auto view = member_at(row->second, head_);
  if (!view) return std::nullopt;
  view->id = id;
  view->name = row->second.names.at(head_.seq);
  return view;
}

std::optional<DeviceView> View::device(const DeviceId& id) const {
  auto found = state_->devices.find(id);
  if (found == state_->devices.end()) return std::nullopt;
  const DeviceRow& row = found->second;
  const DeviceStep* step = row.steps.at(head_.seq);
  if (step == nullptr) return std::nullopt;
  DeviceView view;
  view.id = id;
  view.member = row.member;
  view.key = row.record.key;
  view.kind = row.record.kind;
  view.label = &row.record.label;
  view.entered = row.entered;
  view.spent = row.record.kind == DeviceKind::paper && !row.vouched.empty() && row.vouched.front().at <= head_.seq;
  auto own = step->revoked ? Standing::gone : step->provisional ? Standing::provisional : Standing::full;
  auto member = member_at(state_->members.at(row.member), head_);
  ENC_CHECK(member.has_value());
  view.standing = std::max(own, member->standing);
  return view;
}

std::optional<InviteView> View::invite(const InviteId& id) const {
  auto found = state_->invites.find(id);
  if (found == state_->invites.end() || found->second.made > head_.seq) return std::nullopt;
  const InviteRow& row = found->second;
  auto by_now = [&](RosterSeq seq) { return seq.value != 0 && seq <= head_.seq; };
  InviteView view;
  view.body = &row.body;
  view.maker = row.maker;
  view.used = by_now(row.used);
  auto maker = member(state_->devices.at(row.maker).member);
  bool stands = maker && (maker->standing == Standing::full || maker->standing == Standing::unseated);
  bool into_a_seat = row.body.purpose == InvitePurpose::member && row.body.grant.role == Role::focal_point;
  if (into_a_seat && row.by_roots && seat_taken(row.body.grant.country))
    view.seat_from = row.made_time + objection_time;
  view.open = !view.used && !by_now(row.revoked) && stands && head_.time < row.body.expires;
  return view;
}

const CountryBody* View::country(Country code) const {
  auto found = state_->countries.find(code);
  return found == state_->countries.end() ? nullptr : found->second.at(head_.seq);
}

std::vector<MemberId> View::members() const {
  std::vector<MemberId> ids;
  for (const auto& id : state_->members_in_order) {
    if (state_->members.at(id).entered <= head_.seq) ids.push_back(id);
  }
  return ids;
}

std::vector<MemberId> View::members_of(Country code) const {
  std::vector<MemberId> ids;
  auto found = state_->members_by_country.find(code);
  if (found == state_->members_by_country.end()) return ids;
  for (const auto& id : found->second) {
    if (state_->members.at(id).entered <= head_.seq) ids.push_back(id);
  }
  return ids;
}

std::vector<DeviceId> View::devices_of(const MemberId& member) const {
  std::vector<DeviceId> ids;
  auto found = state_->members.find(member);
  if (found == state_->members.end()) return ids;
  for (const auto& id : found->second.devices) {
    if (state_->devices.at(id).entered <= head_.seq) ids.push_back(id);
  }
  return ids;
}

std::vector<Country> View::countries() const {
  std::vector<Country> codes;
  for (const auto& [code, history] : state_->countries) {
    if (history.at(head_.seq) != nullptr) codes.push_back(code);
  }
  return codes;
}

std::vector<InviteId> View::invites() const {
  std::vector<InviteId> ids;
  for (const auto& id : state_->invites_in_order) {
    if (state_->invites.at(id).made <= head_.seq) ids.push_back(id);
  }
  return ids;
}

const RootSet& View::roots() const {
  const RootSet* roots = state_->roots.at(head_.seq);
  ENC_CHECK(roots != nullptr);
  return *roots;
}
const ServerBody* View::server() const { return state_->server.at(head_.seq); }

std::vector<const ReleaseBody*> View::releases() const {
  std::vector<const ReleaseBody*> all;
  for (const auto& [at, release] : state_->releases.steps()) {
    if (at <= head_.seq) all.push_back(&release);
  }
  return all;
}

bool View::seat_taken(Country code) const {
  auto found = state_->seat_taken.find(code);
  return found != state_->seat_taken.end() && found->second <= head_.seq;
}

bool View::may_invite(const MemberView& inviter, const RoleGrant& grant) const {
  if (inviter.standing != Standing::full) return false;
  switch (inviter.grant.role) {
    case Role::secretariat:
      return grant.role == Role::partner || grant.role == Role::alumni || grant.role == Role::participant ||
             grant.role == Role::focal_point;
    case Role::focal_point:
      return has_seat(grant.role) && grant.country == inviter.grant.country;
    default:
      return false;
  }
}

}  // namespace encuentro::roster
