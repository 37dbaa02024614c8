#include "client/core/roster_acts.h"

#include <algorithm>

#include "client/core/directory.h"
#include "client/core/entering.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/statements.h"
#include "protocol/roster/invite_keys.h"

namespace encuentro::client::core {
namespace {

constexpr Duration life_with_code = days(14);
constexpr Duration life_without_code = hours(72);

// Waits until the roster is current, then appends `body` and answers the command with its place.
void append_body(CoreState& state, std::uint32_t ticket, std::function<Result<roster::Body>(CoreState&)> body,
                 std::function<Outcome(CoreState&, RosterSeq)> outcome) {
  state.goals.push_back([=](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    append_to_roster(
        s,
        [=](CoreState& at_head) -> Result<roster::RosterEntry> {
          TRY(roster::Body made, body(at_head));
          return entry_at_head(at_head, made);
        },
        [=](CoreState& later, const Result<RosterSeq>& place) {
          if (place) {
            done(later, ticket, outcome(later, *place));
          } else {
            failed(later, ticket, place.error());
          }
        });
    return true;
  });
}

Outcome place_outcome(CoreState&, RosterSeq place) { return RosterPlace{place}; }

// Everything of an invitation that is decided before the roster's head is known.
struct Invitation {
  roster::InviteBody body;
  roster::InviteLink link;
  std::string code;
};

Result<std::shared_ptr<Invitation>> make_invitation(CoreState& state, roster::InvitePurpose purpose, bool with_code,
                                                    std::optional<Timestamp> expires) {
  auto invitation = std::make_shared<Invitation>();
  roster::InviteBody& body = invitation->body;
  roster::InviteLink& link = invitation->link;
  link = link_here(state, purpose);
  body.purpose = purpose;
  link.invite = body.id = state.fresh_id<InviteId>();
  state.random->fill(link.link_secret.span());
  body.link_key = roster::invite_link_key(link.link_secret, body.id).public_key;
  if (with_code) {
    invitation->code = roster::make_invite_code(*state.random);
    TRY(auto code_key, roster::invite_code_key(link.link_secret, invitation->code, body.id));
    body.code_key = code_key.public_key;
  }
  body.expires = expires.value_or(state.now + (with_code ? life_with_code : life_without_code));
  return invitation;
}

void append_invitation(CoreState& state, std::uint32_t ticket, const std::shared_ptr<Invitation>& invitation,
                       bool by_roots) {
  auto body = [invitation](CoreState&) { return Result<roster::Body>(invitation->body); };
  auto invited = [invitation]() -> Outcome {
    SecretBytes link = invitation->link.print();
    return Invited{std::string(as_text(link.view())), invitation->code, invitation->body.expires,
                   invitation->body.member};
  };
  auto placed = [invited](CoreState&, RosterSeq) { return invited(); };
  if (!by_roots) return append_body(state, ticket, body, placed);
  // The link opens once the others have consented.
  propose(state, ticket, body, [invited](CoreState&, const roster::PendingStatement&) { return invited(); }, placed);
}

Result<roster::Country> country_named(const std::string& code) {
  if (code.empty()) return roster::Country{};
  auto country = roster::Country::parse(code);
  if (!country) return fail(Code::malformed, "country");
  return *country;
}

Result<std::shared_ptr<Invitation>> invitation_of(CoreState& state, const Invite& command) {
  TRY(auto invitation, make_invitation(state, roster::InvitePurpose::member, command.with_code, command.expires));
  roster::InviteBody& body = invitation->body;
  body.member = state.fresh_id<MemberId>();
  TRY(body.grant.country, country_named(command.country));
  body.grant.role = command.role;
  body.grant.principal = command.role == roster::Role::focal_point && command.principal;
  body.grant.scope = command.channel;
  body.grant.until = command.until;
  if (!body.grant.well_formed()) return fail(Code::malformed, "role");
  TRY(body.name, seal_name(state.identity->directory_key, body.member.view(), command.person, *state.random));
  body.designation = command.designation;
  return invitation;
}

Result<std::shared_ptr<Invitation>> device_invitation(CoreState& state, const AddDevice& command) {
  auto me = state.newest().member(state.identity->self.member);
  if (!me || me->name == nullptr) return fail(Code::unknown_member);
  TRY(auto invitation, make_invitation(state, roster::InvitePurpose::device, command.with_code, command.expires));
  invitation->body.member = me->id;
  invitation->body.grant = me->grant;
  invitation->body.name = *me->name;
  return invitation;
}

void revoke(CoreState& state, std::uint32_t ticket, roster::RevokeTarget target, BytesView id,
            std::optional<RosterSeq> since) {
  roster::RevokeBody body;
  body.target = target;
  std::copy(id.begin(), id.end(), body.id.begin());
  propose(state, ticket, [body, since](CoreState& s) mutable {
    body.since = since.value_or(s.book.roster.head().seq.next());
    return Result<roster::Body>(body);
  });
}

// Somebody has held the seat and nobody does now: only the roots fill it (FORMATS §3).
bool seat_is_empty(const CoreState& state, const roster::RoleGrant& grant) {
  auto view = state.newest();
  if (grant.role != roster::Role::focal_point || !view.seat_taken(grant.country)) return false;
  for (const MemberId& id : view.members_of(grant.country)) {
    auto member = view.member(id);
    bool holds_it = member->grant.role == roster::Role::focal_point && member->standing == roster::Standing::full;
    if (holds_it) return false;
  }
  return true;
}

// An office that ends or passes on, appended by this device or left for the roots' consent.
void change_office(CoreState& state, std::uint32_t ticket, const roster::RoleBody& asked) {
  propose(state, ticket, [asked](CoreState& s) -> Result<roster::Body> {
    auto member = s.newest().member(asked.member);
    if (!member) return fail(Code::unknown_member);
    roster::RoleBody body = asked;
    body.grant = member->grant;
    return body;
  });
}

}  // namespace

void add_country(CoreState& state, std::uint32_t ticket, const AddCountry& command) {
  auto code = roster::Country::parse(command.code);
  if (!code) return failed(state, ticket, {Code::malformed, "country", 0, 0});
  roster::CountryBody body{*code, command.status, command.voice, command.name, command.institutions, command.decision};
  propose(state, ticket, [body](CoreState&) { return Result<roster::Body>(body); });
}

void set_country_status(CoreState& state, std::uint32_t ticket, const SetCountryStatus& command) {
  propose(state, ticket, [command](CoreState& s) -> Result<roster::Body> {
    auto code = roster::Country::parse(command.code);
    const roster::CountryBody* before = code ? s.newest().country(*code) : nullptr;
    if (before == nullptr) return fail(Code::not_found, "country");
    if (before->status == command.status) return fail(Code::already_exists, "status");
    // Asked before anybody signs: the roster refuses it only when all have.
    if (command.decision.empty()) return fail(Code::not_allowed, "R-ROS-16");
    roster::CountryBody body = *before;
    body.status = command.status;
    body.decision = command.decision;
    return body;
  });
}

void invite(CoreState& state, std::uint32_t ticket, const Invite& command) {
  auto invitation = invitation_of(state, command);
  if (!invitation) return failed(state, ticket, invitation.error());
  bool colleague = command.role == roster::Role::secretariat;
  bool by_roots = colleague || seat_is_empty(state, (*invitation)->body.grant);
  append_invitation(state, ticket, *invitation, by_roots);
}

void add_device(CoreState& state, std::uint32_t ticket, const AddDevice& command) {
  auto invitation = device_invitation(state, command);
  if (!invitation) return failed(state, ticket, invitation.error());
  append_invitation(state, ticket, *invitation, false);
}

void confirm(CoreState& state, std::uint32_t ticket, const Confirm& command) {
  append_body(
      state, ticket,
      [command](CoreState& s) -> Result<roster::Body> {
        auto member = s.newest().member(command.member);
        if (!member) return fail(Code::unknown_member);
        // Whom the Secretariat put into a taken seat is countersigned by the seat; who came by the link alone is
        // confirmed.
        bool unseated = !command.device && member->standing == roster::Standing::unseated;
        roster::RoleBody body;
        body.member = command.member;
        body.action = unseated ? roster::RoleAction::countersign : roster::RoleAction::confirm;
        body.grant = member->grant;
        body.device = command.device;
        return body;
      },
      place_outcome);
}

void revoke_device(CoreState& state, std::uint32_t ticket, const RevokeDevice& command) {
  revoke(state, ticket, roster::RevokeTarget::device, command.device.view(), command.since);
}

void revoke_member(CoreState& state, std::uint32_t ticket, const RevokeMember& command) {
  revoke(state, ticket, roster::RevokeTarget::member, command.member.view(), command.since);
}

void revoke_invite(CoreState& state, std::uint32_t ticket, const RevokeInvite& command) {
  revoke(state, ticket, roster::RevokeTarget::invite, command.invite.view(), std::nullopt);
}

void relieve(CoreState& state, std::uint32_t ticket, const Relieve& command) {
  roster::RoleBody body;
  body.member = command.member;
  body.action = roster::RoleAction::relieve;
  body.successor = command.successor;
  body.start = command.start;
  body.end = command.end;
  change_office(state, ticket, body);
}

void end_role(CoreState& state, std::uint32_t ticket, const EndRole& command) {
  roster::RoleBody body;
  body.member = command.member;
  body.action = roster::RoleAction::end;
  body.end = command.end;
  change_office(state, ticket, body);
}

}  // namespace encuentro::client::core
