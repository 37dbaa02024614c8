#include "client/core/hand_back.h"

#include <algorithm>

#include "client/core/blobs.h"
#include "client/core/key_packages.h"
#include "client/core/log_sync.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "protocol/api/hand_back_calls.h"
#include "protocol/api/roster_calls.h"
#include "protocol/record/chain.h"

namespace encuentro::client::core {
namespace {

constexpr Duration again_after = seconds(1);
constexpr std::size_t before_login_bytes_max = limits::frame_before_login_bytes_max - 256;
constexpr std::uint32_t blob_tries_max = 4;

void store_past(CoreState& state) { state.vault->put("server", encode_fields(state.past)); }

// Entries from a place on, as many as a message holds.
template <class EntryAt>
std::vector<Bytes> pieces(std::uint64_t from, std::uint64_t end, std::size_t bytes_max, EntryAt entry_at) {
  std::vector<Bytes> entries;
  std::size_t bytes = 0;
  for (std::uint64_t seq = from; seq <= end && entries.size() < limits::items_per_reply_max; ++seq) {
    const Bytes& entry = entry_at(seq);
    bytes += entry.size() + 4;
    if (bytes > bytes_max) break;
    entries.push_back(entry);
  }
  return entries;
}

// A server that is busy is asked again; everything else is final.
bool passes(Code code) {
  return code == Code::unreachable || code == Code::too_many || code == Code::overloaded ||
         code == Code::shutting_down || code == Code::storage_full || code == Code::storage_failed;
}

void wait_a_little(CoreState& state, Code code) {
  if (code != Code::unreachable) state.past.not_before = state.now + again_after;
}

bool waits(const CoreState& state) { return state.past.not_before && state.now < *state.past.not_before; }

// Everything was given back, or the server takes nothing any more: from now on a shorter log is an alarm at once.
void recovery_is_over(CoreState& state) {
  state.past.lacks = false;
  store_past(state);
}

// It shows less than before, and isn't given it back: the alarm there always was.
void roster_stays_short(CoreState& state) {
  recovery_is_over(state);
  state.session.server_alarm = Code::server_rolled_back;
  codec::Writer w;
  state.book.server_head.encode(w);
  raise(state, {Code::server_rolled_back,
                "roster",
                std::nullopt,
                std::nullopt,
                Seq{state.book.server_head.seq.value},
                {},
                w.take()});
}

void roster_answered(CoreState& state, RosterSeq from, const Answer& answer) {
  state.past.handing_roster = false;
  auto reply = reply_of<api::RosterPlaceReply>(answer);
  if (!reply && passes(reply.error().code)) return wait_a_little(state, reply.error().code);
  if (reply) {
    state.book.server_head = reply->head;
    return judge_server_head(state, reply->head);
  }
  // Perhaps somebody else was faster: the server says where it stands now.
  state.past.handing_roster = true;
  call(state, api::RosterRead{state.book.roster.head().seq.next()}, [from](CoreState& s, const Answer& read) {
    s.past.handing_roster = false;
    auto now = reply_of<api::RosterReadReply>(read);
    if (!now) return wait_a_little(s, now.error().code);
    s.book.server_head = now->head;
    judge_server_head(s, now->head);
    if (!s.book.stopped && now->head.seq <= from) roster_stays_short(s);
  });
}

void log_stays_short(CoreState& state, Channel& channel) {
  record::LogHead told = *channel.server_lacks;
  channel.server_lacks.reset();
  channel.alarmed = true;
  record::LogHead own = channel.log.head();
  record::Evidence evidence{Code::server_rolled_back, channel.id, told.seq, own.seq, own.hash, told.hash, {}, {}};
  raise(state, {evidence.what, "S5", channel.id, std::nullopt, evidence.place, {}, record::encode(evidence)});
  show(state, ChannelUpdated{channel.id});
}

// Something else stands where this device has an entry: what it is comes as evidence.
void look_at_fork(CoreState& state, Channel& channel, Seq from) {
  call(state, api::LogRead{channel.id, from}, [id = channel.id](CoreState& s, const Answer& answer) {
    Channel* known = s.channel(id);
    auto reply = reply_of<api::LogReadReply>(answer);
    if (known == nullptr || !known->server_lacks) return;
    if (!reply) return wait_a_little(s, reply.error().code);
    for (const api::LogItem& item : reply->items) {
      auto evidence = known->log.judge({item.seq, item.entry}, {});
      if (!evidence || evidence->what == Code::replayed) continue;
      known->server_lacks.reset();
      known->alarmed = true;
      raise(s, {evidence->what, "S5", id, std::nullopt, evidence->place, {}, record::encode(*evidence)});
      return show(s, ChannelUpdated{id});
    }
    log_stays_short(s, *known);
  });
}

void given_back(Channel& channel, const record::LogHead& head) {
  if (head.seq >= channel.log.head().seq) {
    channel.server_lacks.reset();
    channel.told = std::max(channel.told, head.seq);
    log_reaches(channel, head);
  } else {
    channel.server_lacks = record::LogHead{head.seq, *channel.log.hash_at(head.seq)};
  }
}

void channel_answered(CoreState& state, const ChannelId& id, const Answer& answer) {
  Channel* channel = state.channel(id);
  if (channel == nullptr || !channel->server_lacks) return;
  channel->handing_back = false;
  Seq from = channel->server_lacks->seq;
  auto reply = reply_of<api::AppendReply>(answer);
  if (reply) {
    const Hash32* own = channel->log.hash_at(reply->head.seq);
    if (own == nullptr || *own != reply->head.hash || reply->head.seq <= from) return log_stays_short(state, *channel);
    return given_back(*channel, reply->head);
  }
  const Error& why = reply.error();
  if (passes(why.code)) return wait_a_little(state, why.code);
  switch (why.code) {
    case Code::not_admitted:  // not ours any more, as the roster and log that were given back say
      channel->server_lacks.reset();
      channel->listed = false;
      return;
    case Code::not_allowed:
      recovery_is_over(state);
      // One that the server doesn't name: not ours any more, or lost for good. Neither shows as a shorter log.
      if (!channel->listed) return channel->server_lacks.reset();
      return log_stays_short(state, *channel);
    case Code::bad_sequence:
      // Somebody else was faster.
      if (why.expected > from.value) return given_back(*channel, {Seq{why.expected}, {}});
      return log_stays_short(state, *channel);
    case Code::fork:
      return look_at_fork(state, *channel, from);
    default:
      return log_stays_short(state, *channel);
  }
}

// The large parts of a Commit before the Commit. True while one is on its way, or can't be had.
bool owes_blobs(CoreState& state, Channel& channel, BytesView entry_bytes, bool& missing) {
  auto entry = record::decode_log_entry(entry_bytes);
  auto body = entry ? entry->parsed() : std::unexpected(entry.error());
  if (!body) return false;
  if (!holds_blobs(channel, *body)) {
    missing = true;
    return true;
  }
  if (!putting_blobs(state, channel, *body)) return false;
  missing = ++channel.blob_tries > blob_tries_max;
  return true;
}

void hand_back(CoreState& state, Channel& channel) {
  if (channel.handing_back || channel.reading || channel.fetching || waits(state)) return;
  Seq from = channel.server_lacks->seq;
  auto entries = pieces(from.value + 1, channel.log.head().seq.value, api::hand_back_bytes_max,
                        [&](std::uint64_t seq) -> const Bytes& { return channel.rows[seq - 1].entry; });
  for (std::size_t i = 0; i < entries.size(); ++i) {
    bool missing = false;
    if (!owes_blobs(state, channel, entries[i], missing)) continue;
    if (i == 0 && missing) return log_stays_short(state, channel);
    if (i == 0) return;
    entries.resize(i);
  }
  channel.blob_tries = 0;
  channel.handing_back = true;
  api::HandBack request{channel.id, *channel.server_lacks, std::move(entries)};
  call(state, request, [id = channel.id](CoreState& s, const Answer& answer) { channel_answered(s, id, answer); });
}

// A channel that began after the backup isn't named by the server at all.
void claim_unlisted(CoreState& state) {
  for (auto& [id, channel] : state.channels) {
    bool lost = !channel->listed && channel->in() && !channel->rows.empty() && !channel->claimed;
    if (!lost) continue;
    channel->claimed = true;
    will_hand_back(state, *channel, record::log_start(state.identity->self.network, id));
  }
}

}  // namespace

void generation_told(CoreState& state, std::uint64_t generation, const record::RosterHead& told) {
  ServerPast& past = state.past;
  if (past.generation == generation) return;
  bool first = past.generation == 0;
  Bytes before = encode_fields(past);
  past.generation = generation;
  past.lacks = !first;
  store_past(state);
  if (first) return;
  retire_key_packages(state);
  for (auto& [id, channel] : state.channels) channel->blobs_put.clear();
  // Said once; what isn't given back in the end is an alarm that stays.
  Alarm alarm;
  alarm.code = Code::server_rolled_back;
  alarm.rule = "restored";
  alarm.seq = Seq{told.seq.value};
  alarm.time = state.now;
  codec::Writer w;
  told.encode(w);
  w.u64(generation);
  w.opaque(before);
  alarm.evidence = w.take();
  show(state, std::move(alarm));
}

bool hand_back_before_login(CoreState& state, const api::HelloReply& greeting, const LogIn& log_in) {
  const RosterBook& book = state.book;
  if (!state.identity->entered || book.stopped || book.roster.empty()) return false;
  const record::RosterHead& theirs = greeting.roster;
  auto own = book.roster.head_at(theirs.seq);
  if (!own || own->hash != theirs.hash || theirs.seq >= book.roster.head().seq) return false;
  auto view = book.roster.at(theirs.seq);
  if (view && view->device(state.identity->self.device)) return false;
  auto entries = pieces(theirs.seq.value + 1, book.roster.head().seq.value, before_login_bytes_max,
                        [&](std::uint64_t seq) -> const Bytes& { return book.entries[seq - 1]; });
  if (entries.empty()) return false;
  call(state, api::HandBackRoster{theirs, std::move(entries)}, [greeting, log_in](CoreState& s, const Answer& answer) {
    auto reply = reply_of<api::RosterPlaceReply>(answer);
    api::HelloReply next = greeting;
    bool went_on = reply && reply->head.seq > greeting.roster.seq;
    if (went_on) next.roster = reply->head;
    if (!went_on || !hand_back_before_login(s, next, log_in)) log_in(s, next);
  });
  return true;
}

bool handing_back_roster(CoreState& state) {
  RosterBook& book = state.book;
  if (!state.past.lacks || book.stopped || book.server_head.seq >= book.roster.head().seq) return false;
  if (state.past.handing_roster || waits(state)) return true;
  auto own = book.roster.head_at(book.server_head.seq);
  if (!own) {
    roster_stays_short(state);
    return false;
  }
  record::RosterHead after{book.server_head.seq, own->hash};
  auto entries = pieces(after.seq.value + 1, book.roster.head().seq.value, api::hand_back_bytes_max,
                        [&](std::uint64_t seq) -> const Bytes& { return book.entries[seq - 1]; });
  state.past.handing_roster = true;
  call(state, api::HandBackRoster{after, std::move(entries)},
       [from = after.seq](CoreState& s, const Answer& answer) { roster_answered(s, from, answer); });
  return true;
}

bool will_hand_back(CoreState& state, Channel& channel, const record::LogHead& told) {
  const Hash32* own = channel.log.hash_at(told.seq);
  if (!state.past.lacks || own == nullptr || *own != told.hash) return false;
  if (channel.handing_back) return true;
  for (auto& [id, item] : channel.outbox) {
    if (item.acknowledged <= told.seq) continue;
    // It was never read back here; whoever did gives it back, or it is sent again.
    item.acknowledged = Seq{};
    item.acknowledged_hash = {};
    store_outbox(*state.vault, channel, item);
  }
  channel.told = told.seq;
  channel.server_head = std::max(told, channel.log.head(), [](const auto& a, const auto& b) { return a.seq < b.seq; });
  if (told.seq < channel.log.head().seq) channel.server_lacks = told;
  return true;
}

void advance_hand_back(CoreState& state) {
  if (!state.past.lacks || !state.session.channels_listed) return;
  claim_unlisted(state);
  bool left = false;
  for (auto& [id, channel] : state.channels) {
    if (channel->server_lacks) hand_back(state, *channel);
    // What isn't named may still come, with the entry by which this device was let in.
    left = left || channel->server_lacks || (channel->in() && !channel->listed);
  }
  if (!left) recovery_is_over(state);
}

std::optional<Timestamp> hand_back_wake(const CoreState& state) {
  return waits(state) ? state.past.not_before : std::nullopt;
}

Status load_server_past(CoreState& state, BytesView value) {
  TRY(state.past, decode_fields<ServerPast>(value));
  return {};
}

}  // namespace encuentro::client::core
