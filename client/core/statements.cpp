#include "client/core/statements.h"

#include <algorithm>

#include "client/core/re_entry.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "protocol/api/roster_calls.h"
#include "protocol/crypto/labelled_hash.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

constexpr Duration life = days(28);  // the server keeps none for longer than 30
constexpr Duration ask_again = hours(6);
constexpr std::size_t waiting_max = 256;  // more than any server of ours keeps

bool takes_roots(const roster::PendingStatement& statement) {
  return static_cast<roster::EntryType>(statement.type) != roster::EntryType::device;
}
bool takes_countries(const roster::PendingStatement& statement) {
  return static_cast<roster::EntryType>(statement.type) == roster::EntryType::roots;
}

// Own root keys that count now.
std::vector<const crypto::Ed25519Key*> counting_roots(const CoreState& state) {
  std::vector<const crypto::Ed25519Key*> keys;
  auto view = state.newest();
  for (const auto& key : state.identity->root_keys) {
    if (view.roots().find(roster::root_key_id(key.public_key)) != nullptr) keys.push_back(&key);
  }
  return keys;
}

bool speaks(const CoreState& state) {
  auto view = state.newest();
  const Self& self = state.identity->self;
  auto device = view.device(self.device);
  return device && device->standing == roster::Standing::full && policy::has_voice(view, self.member);
}

void sign_with_own(const CoreState& state, roster::PendingStatement& statement) {
  const Self& self = state.identity->self;
  if (takes_roots(statement)) {
    for (const auto* key : counting_roots(state)) {
      statement.sign(self.network, roster::BackingKind::root, roster::root_key_id(key->public_key).view(), *key);
    }
  }
  if (takes_countries(statement) && speaks(state)) {
    statement.sign(self.network, roster::BackingKind::device, self.device.view(), state.identity->key);
  }
}

bool signed_here(const CoreState& state, const roster::PendingStatement& statement) {
  const Identity& me = *state.identity;
  if (statement.signed_by(roster::BackingKind::device, me.self.device.view())) return true;
  return std::any_of(me.root_keys.begin(), me.root_keys.end(), [&](const auto& key) {
    return statement.signed_by(roster::BackingKind::root, roster::root_key_id(key.public_key).view());
  });
}

bool could_sign(const CoreState& state, const roster::PendingStatement& statement) {
  roster::PendingStatement trial = statement;
  sign_with_own(state, trial);
  return trial.backing.signatures.size() > statement.backing.signatures.size();
}

Outcome proposed(CoreState& state, const roster::PendingStatement& statement) {
  auto support = state.book.roster.support(statement, state.now);
  auto count = support ? nearest(*support) : roster::Support::Count{};
  return Proposed{statement.backing.id, static_cast<std::uint32_t>(count.have), static_cast<std::uint32_t>(count.need)};
}

// Not yet: others are still to sign, or (of one that another began) who may append it is another.
bool may_wait(const CoreState& state, const roster::PendingStatement& statement, bool of_another, const Error& error) {
  if (statement.backing.signatures.empty()) return false;
  if (error.code == Code::threshold_not_met) return true;
  if (error.code != Code::not_allowed) return false;
  auto support = state.book.roster.support(statement, state.now);
  return of_another || (support && !nearest(*support).enough());
}

// Whether the roster takes the statement at the head as it is, without any consent but the appender's.
bool taken_plainly(CoreState& state, const roster::PendingStatement& statement) {
  auto type = static_cast<roster::EntryType>(statement.type);
  if (type != roster::EntryType::role && type != roster::EntryType::revoke) return false;
  roster::RosterEntry entry = entry_of(state, statement);
  entry.sign(state.identity->key);
  return state.book.roster.check(entry).has_value();
}

// Leaves it at the server and answers with Proposed, or what `left` says.
void leave_statement(CoreState& state, std::uint32_t ticket, const roster::PendingStatement& statement,
                     const OutcomeOf& left) {
  call(state, api::StatementPut{statement.encode()}, [=](CoreState& s, const Answer& answer) {
    auto reply = reply_of<api::StatementPutReply>(answer);
    if (!reply) return failed(s, ticket, reply.error());
    s.statements.waiting.insert_or_assign(statement.backing.id, statement);
    s.statements.again_at = s.now;  // others may have signed meanwhile
    show(s, StatementsChanged{});
    done(s, ticket, left ? left(s, statement) : proposed(s, statement));
  });
}

