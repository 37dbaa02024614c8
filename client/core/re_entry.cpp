#include "client/core/re_entry.h"

#include <algorithm>

#include "client/core/entering.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/statements.h"
#include "protocol/codec/base64url.h"

namespace encuentro::client::core {
namespace {

constexpr Duration request_life = days(14);
constexpr std::string_view row = "_re_entry";
constexpr std::size_t text_max = 8192;

const roster::DeviceBody* body_of(const Result<roster::Body>& body) {
  return body ? std::get_if<roster::DeviceBody>(&*body) : nullptr;
}

// Whether this member's word counts for the one who comes back: the same seat, or the Secretariat (R-ROS-43).
bool may_confirm(const roster::View& view, const MemberId& confirmer, const MemberId& subject) {
  auto by = view.member(confirmer), of = view.member(subject);
  if (!by || !of || by->standing != roster::Standing::full || confirmer == subject) return false;
  bool same_seat =
      !of->grant.country.none() && by->grant.country == of->grant.country && roster::has_seat(by->grant.role);
  return same_seat || by->grant.role == roster::Role::secretariat;
}

bool has_signed(const roster::View& view, const roster::PendingStatement& statement, const MemberId& member) {
  return std::any_of(statement.backing.signatures.begin(), statement.backing.signatures.end(), [&](const auto& one) {
    auto device = one.kind == roster::BackingKind::device ? view.device(DeviceId(one.key)) : std::nullopt;
    return device && device->member == member;
  });
}

// The request as the command names it, with all that have signed it so far.
Result<roster::PendingStatement> find_request(const CoreState& state, const ConfirmReEntry& command) {
  const auto& waiting = state.statements.waiting;
  if (!command.id) {
    TRY(auto statement, read_re_entry_request(state, command.request));
    auto known = waiting.find(statement.backing.id);
    if (known != waiting.end()) TRY_OK(statement.merge(known->second));
    return statement;
  }
  auto known = waiting.find(*command.id);
  bool one = known != waiting.end() && known->second.type == static_cast<std::uint16_t>(roster::EntryType::device);
  if (!one) return fail(Code::not_found, "E8");
  return known->second;
}

void sign_and_place(CoreState& state, std::uint32_t ticket, roster::PendingStatement statement) {
  const Self& self = state.identity->self;
  auto decoded = statement.decoded_body();
  const MemberId& subject = body_of(decoded)->member;
  auto view = state.newest();
  if (self.member == subject) return failed(state, ticket, {Code::not_allowed, "R-ROS-42", 0, 0});
  if (!may_confirm(view, self.member, subject)) return failed(state, ticket, {Code::not_allowed, "R-ROS-43", 0, 0});
  bool here = statement.signed_by(roster::BackingKind::device, self.device.view());
  if (!here && has_signed(view, statement, self.member)) {
    return failed(state, ticket, {Code::not_allowed, "R-ROS-42", 0, 0});
  }
  statement.sign(self.network, roster::BackingKind::device, self.device.view(), state.identity->key);
  place_or_leave(state, ticket, statement, {true, {}, {}});
}

}  // namespace

void make_re_entry_link(CoreState& state, std::uint32_t ticket, const MakeReEntryLink& command) {
  auto member = state.newest().member(command.member);
  if (!member) return failed(state, ticket, {Code::unknown_member, "E8", 0, 0});
  if (member->standing == roster::Standing::gone) return failed(state, ticket, {Code::revoked, "E8", 0, 0});
  roster::InviteLink link = link_here(state, roster::InvitePurpose::re_entry);
  link.invite = InviteId(command.member.view());
  SecretBytes text = link.print();
  done(state, ticket, LinkMade{std::string(as_text(text.view())), std::nullopt});
}

void ask_re_entry(CoreState& state, std::uint32_t ticket, const roster::InviteLink& link, const std::string& label) {
  Identity& me = *state.identity;
  me.self.member = MemberId(link.invite.view());
  auto record = device_record(state, label);
  if (!record) {
    state.identity.reset();
    return failed(state, ticket, record.error());
  }
  roster::DeviceBody body{me.self.member, roster::DeviceAction::re_enter, *record, {}};
  roster::PendingStatement statement;
  statement.type = static_cast<std::uint16_t>(roster::EntryType::device);
  statement.body = roster::encode_body(body);
  statement.backing.expires = state.now + request_life;
  statement.backing.id = statement_id(statement.type, statement.body, statement.backing.expires);
  statement.sign(me.self.network, roster::BackingKind::new_device, me.self.device.view(), me.key);
  state.re_entry = std::move(statement);
  state.vault->put("_identity", me.encode().view());
  state.vault->put(row, state.re_entry->encode());
  done(state, ticket, asked_of(state));
  connect(state);
}

ReEntryAsked asked_of(const CoreState& state) {
  auto decoded = state.re_entry->decoded_body();
  const auto* body = body_of(decoded);
  ENC_CHECK(body != nullptr);
  return {codec::to_base64url(state.re_entry->encode()),
          roster::re_entry_comparison(state.identity->self.fingerprint, *body), state.re_entry->backing.expires};
}

void re_entry_done(CoreState& state) {
  if (!state.re_entry) return;
  state.re_entry.reset();
  state.vault->erase(row);
}

Result<roster::PendingStatement> read_re_entry_request(const CoreState& state, std::string_view text) {
  std::string clean;
  for (char c : text) {
    bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank && clean.size() <= text_max) clean.push_back(c);
  }
  if (clean.size() > text_max) return fail(Code::too_large, "E8", text_max, clean.size());
  TRY(Bytes bytes, codec::from_base64url(clean));
  TRY(auto statement, roster::PendingStatement::decode(bytes));
  auto decoded = statement.decoded_body();
  const auto* body = body_of(decoded);
  if (body == nullptr) return fail(Code::malformed, "E8");
  if (!state.newest().member(body->member)) return fail(Code::unknown_member, "E8");
  if (!statement.signed_by(roster::BackingKind::new_device, body->device.id().view())) {
    return fail(Code::bad_signature, "E8");
  }
  TRY_OK(state.book.roster.check_consents(statement, state.now));
  return statement;
}

