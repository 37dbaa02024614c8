#include "client/core/roster_acts.h"

#include <algorithm>

#include "client/core/directory.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "protocol/roster/invite_keys.h"

namespace encuentro::client::core {
namespace {

constexpr Duration life_with_code = days(14);
constexpr Duration life_without_code = hours(72);

// Waits until the roster is current, then appends `body` and answers the command with its place.
void append_body(CoreState& state, std::uint32_t ticket, std::function<Result<roster::Body>(CoreState&)> body,
                 bool by_roots, std::function<Outcome(CoreState&, RosterSeq)> outcome) {
  state.goals.push_back([=](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    append_to_roster(
        s,
        [=](CoreState& at_head) -> Result<roster::RosterEntry> {
          TRY(roster::Body made, body(at_head));
          return entry_at_head(at_head, made, by_roots);
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
  const Identity& me = *state.identity;
  link.purpose = body.purpose = purpose;
  link.network = me.self.network;
  link.fingerprint = me.self.fingerprint;
  link.spki = me.self.spki;
  link.address = me.self.address;
  link.directory_key = me.directory_key.duplicate();
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
  append_body(
      state, ticket, [invitation](CoreState&) { return Result<roster::Body>(invitation->body); }, by_roots,
      [invitation](CoreState&, RosterSeq) -> Outcome {
        SecretBytes link = invitation->link.print();
        return Invited{std::string(as_text(link.view())), invitation->code, invitation->body.expires,
                       invitation->body.member};
      });
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
  append_body(
      state, ticket,
      [body, since](CoreState& s) mutable {
        body.since = since.value_or(s.book.roster.head().seq.next());
        return Result<roster::Body>(body);
      },
      false, place_outcome);
}

}  // namespace

void add_country(CoreState& state, std::uint32_t ticket, const AddCountry& command) {
  auto code = roster::Country::parse(command.code);
  if (!code) return failed(state, ticket, {Code::malformed, "country", 0, 0});
  if (state.identity->root_keys.empty()) return failed(state, ticket, {Code::threshold_not_met, "roots", 1, 0});
  roster::CountryBody body{*code, command.status, command.voice, command.name, command.institutions, command.decision};
  append_body(state, ticket, [body](CoreState&) { return Result<roster::Body>(body); }, true, place_outcome);
}

void invite(CoreState& state, std::uint32_t ticket, const Invite& command) {
  auto invitation = invitation_of(state, command);
  if (!invitation) return failed(state, ticket, invitation.error());
  bool by_roots = command.role == roster::Role::secretariat && !state.identity->root_keys.empty();
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
      false, place_outcome);
}

void revoke_device(CoreState& state, std::uint32_t ticket, const RevokeDevice& command) {
  revoke(state, ticket, roster::RevokeTarget::device, command.device.view(), command.since);
}

void revoke_member(CoreState& state, std::uint32_t ticket, const RevokeMember& command) {
  revoke(state, ticket, roster::RevokeTarget::member, command.member.view(), command.since);
}

}  // namespace encuentro::client::core
