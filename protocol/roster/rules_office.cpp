// Who decides over whom once they are in: confirming, countersigning, relief, end, revocation, renaming.
#include "protocol/roster/rules.h"

namespace encuentro::roster {

namespace {

bool is_focal_point_of(const MemberView& member, Country seat) {
  return member.grant.role == Role::focal_point && member.standing == Standing::full && !seat.none() &&
         member.grant.country == seat;
}
bool is_secretariat(const MemberView& member) {
  return member.grant.role == Role::secretariat && member.standing == Standing::full;
}

Status judge_confirm_device(const Scene& scene, const RoleBody& body) {
  auto device = scene.view.device(*body.device);
  if (!device || device->member != body.member) return fail(Code::unknown_device, "R-ROS-60");
  if (device->standing != Standing::provisional) return fail(Code::not_allowed, "R-ROS-50");
  // The appender stands in full, so the person does: it is the device that is provisional.
  if (scene.member->id != body.member) return fail(Code::not_allowed, "R-ROS-50");
  return {};
}

Status judge_confirm(const Scene& scene, const MemberView& subject) {
  const MemberView& by = *scene.member;
  if (by.id == subject.id || by.standing != Standing::full) return fail(Code::not_allowed, "R-ROS-50");
  Country seat = subject.grant.country;
  if (subject.standing != Standing::provisional) {
    // Nothing to confirm but a re-entry, which anybody of the seat may.
    bool of_the_seat = has_seat(by.grant.role) && by.grant.country == seat;
    return subject.no_position_before && of_the_seat ? Status{} : fail(Code::not_allowed, "R-ROS-50");
  }
  if (has_seat(subject.grant.role) && is_focal_point_of(by, seat)) return {};
  if (!is_secretariat(by)) return fail(Code::not_allowed, "R-ROS-50");
  if (subject.grant.role == Role::delegate) return fail(Code::not_allowed, "R-ROS-50");
  if (subject.grant.role != Role::focal_point) return {};
  // The seat's first only: whoever came into an occupied seat, or by another's invitation, is the seat's to confirm.
  bool first = scene.state.seat_taken.at(seat) == subject.entered;
  return first ? Status{} : fail(Code::not_allowed, "R-ROS-50");
}

Status judge_relieve(const Scene& scene, const RoleBody& body, const MemberView& subject, const Consents& consents) {
  auto successor = scene.view.member(*body.successor);
  if (!successor) return fail(Code::unknown_member, "R-ROS-60");
  bool fits = successor->id != subject.id && successor->standing == Standing::full &&
              body.grant.role == subject.grant.role && body.grant.country == subject.grant.country &&
              successor->grant.country == subject.grant.country && body.start <= body.end;
  bool seat = subject.grant.role == Role::focal_point && has_seat(successor->grant.role);
  bool secretariat = subject.grant.role == Role::secretariat && successor->grant.role == Role::secretariat;
  if (!fits || !(seat || secretariat)) return fail(Code::not_allowed, "R-ROS-52");
  if (seat && is_focal_point_of(*scene.member, subject.grant.country)) return {};
  return demand_roots(scene, consents) ? Status{} : fail(Code::not_allowed, "R-ROS-52");
}

}  // namespace

bool has_say_over(const Scene& scene, const MemberView& subject, const Consents& consents) {
  if (demand_roots(scene, consents)) return true;
  const MemberView& by = *scene.member;
  switch (subject.grant.role) {
    case Role::focal_point:
    case Role::delegate:
      return is_focal_point_of(by, subject.grant.country) && by.id != subject.id;
    case Role::secretariat:
      return false;
    default:
      return is_secretariat(by);
  }
}

Status judge_body(const Scene& scene, const RoleBody& body, const Consents& consents) {
  auto subject = scene.view.member(body.member);
  if (!subject) return fail(Code::unknown_member, "R-ROS-60");
  if (subject->standing == Standing::gone) return fail(Code::revoked, "R-ROS-60");
  bool own_grant = body.action == RoleAction::relieve || body.grant == subject->grant;
  if (!own_grant) return fail(Code::not_allowed, "R-ROS-54");
  switch (body.action) {
    case RoleAction::confirm:
      return body.device ? judge_confirm_device(scene, body) : judge_confirm(scene, *subject);
    case RoleAction::countersign: {
      bool may = subject->standing == Standing::unseated && is_focal_point_of(*scene.member, subject->grant.country);
      return may ? Status{} : fail(Code::not_allowed, "R-ROS-51");
    }
    case RoleAction::relieve:
      return judge_relieve(scene, body, *subject, consents);
    case RoleAction::end:
      return has_say_over(scene, *subject, consents) ? Status{} : fail(Code::not_allowed, "R-ROS-53");
  }
  return fail(Code::malformed);
}

Status judge_body(const Scene& scene, const RevokeBody& body, const Consents& consents) {
  if (body.since > scene.entry.seq) return fail(Code::malformed, "R-ROS-62", scene.entry.seq.value, body.since.value);
  auto refused = fail(Code::not_allowed, "R-ROS-61");
  switch (body.target) {
    case RevokeTarget::device: {
      auto device = scene.view.device(body.device());
      if (!device) return fail(Code::unknown_device, "R-ROS-60");
      if (device->member == scene.member->id) return {};
      return has_say_over(scene, *scene.view.member(device->member), consents) ? Status{} : refused;
    }
    case RevokeTarget::member: {
      auto subject = scene.view.member(body.member());
      if (!subject) return fail(Code::unknown_member, "R-ROS-60");
      return has_say_over(scene, *subject, consents) ? Status{} : refused;
    }
    case RevokeTarget::invite: {
      auto invite = scene.view.invite(body.invite());
      if (!invite) return fail(Code::not_found, "R-ROS-60");
      const RoleGrant& grant = invite->body->grant;
      bool own = scene.view.device(invite->maker)->member == scene.member->id;
      // Anybody of a seat may object to an invitation into it.
      bool of_the_seat = scene.appended_by_full() && has_seat(scene.member->grant.role) &&
                         scene.member->grant.country == grant.country && !invite->used;
      bool may = own || of_the_seat || scene.view.may_invite(*scene.member, grant);
      // Once used it is about a person, who may have become more than the invitation's maker has a say over.
      if (invite->used) {
        auto subject = scene.view.member(invite->body->member);
        bool own_device = invite->body->purpose == InvitePurpose::device && own;
        may = own_device || (subject && has_say_over(scene, *subject, consents));
      }
      return may || demand_roots(scene, consents) ? Status{} : refused;
    }
  }
  return fail(Code::malformed);
}

Status judge_body(const Scene& scene, const MemberBody& body, const Consents&) {
  auto subject = scene.view.member(body.member);
  if (!subject) return fail(Code::unknown_member, "R-ROS-60");
  if (scene.member->id == body.member || scene.view.may_invite(*scene.member, subject->grant)) return {};
  return fail(Code::not_allowed, "R-ROS-70");
}

}  // namespace encuentro::roster