// What was signed here and is enough by now is placed by whoever sees it first.
void place_one(CoreState& state) {
  StatementBook& book = state.statements;
  if (book.placing) return;
  for (const auto& [id, statement] : book.waiting) {
    if (!signed_here(state, statement)) continue;
    roster::RosterEntry entry = entry_of(state, statement);
    entry.sign(state.identity->key);
    if (!state.book.roster.check(entry)) continue;
    book.placing = true;
    append_to_roster(
        state, [statement](CoreState& s) { return Result<roster::RosterEntry>(entry_of(s, statement)); },
        [placed = id](CoreState& s, const Result<RosterSeq>& place) {
          s.statements.placing = false;
          if (!place && place.error().code != Code::unreachable) statement_placed(s, placed);
        });
    return;
  }
}

void reading_ends(CoreState& state) {
  StatementBook& book = state.statements;
  book.reading = false;
  book.read = true;
  book.again_at = state.now + ask_again;
  bool other = book.waiting.size() != book.incoming.size() ||
               !std::equal(book.waiting.begin(), book.waiting.end(), book.incoming.begin(),
                           [](auto& a, auto& b) { return a.first == b.first && a.second.backing == b.second.backing; });
  book.waiting = std::exchange(book.incoming, {});
  if (other) show(state, StatementsChanged{});
  state.changed = true;
}

void read_on(CoreState& state, const RecordId& after);

void page_read(CoreState& state, RecordId after, const Answer& answer) {
  StatementBook& book = state.statements;
  if (!book.reading) return;
  auto reply = reply_of<api::StatementsReply>(answer);
  if (!reply) {
    if (reply.error().code != Code::unreachable) reading_ends(state);
    return;
  }
  if (reply->statements.empty()) return reading_ends(state);
  RecordId last = after;
  for (const Bytes& bytes : reply->statements) {
    auto statement = roster::PendingStatement::decode(bytes);
    if (!statement) continue;
    last = std::max(last, statement->backing.id);
    const RecordId name = statement_id(statement->type, statement->body, statement->backing.expires);
    if (statement->backing.id != name) continue;
    if (book.incoming.size() >= waiting_max || !state.book.roster.check_consents(*statement, state.now)) continue;
    book.incoming.insert_or_assign(statement->backing.id, std::move(*statement));
  }
  // A page that doesn't go on is the last one, whatever the server means by it.
  if (last == after || book.incoming.size() >= waiting_max) return reading_ends(state);
  read_on(state, last);
}

void read_on(CoreState& state, const RecordId& after) {
  call(state, api::Statements{after}, [after](CoreState& s, const Answer& answer) { page_read(s, after, answer); });
}

// Two acts that say the same at the same time are two statements, since they end at different moments.
Duration apart(CoreState& state) {
  const RecordId drawn = state.fresh_id<RecordId>();
  return milliseconds(drawn.view()[0] << 8 | drawn.view()[1]);
}

}  // namespace

roster::Support::Count nearest(const roster::Support& support) {
  if (support.people.need > 0) return support.people;
  const auto &roots = support.roots, &countries = support.countries;
  return countries.have * roots.need > roots.have * countries.need ? countries : roots;
}

roster::RosterEntry entry_of(CoreState& state, const roster::PendingStatement& statement) {
  auto body = statement.decoded_body();
  ENC_CHECK(body.has_value());
  roster::RosterEntry entry = entry_at_head(state, *body);
  if (statement.backing.signatures.empty()) return entry;
  entry.backing = statement.backing;
  if (const auto* device = std::get_if<roster::DeviceBody>(&*body)) keep_confirmers(state, *device, *entry.backing);
  return entry;
}

