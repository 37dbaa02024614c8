#include "client/core/roster_sync.h"

#include <algorithm>

#include "client/core/re_entry.h"
#include "client/core/session.h"
#include "client/core/statements.h"
#include "protocol/api/roster_calls.h"

namespace encuentro::client::core {
namespace {

constexpr Duration stale_after = hours(72);
constexpr Duration checkpoint_after = hours(24);
// Who wrote the last entry leaves the next checkpoint to others for a while: their own freshness lives on others'
// entries (R4), and the first to come online every morning would otherwise never see one.
constexpr Duration checkpoint_after_own = hours(48);
constexpr Duration checkpoint_again = minutes(1);
constexpr int append_tries = 8;

std::string entry_row(RosterSeq seq) {
  codec::Writer w;
  w.u64(seq.value);
  return "roster/" + to_hex(w.view());
}

void stop(CoreState& state, const Error& why, BytesView entry) {
  state.book.stopped = true;
  Alarm alarm;
  alarm.code = why.code;
  alarm.rule = why.rule;
  alarm.seq = Seq{state.book.roster.empty() ? 0 : state.book.roster.head().seq.value + 1};
  alarm.evidence = to_bytes(entry);
  raise(state, std::move(alarm));
}

// Of one's own keys those that the network has dropped, and every trace of them.
void forget_dropped_roots(CoreState& state, const roster::RootSet& before) {
  if (!state.identity) return;
  const roster::RootSet& now = state.newest().roots();
  auto dropped = [&](const crypto::Ed25519Key& key) {
    auto id = roster::root_key_id(key.public_key);
    return before.find(id) != nullptr && now.find(id) == nullptr;
  };
  if (std::erase_if(state.identity->root_keys, dropped) == 0) return;
  state.identity->self.holds_root = !state.identity->root_keys.empty();
  state.vault->put("_identity", state.identity->encode().view());
}

// Takes one entry at the head. Errors: those of the roster; fork where the first is not what the link names.
Status take(CoreState& state, BytesView bytes) {
  TRY(auto entry, roster::RosterEntry::decode(bytes));
  bool first = state.book.roster.empty();
  if (first && state.identity && entry.hash() != state.identity->self.fingerprint) {
    return fail(Code::fork, "fingerprint");
  }
  std::optional<roster::RootSet> roots;
  if (!first && entry.type == static_cast<std::uint16_t>(roster::EntryType::roots)) roots = state.newest().roots();
  TRY_OK(state.book.roster.append(entry));
  state.book.entries.push_back(to_bytes(bytes));
  if (roots && state.vault) forget_dropped_roots(state, *roots);
  if (entry.backing) statement_placed(state, entry.backing->id);
  return {};
}

// Takes and keeps; stops at what may not stand. Entries already held are compared. False: nothing more is to be taken.
bool take_from_server(CoreState& state, BytesView bytes) {
  auto entry = roster::RosterEntry::decode(bytes);
  if (!entry) {
    stop(state, entry.error(), bytes);
    return false;
  }
  RosterSeq next = state.book.roster.empty() ? RosterSeq{1} : state.book.roster.head().seq.next();
  if (entry->seq < next) {
    if (entry->seq.value > 0 && equal(state.book.entries[entry->seq.value - 1], bytes)) return true;
    stop(state, {Code::fork, "R3", 0, 0}, bytes);
    return false;
  }
  if (entry->seq > next) {
    stop(state, {Code::gap, "roster", next.value, entry->seq.value}, bytes);
    return false;
  }
  if (auto taken = take(state, bytes); !taken) {
    stop(state, taken.error(), bytes);
    return false;
  }
  state.vault->put(entry_row(next), bytes);
  show(state, RosterChanged{next});
  tell_re_entry(state, *entry);
  state.changed = true;
  return true;
}

void entries_read(CoreState& state, const Answer& answer) {
  state.book.reading = false;
  auto reply = reply_of<api::RosterReadReply>(answer);
  if (!reply) {
    if (reply.error().code != Code::unreachable) stop(state, reply.error(), {});
    return;
  }
  for (const Bytes& entry : reply->entries) {
    if (!take_from_server(state, entry)) return;
  }
  state.book.server_head = reply->head;
  judge_server_head(state, reply->head);
  bool behind = state.book.roster.empty() || state.book.roster.head().seq < reply->head.seq;
  if (behind && reply->entries.empty()) stop(state, {Code::gap, "roster", reply->head.seq.value, 0}, {});
  // R3: an author stands on entries that the server doesn't give. Who names them is asked for again and then raised.
  if (!behind && state.book.roster.head().seq < state.book.named) state.book.withheld = state.book.named;
}

// From when on R4 warns; nothing while no other member has ever written.
std::optional<Timestamp> stale_from(const CoreState& state) {
  auto last = state.book.roster.last_entry_of_another(state.identity->self.member);
  if (!last) return {};
  return *last + stale_after + milliseconds(1);
}

void say_if_stale(CoreState& state) {
  if (state.book.stale_said || !state.identity || !state.identity->entered || !roster_stale(state)) return;
  state.book.stale_said = true;
  Alarm alarm;
  alarm.code = Code::stale_roster;
  alarm.rule = "R4";
  alarm.seq = Seq{state.book.roster.head().seq.value};
  raise(state, std::move(alarm));
}

std::optional<Timestamp> next_date(const RosterBook& book) {
  RosterSeq head = book.roster.empty() ? RosterSeq{} : book.roster.head().seq;
  if (!book.next_date || book.next_date->as_of != head) book.next_date = {head, book.roster.next_date()};
  return book.next_date->date;
}

// Somebody's date has come and no entry says so yet (R6).
bool date_has_come(const CoreState& state) {
  auto date = next_date(state.book);
  return date && *date <= state.now;
}

// When this device shows that nobody froze the log, or that somebody's date has come, if nothing comes before. Any full
// device does.
std::optional<Timestamp> checkpoint_due(const CoreState& state) {
  if (!state.identity || !state.identity->entered || state.book.roster.empty()) return {};
  auto me = state.book.roster.newest(state.now).device(state.identity->self.device);
  if (!me || me->standing != roster::Standing::full) return {};
  Timestamp head = state.book.roster.head().time;
  auto last_of_another = state.book.roster.last_entry_of_another(state.identity->self.member);
  bool own = !last_of_another || *last_of_another < head;
  // Seconds by the device's id, so that not all who are online come at once.
  auto spread = seconds(state.identity->self.device.view()[0]);
  Timestamp due = head + (own ? checkpoint_after_own : checkpoint_after) + spread;
  if (auto date = next_date(state.book)) due = std::min(due, *date);
  return std::max(due, state.book.checkpoint_not_before.value_or(due));
}

bool is_checkpoint_due(const CoreState& state) {
  auto due = checkpoint_due(state);
  return due && *due <= state.now;
}

// Where somebody else was first, nothing is due any more and none is made.
Result<roster::RosterEntry> make_checkpoint(CoreState& state) {
  if (!is_checkpoint_due(state)) return fail(Code::roster_changed);
  return entry_at_head(state, roster::CheckpointBody{});
}

void checkpoint_if_due(CoreState& state) {
  if (state.book.checkpointing || !is_checkpoint_due(state)) return;
  state.book.checkpointing = true;
  append_to_roster(state, make_checkpoint, [](CoreState& s, const Result<RosterSeq>& place) {
    s.book.checkpointing = false;
    // Where it is still due, the clocks may differ.
    s.book.checkpoint_not_before.reset();
    if (!place) s.book.checkpoint_not_before = s.now + checkpoint_again;
  });
}

struct Appending {
  MakeEntry make;
  OnPlaced on_done;
  int tries = append_tries;
};

void try_append(CoreState& state, std::shared_ptr<Appending> appending);

// Goes on when the roster is read up to the server's head: the entry stands where the server said, or once more.
void wait_and(CoreState& state, std::function<bool(CoreState&)> step) { state.goals.push_back(std::move(step)); }

// What the server said to `entry`, sent as the one of number `seq`.
void append_answered(CoreState& state, const std::shared_ptr<Appending>& appending, RosterSeq seq, const Bytes& entry,
                     const Answer& answer) {
  auto reply = reply_of<api::RosterPlaceReply>(answer);
  if (reply) {
    if (state.book.server_head.seq < reply->head.seq) state.book.server_head = reply->head;
    wait_and(state, [appending, entry, head = reply->head](CoreState& s) {
      if (s.book.stopped) {
        appending->on_done(s, fail(Code::fork, "R3"));
        return true;
      }
      if (s.book.entries.size() < head.seq.value) {
        if (!ready(s) && !s.entrance) {
          appending->on_done(s, fail(Code::unreachable));
          return true;
        }
        return false;
      }
      bool there = s.book.entries[head.seq.value - 1] == entry;
      appending->on_done(s, there ? Result<RosterSeq>(head.seq) : fail(Code::fork, "roster place"));
      return true;
    });
    return;
  }
  Code code = reply.error().code;
  bool overtaken =
      code == Code::bad_sequence || code == Code::roster_changed || code == Code::fork || code == Code::time_backwards;
  if (!overtaken || --appending->tries == 0) {
    appending->on_done(state, std::unexpected(reply.error()));
    return;
  }
  // Somebody else came first: read what they wrote, unless their entry has overtaken this refusal; then again.
  RosterSeq held = state.book.roster.empty() ? RosterSeq{0} : state.book.roster.head().seq;
  if (held < seq) state.book.server_head.seq = held.next();
  wait_and(state, [appending](CoreState& s) {
    if (s.book.stopped || (!ready(s) && !s.entrance)) {
      appending->on_done(s, fail(s.book.stopped ? Code::fork : Code::unreachable));
      return true;
    }
    if (!roster_current(s)) return false;
    try_append(s, appending);
    return true;
  });
}

void try_append(CoreState& state, std::shared_ptr<Appending> appending) {
  auto entry = appending->make(state);
  Status allowed = entry ? Status{} : Status(std::unexpected(entry.error()));
  if (allowed) {
    entry->sign(state.identity->key);
    allowed = state.book.roster.check(*entry);
  }
  if (!allowed) {
    appending->on_done(state, std::unexpected(allowed.error()));
    return;
  }
  Bytes bytes = entry->encode();
  call(state, api::RosterAppend{bytes}, [appending, seq = entry->seq, bytes](CoreState& s, const Answer& answer) {
    append_answered(s, appending, seq, bytes, answer);
  });
}

}  // namespace

void judge_server_head(CoreState& state, const record::RosterHead& head) {
  auto own = state.book.roster.head_at(head.seq);
  if (!own || own->hash == head.hash) return;
  codec::Writer w;
  head.encode(w);
  stop(state, {Code::fork, "R3", 0, 0}, w.view());
}

bool roster_current(const CoreState& state) {
  const RosterBook& book = state.book;
  return !book.stopped && !book.reading && !book.roster.empty() && book.roster.head().seq >= book.server_head.seq;
}

void advance_roster(CoreState& state) {
  RosterBook& book = state.book;
  if (book.stopped || book.reading) return;
  bool connected = ready(state) || (state.entrance && state.session.step == Session::Step::login);
  if (!connected) return;
  RosterSeq held = book.roster.empty() ? RosterSeq{0} : book.roster.head().seq;
  if (held < book.server_head.seq) {
    book.reading = true;
    call(state, api::RosterRead{held.next()}, entries_read);
    return;
  }
  if (book.roster.empty() || !ready(state)) return;
  say_if_stale(state);
  checkpoint_if_due(state);
}

void roster_pushed(CoreState& state, BytesView bytes) {
  if (state.book.stopped || state.book.reading) return;
  auto entry = roster::RosterEntry::decode(bytes);
  if (entry && !state.book.roster.empty() && entry->seq > state.book.roster.head().seq.next()) {
    state.book.server_head = {entry->seq, entry->hash()};
    return;  // advance reads from the own head
  }
  if (!take_from_server(state, bytes)) return;
  if (state.book.server_head.seq < state.book.roster.head().seq) state.book.server_head = state.roster_head();
}

Status load_roster_entry(CoreState& state, BytesView entry) { return take(state, entry); }

std::optional<Timestamp> roster_wake(const CoreState& state) {
  if (state.book.stopped || state.book.roster.empty() || !ready(state) || !state.identity) return {};
  std::optional<Timestamp> wake;
  if (!state.book.checkpointing) wake = checkpoint_due(state);
  auto stale = stale_from(state);
  if (stale && !state.book.stale_said && (!wake || *stale < *wake)) wake = stale;
  if (wake && *wake <= state.now) return {};
  return wake;
}

bool date_waits(const CoreState& state) { return state.book.checkpointing && date_has_come(state); }

bool roster_stale(const CoreState& state) {
  if (state.book.roster.empty()) return true;
  auto stale = stale_from(state);
  return stale && state.now >= *stale;
}

void append_to_roster(CoreState& state, MakeEntry make, OnPlaced on_done) {
  try_append(state, std::make_shared<Appending>(Appending{std::move(make), std::move(on_done)}));
}

roster::RosterEntry entry_at_head(CoreState& state, const roster::Body& body) {
  roster::RosterEntry entry;
  entry.network = state.identity->self.network;
  entry.time = state.now;
  if (!state.book.roster.empty()) {
    const roster::RosterHead& head = state.book.roster.head();
    entry.seq = head.seq.next();
    entry.prev = head.hash;
    entry.time = std::max(state.now, head.time);
  } else {
    entry.seq = RosterSeq{1};
  }
  entry.type = static_cast<std::uint16_t>(roster::type_of(body));
  entry.body = roster::encode_body(body);
  return entry;
}

}  // namespace encuentro::client::core
