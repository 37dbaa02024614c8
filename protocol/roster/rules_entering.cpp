// Who lets people and devices in: invites, accepts, vouching, re-entry.
#include <set>

#include "protocol/base/limits.h"
#include "protocol/roster/rules.h"

namespace encuentro::roster {

namespace {

constexpr Duration life_with_code = days(14);
constexpr Duration life_without_code = hours(72);

// Rule 37.
Status unknown_so_far(const Scene& scene, const DeviceRecord& device) {
  if (scene.state.devices.contains(device.id())) return fail(Code::already_exists, "R-ROS-37");
  return {};
}

// Rules 37, 38.
Status new_device(const Scene& scene, const MemberId& member, const DeviceRecord& device) {
  TRY_OK(unknown_so_far(scene, device));
  std::size_t standing = 0;
  for (const auto& id : scene.view.devices_of(member)) {
    if (scene.view.device(id)->standing != Standing::gone) ++standing;
  }
  if (standing >= limits::devices_per_member_max) return fail(Code::too_many, "R-ROS-38");
  return {};
}

Status judge_member_invite(const Scene& scene, const InviteBody& body, const Consents& consents) {
  if (scene.state.members.contains(body.member)) return fail(Code::already_exists, "R-ROS-20");
  TRY_OK(known_seat(scene, body.grant));
  if (scene.view.may_invite(*scene.member, body.grant)) return {};
  // The Secretariat's people are the roots' to name: also where the old Secretariat won't (decision 0023).
  Role own = scene.member->grant.role;
  bool may_carry = scene.appended_by_full() && (own == Role::secretariat || own == Role::focal_point);
  if (!may_carry || body.grant.role != Role::secretariat) return fail(Code::not_allowed, "R-ROS-21");
  if (!demand_roots(scene, consents)) return fail(Code::threshold_not_met, "R-ROS-24");
  return {};
}

Status judge_re_entry(const Scene& scene, const DeviceBody& body, const Consents& consents) {
  if (body.device.kind == DeviceKind::paper) return fail(Code::not_allowed, "R-ROS-42");
  auto subject = scene.view.member(body.member);
  std::set<MemberId> confirmers;
  bool appender_among = false;
  for (const auto& id : consents.devices) {
    auto device = scene.view.device(id);
    if (device->member == body.member) continue;  // its own access sheet: no confirmer, but see state.cpp
    auto confirmer = scene.view.member(device->member);
    bool same_seat = !subject->grant.country.none() && confirmer->grant.country == subject->grant.country &&
                     has_seat(confirmer->grant.role);
    if (!same_seat && confirmer->grant.role != Role::secretariat) return fail(Code::not_allowed, "R-ROS-43");
    confirmers.insert(device->member);
    appender_among = appender_among || id == scene.entry.appender;
  }
  if (confirmers.size() < re_entry_confirmers) {
    return fail(Code::threshold_not_met, "R-ROS-42", re_entry_confirmers, confirmers.size());
  }
  if (!appender_among) return fail(Code::not_allowed, "R-ROS-42");
  return {};
}

}  // namespace

Status judge_body(const Scene& scene, const InviteBody& body, const Consents& consents) {
  if (scene.state.invites.contains(body.id)) return fail(Code::already_exists, "R-ROS-20");
  if (consents.roots > 0) TRY_OK(demand_roots(scene, consents));
  auto life = body.code_key ? life_with_code : life_without_code;
  if (body.expires <= scene.entry.time || body.expires > scene.entry.time + life) {
    return fail(Code::not_allowed, "R-ROS-22");
  }
  if (body.purpose == InvitePurpose::member) return judge_member_invite(scene, body, consents);
  bool own = scene.member->id == body.member && scene.member->grant == body.grant;
  // A sheet is printed by the device that vouches for it: no link for one.
  if (!own || body.device_kind == DeviceKind::paper) return fail(Code::not_allowed, "R-ROS-23");
  return {};
}

Status judge_body(const Scene& scene, const AcceptBody& body, const Consents& consents) {
  auto invite = scene.view.invite(body.invite);
  if (!invite) return fail(Code::not_found, "R-ROS-30");
  if (invite->used) return fail(Code::invite_used, "R-ROS-31");
  if (scene.entry.time >= invite->body->expires) return fail(Code::expired, "R-ROS-33");
  if (!invite->open) return fail(Code::revoked, "R-ROS-32");
  const InviteBody& offer = *invite->body;
  bool kind_fits = offer.device_kind ? body.device.kind == *offer.device_kind : body.device.kind != DeviceKind::paper;
  if (body.member != offer.member || !kind_fits) return fail(Code::not_allowed, "R-ROS-34");
  if (!consents.link) return fail(Code::bad_signature, "R-ROS-35");
  if (offer.purpose == InvitePurpose::member && scene.state.members.contains(body.member)) {
    return fail(Code::already_exists, "R-ROS-20");
  }
  TRY_OK(new_device(scene, body.member, body.device));
  if (scene.entry.appender != body.device.id()) return fail(Code::not_allowed, "R-ROS-37");
  if (!scene.entry.verify(body.device.key)) return fail(Code::bad_signature, "R-ROS-37");
  return {};
}

Status judge_body(const Scene& scene, const DeviceBody& body, const Consents& consents) {
  auto subject = scene.view.member(body.member);
  if (!subject) return fail(Code::unknown_member, "R-ROS-60");
  if (subject->standing == Standing::gone) return fail(Code::revoked, "R-ROS-40");
  if (!consents.new_device) return fail(Code::bad_signature, "R-ROS-41");
  if (body.action == DeviceAction::re_enter) {
    TRY_OK(unknown_so_far(scene, body.device));  // however many it had: they are cut
    return judge_re_entry(scene, body, consents);
  }
  TRY_OK(new_device(scene, body.member, body.device));
  if (!consents.devices.empty()) return fail(Code::not_allowed, "R-ROS-11");
  if (scene.device->member != body.member) return fail(Code::not_allowed, "R-ROS-40");
  return {};
}

}  // namespace encuentro::roster