void place_or_leave(CoreState& state, std::uint32_t ticket, const roster::PendingStatement& statement,
                    const Placing& how) {
  append_to_roster(
      state, [statement](CoreState& s) { return Result<roster::RosterEntry>(entry_of(s, statement)); },
      [=](CoreState& s, const Result<RosterSeq>& place) {
        if (place) return done(s, ticket, how.placed ? how.placed(s, *place) : RosterPlace{*place});
        // Somebody who saw the same has placed it.
        if (place.error().code == Code::replayed) return done(s, ticket, RosterPlace{s.book.roster.head().seq});
        if (!may_wait(s, statement, how.of_another, place.error())) return failed(s, ticket, place.error());
        leave_statement(s, ticket, statement, how.left);
      });
}

RecordId statement_id(std::uint16_t type, BytesView body, Timestamp expires) {
  codec::Writer w(body.size() + 16);
  w.u16(type);
  w.opaque(body);
  w.u64(static_cast<std::uint64_t>(expires.ms));
  return RecordId(crypto::labelled_hash("statement id", w.view()).view().first(RecordId::bytes));
}

void propose(CoreState& state, std::uint32_t ticket, MakeBody make, OutcomeOf left, PlacedOutcome placed) {
  state.goals.push_back([=](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    auto body = make(s);
    if (!body) {
      failed(s, ticket, body.error());
      return true;
    }
    roster::PendingStatement statement;
    statement.type = static_cast<std::uint16_t>(roster::type_of(*body));
    statement.body = roster::encode_body(*body);
    statement.backing.expires = std::max(s.now, s.book.roster.head().time) + life + apart(s);
    statement.backing.id = statement_id(statement.type, statement.body, statement.backing.expires);
    if (!taken_plainly(s, statement)) sign_with_own(s, statement);
    place_or_leave(s, ticket, statement, {false, left, placed});
    return true;
  });
}

void approve(CoreState& state, std::uint32_t ticket, const Approve& command) {
  state.statements.again_at = state.now;
  state.goals.push_back([ticket, id = command.id](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    StatementBook& book = s.statements;
    bool fresh = book.read && !book.reading && book.again_at && s.now < *book.again_at;
    if (!ready(s) || !roster_current(s) || !fresh) return false;
    auto found = book.waiting.find(id);
    if (found == book.waiting.end()) {
      failed(s, ticket, {Code::not_found, "R5", 0, 0});
      return true;
    }
    roster::PendingStatement statement = found->second;
    bool re_entry = static_cast<roster::EntryType>(statement.type) == roster::EntryType::device;
    if (!re_entry) sign_with_own(s, statement);
    if (re_entry || !signed_here(s, statement)) {
      failed(s, ticket, {Code::not_allowed, re_entry ? "E8" : "R5", 0, 0});
      return true;
    }
    place_or_leave(s, ticket, statement, {true, {}, {}});
    return true;
  });
}

void advance_statements(CoreState& state) {
  StatementBook& book = state.statements;
  if (book.reading) return;
  bool due = !book.read || !book.again_at || *book.again_at <= state.now;
  if (due) {
    book.reading = true;
    book.incoming.clear();
    return read_on(state, RecordId{});
  }
  if (!book.waiting.empty()) place_one(state);
}

std::optional<Timestamp> statements_wake(const CoreState& state) {
  const StatementBook& book = state.statements;
  if (!ready(state) || !book.read || book.reading || !book.again_at || *book.again_at <= state.now) return {};
  return book.again_at;
}

void statement_placed(CoreState& state, const RecordId& id) {
  state.statements.incoming.erase(id);
  if (state.statements.waiting.erase(id) != 0) show(state, StatementsChanged{});
}

std::vector<WaitingStatement> waiting_statements(const CoreState& state) {
  std::vector<WaitingStatement> all;
  for (const auto& [id, statement] : state.statements.waiting) {
    auto support = state.book.roster.support(statement, state.now);
    if (!support) continue;  // run out, or somebody who signed doesn't count any more
    all.push_back({statement, *support, signed_here(state, statement), could_sign(state, statement)});
  }
  return all;
}

}  // namespace encuentro::client::core