void confirm_re_entry(CoreState& state, std::uint32_t ticket, const ConfirmReEntry& command) {
  state.statements.again_at = state.now;  // another may have signed meanwhile
  state.goals.push_back([ticket, command](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    const StatementBook& book = s.statements;
    bool fresh = book.read && !book.reading && book.again_at && s.now < *book.again_at;
    if (!ready(s) || !roster_current(s) || !fresh) return false;
    auto statement = find_request(s, command);
    if (!statement) {
      failed(s, ticket, statement.error());
    } else {
      sign_and_place(s, ticket, std::move(*statement));
    }
    return true;
  });
}

void keep_confirmers(const CoreState& state, const roster::DeviceBody& body, roster::Backing& backing) {
  auto view = state.newest();
  std::erase_if(backing.signatures, [&](const roster::BackingSignature& one) {
    if (one.kind != roster::BackingKind::device) return false;
    auto device = view.device(DeviceId(one.key));
    bool own_sheet = device && device->member == body.member;
    return !device || (!own_sheet && !may_confirm(view, device->member, body.member));
  });
}

void tell_re_entry(CoreState& state, const roster::RosterEntry& entry) {
  if (!state.identity || !state.identity->entered) return;
  auto decoded = entry.known() ? entry.decoded_body() : Result<roster::Body>(fail(Code::unknown_kind));
  const auto* body = body_of(decoded);
  if (body == nullptr || body->action != roster::DeviceAction::re_enter) return;
  auto view = state.newest();
  auto subject = view.member(body->member), me = view.member(state.identity->self.member);
  if (!subject || !me) return;
  bool same_seat = !me->grant.country.none() && me->grant.country == subject->grant.country;
  bool secretariat = me->grant.role == roster::Role::secretariat && subject->grant.role == roster::Role::secretariat;
  if (same_seat || secretariat || subject->id == me->id) show(state, ReEntered{body->member, entry.seq});
}

}  // namespace encuentro::client::core
