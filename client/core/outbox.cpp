#include "client/core/outbox.h"

#include <algorithm>
#include <utility>

#include "client/core/alarms.h"
#include "client/core/blobs.h"
#include "client/core/log_sync.h"
#include "client/core/session.h"
#include "client/core/upkeep.h"
#include "protocol/api/hand_back_calls.h"
#include "protocol/api/server_moved.h"
#include "protocol/base/limits.h"
#include "protocol/content/seal.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

constexpr Duration recovering_retry = seconds(5);
constexpr Duration read_back_within = milliseconds(250);

void keep(CoreState& state, Channel& channel, OutboxItem item) {
  item.order = channel.next_order++;
  store_outbox(*state.vault, channel, item);
  show(state, OutboxChanged{channel.id, item.id});
  channel.outbox.insert_or_assign(item.id, std::move(item));
  state.changed = true;
}

// By value: the id may be the item's own, which is gone before the last use.
void drop(CoreState& state, Channel& channel, RecordId id) {
  erase_outbox(*state.vault, channel, id);
  channel.outbox.erase(id);
  show(state, OutboxChanged{channel.id, id});
  state.changed = true;
}

bool is_handshake(const OutboxItem& item) {
  return item.kind == record::EntryKind::create || item.kind == record::EntryKind::commit;
}

// Seals (shared: under the archive key; sealed: by the ratchet, whose step is stored with the bytes) and signs.
Result<record::RecordBody> seal(CoreState& state, Channel& channel, const record::EntryHeader& header,
                                const OutboxItem& item) {
  TRY(auto content, content::decode_content(item.content));
  auto signed_content =
      content::sign_content(header, static_cast<content::Kind>(item.content_kind), content, state.identity->key);
  TRY(SecretBytes plaintext, content::encode_padded(signed_content));
  if (channel.shared()) {
    const auto& key = channel.keys.at(EpochKey::of(header.at));
    return content::seal_record(key, header, item.pins, plaintext, *state.random);
  }
  record::RecordBody body{record::MlsSealed{}, item.pins};
  TRY(Bytes message,
      channel.member->protect(plaintext.view(), record::record_associated_data(header, body), *state.random));
  channel.member_unsaved = true;
  std::get<record::MlsSealed>(body.sealed).mls_message = std::move(message);
  return body;
}

// The bytes of this epoch: made once, then always the same.
Status prepare(CoreState& state, Channel& channel, OutboxItem& item) {
  EpochKey here = EpochKey::of(channel.at());
  if (item.sealed_in == here) return {};
  record::EntryHeader header = header_here(state, channel, item.id);
  record::LogEntry entry;
  if (item.kind == record::EntryKind::record) {
    TRY(auto body, seal(state, channel, header, item));
    entry = record::sign_entry(header, body, state.identity->key);
  } else {
    TRY(auto body, record::decode_body(static_cast<std::uint8_t>(item.kind), item.body));
    entry = record::sign_entry(header, body, state.identity->key);
  }
  item.entry = record::encode(entry);
  item.sealed_in = here;
  item.acknowledged = Seq{};
  store_outbox(*state.vault, channel, item);
  return {};
}

// Whether it holds what a person wrote: not a mark, a sign or an answer that is one click.
bool holds_words(const OutboxItem& item) {
  constexpr auto reaction = static_cast<std::uint16_t>(content::Kind::reaction);
  if (item.kind != record::EntryKind::record || item.content_kind == reaction) return false;
  auto content = content::decode_content(item.content);
  return content && (!content->title.empty() || !content->body.empty() || !content->attachments.empty());
}

void give_up(CoreState& state, Channel& channel, const RecordId& id, const Error& why) {
  auto found = channel.outbox.find(id);
  if (found == channel.outbox.end()) return;
  if (is_handshake(found->second)) {
    if (path_due(state, channel)) channel.upkeep.path_at = state.now;  // a refused Commit isn't made again for that
    if (channel.member) {
      if (found->second.kind == record::EntryKind::create || !channel.member->is_active()) {
        channel.member.reset();
        channel.state = channel.upkeep.rejected.value != 0 ? ChannelState::stopped : ChannelState::visible;
      } else {
        channel.member->drop_pending();
      }
      channel.member_unsaved = channel.unsaved = true;
    }
    channel.last_refusal = why;
  }
  failed(state, found->second.ticket, why);
  if (!holds_words(found->second)) return drop(state, channel, id);
  found->second.ticket = 0;
  found->second.refused = Failure{why.code, why.rule, why.expected, why.got};
  store_refusal(*state.vault, channel, found->second);
  show(state, OutboxChanged{channel.id, id});
  state.changed = true;
}

// Refusals after which the same item is tried again, once the client has caught up. The bound of a person's channels
// (R76) doesn't pass with time, as the others of its code do.
bool comes_again(const Error& why) {
  Code code = why.code;
  if (code == Code::too_many) return std::string_view(why.rule) != "R76";
  if (code == api::server_recovering || code == api::server_moved) return true;
  switch (code) {
    case Code::epoch_changed:
    case Code::wrong_epoch:
    case Code::roster_changed:
    case Code::stale_roster:
    case Code::unreachable:
    case Code::overloaded:
    case Code::shutting_down:
    case Code::storage_failed:
    case Code::storage_full:
      return true;
    default:
      return false;
  }
}

void refused(CoreState& state, Channel& channel, const RecordId& id, const Error& why) {
  if (!comes_again(why)) return give_up(state, channel, id, why);
  if (why.code == Code::unreachable) return;
  if (why.code == Code::roster_changed || why.code == Code::stale_roster) {
    if (state.book.server_head.seq <= state.book.roster.head().seq) {
      state.book.server_head.seq = state.book.roster.head().seq.next();
    }
    channel.outbox.at(id).sealed_in.reset();
  }
  if (why.code == Code::epoch_changed || why.code == Code::wrong_epoch) {
    if (channel.upkeep.blind) return give_up(state, channel, id, why);  // an epoch this device can't follow
    log_reaches(channel, {channel.log.head().seq.next(), {}});
    return;
  }
  // A restored server is being given back what it lost: what waits goes out after that.
  channel.held_up = why.code == api::server_recovering;
  channel.retry_at = state.now + (channel.held_up ? recovering_retry : seconds(1));
}

void acknowledged(CoreState& state, const ChannelId& channel_id, const RecordId& id, const Answer& answer) {
  Channel* channel = state.channel(channel_id);
  if (channel == nullptr) return;
  channel->appending = false;
  auto found = channel->outbox.find(id);
  if (found == channel->outbox.end()) return;
  auto reply = reply_of<api::AppendReply>(answer);
  if (!reply) return refused(state, *channel, id, reply.error());
  channel->held_up = false;
  found->second.acknowledged = reply->head.seq;
  found->second.acknowledged_hash = reply->head.hash;
  store_outbox(*state.vault, *channel, found->second);
  log_reaches(*channel, reply->head);
  channel->told = std::max(channel->told, reply->head.seq);
  // Usually it is pushed at once; if not, it is read.
  channel->read_at = state.now + read_back_within;
  if (channel->log.head().seq >= reply->head.seq) {
    raise(state, {Code::fork, "S3", channel_id, std::nullopt, reply->head.seq, {}, found->second.entry});
    channel->alarmed = true;
  }
}

void send(CoreState& state, Channel& channel, OutboxItem& item) {
  channel.appending = true;
  call(state, api::Append{item.entry}, [channel_id = channel.id, id = item.id](CoreState& s, const Answer& answer) {
    acknowledged(s, channel_id, id, answer);
  });
}

OutboxItem* first_waiting(Channel& channel, bool handshakes) {
  OutboxItem* first = nullptr;
  for (auto& [id, item] : channel.outbox) {
    if (is_handshake(item) == handshakes && !item.refused && (first == nullptr || item.order < first->order))
      first = &item;
  }
  return first;
}

OutboxItem* first_of_kind(Channel& channel, record::EntryKind kind) {
  OutboxItem* first = nullptr;
  for (auto& [id, item] : channel.outbox) {
    if (item.kind == kind && (first == nullptr || item.order < first->order)) first = &item;
  }
  return first;
}

// Who has stopped, or couldn't come in, says why before anything else is said; who hasn't seen yet who may come in now
// may still leave.
OutboxItem* first_to_say(Channel& channel) {
  if (!channel.in()) return first_of_kind(channel, record::EntryKind::report);
  if (channel.admission_to_accept) return first_of_kind(channel, record::EntryKind::leave);
  return first_waiting(channel, false);
}

// A Commit for an epoch that has passed can't stand any more.
void drop_late_handshakes(CoreState& state, Channel& channel) {
  OutboxItem* item = first_waiting(channel, true);
  if (item == nullptr || item->kind == record::EntryKind::create) return;
  if (item->sealed_in && *item->sealed_in == EpochKey::of(channel.at())) return;
  if (channel.member && channel.member->has_pending()) {
    if (channel.member->is_active()) {
      channel.member->drop_pending();
    } else {
      channel.member.reset();
    }
    channel.member_unsaved = true;
  }
  if (channel.state == ChannelState::joining) channel.state = ChannelState::visible;
  channel.unsaved = true;
  drop(state, channel, item->id);
}

bool may_speak(const CoreState& state, const Channel& channel, const OutboxItem& item) {
  if (item.kind == record::EntryKind::report) return has_leaf(channel, state.identity->self.device);
  if (!channel.in()) return false;
  if (channel.admission_to_accept) return item.kind == record::EntryKind::leave;
  return item.kind != record::EntryKind::record || !channel.shared() ||
         channel.keys.contains(EpochKey::of(channel.at())) || state.rolled_back;
}

// What waits for the person is said to be waiting for that; the item stays.
void answer_unseen_admission(CoreState& state, Channel& channel) {
  for (auto& [id, item] : channel.outbox) {
    bool held = item.kind == record::EntryKind::record && item.acknowledged.value == 0;
    if (held) failed(state, std::exchange(item.ticket, 0), {admission_changed, "S2", 0, 0});
  }
}

}  // namespace

RecordId queue_content(CoreState& state, Channel& channel, std::uint32_t ticket, content::Kind kind,
                       const content::Content& item, std::vector<UploadId> pins) {
  OutboxItem waiting;
  waiting.id = state.fresh_id<RecordId>();
  waiting.kind = record::EntryKind::record;
  waiting.content_kind = static_cast<std::uint16_t>(kind);
  waiting.content = content::encode(item);
  waiting.pins = std::move(pins);
  waiting.ticket = ticket;
  RecordId id = waiting.id;
  keep(state, channel, std::move(waiting));
  return id;
}

RecordId queue_entry(CoreState& state, Channel& channel, const record::Body& body, std::uint32_t ticket) {
  OutboxItem waiting;
  waiting.id = state.fresh_id<RecordId>();
  waiting.kind = record::kind_of(body);
  waiting.body = record::encode_body(body);
  waiting.ticket = ticket;
  RecordId id = waiting.id;
  keep(state, channel, std::move(waiting));
  return id;
}

void queue_handshake(CoreState& state, Channel& channel, const record::LogEntry& entry) {
  OutboxItem waiting;
  waiting.id = entry.header.id;
  waiting.kind = static_cast<record::EntryKind>(entry.kind);
  waiting.body = entry.body;
  waiting.sealed_in = EpochKey::of(entry.header.at);
  waiting.entry = record::encode(entry);
  keep(state, channel, std::move(waiting));
}

record::EntryHeader header_here(const CoreState& state, const Channel& channel, const RecordId& id) {
  const Self& self = state.identity->self;
  record::GroupEpoch at = channel.at();
  if (channel.upkeep.blind) at.epoch = at.epoch.next();  // what the refused Commit made of it
  return {self.network, channel.id, at, self.device, id, state.roster_head(), channel.log.head()};
}

void retry(CoreState& state, std::uint32_t ticket, const Retry& command) {
  Channel* channel = state.channel(command.channel);
  if (channel == nullptr) return failed(state, ticket, {Code::unknown_channel, "", 0, 0});
  auto found = channel->outbox.find(command.item);
  if (found == channel->outbox.end() || !found->second.refused) {
    return failed(state, ticket, {Code::not_found, "item", 0, 0});
  }
  OutboxItem item = found->second;
  item.refused.reset();
  item.sealed_in.reset();
  item.ticket = ticket;
  store_refusal(*state.vault, *channel, item);
  keep(state, *channel, std::move(item));
  show(state, Queued{ticket, command.channel, command.item});
}

void discard(CoreState& state, std::uint32_t ticket, const Discard& command) {
  Channel* channel = state.channel(command.channel);
  if (channel == nullptr) return failed(state, ticket, {Code::unknown_channel, "", 0, 0});
  auto found = channel->outbox.find(command.item);
  if (found == channel->outbox.end() || !found->second.refused) {
    return failed(state, ticket, {Code::not_found, "item", 0, 0});
  }
  drop(state, *channel, command.item);
  done(state, ticket, Nothing{});
}

void refuse_waiting(CoreState& state, Channel& channel, const Error& why) {
  std::vector<RecordId> waiting;
  for (const auto& [id, item] : channel.outbox) {
    bool stands = item.acknowledged.value != 0;
    if (item.kind == record::EntryKind::record && !item.refused && !stands) waiting.push_back(id);
  }
  for (const RecordId& id : waiting) give_up(state, channel, id, why);
}

bool anything_waits(const Channel& channel) {
  return std::any_of(channel.outbox.begin(), channel.outbox.end(),
                     [](const auto& waiting) { return !waiting.second.refused; });
}

void drop_commits(CoreState& state, Channel& channel) {
  while (OutboxItem* item = first_waiting(channel, true)) drop(state, channel, item->id);
}

bool handshake_waits(const Channel& channel) {
  return std::any_of(channel.outbox.begin(), channel.outbox.end(),
                     [](const auto& waiting) { return is_handshake(waiting.second); });
}

void answer_alarmed(CoreState& state, Channel& channel) {
  Error why = held_by_alarm(state, channel);
  for (auto& [id, item] : channel.outbox) failed(state, std::exchange(item.ticket, 0), why);
  for (const Change& change : channel.changes) failed(state, change.ticket, why);
  channel.changes.clear();
}

bool flush_outbox(CoreState& state, Channel& channel) {
  if (channel.appending || channel.fetching) return true;
  if (channel.retry_at && state.now < *channel.retry_at) return true;
  channel.retry_at.reset();
  drop_late_handshakes(state, channel);
  if (channel.in() && channel.admission_to_accept) answer_unseen_admission(state, channel);
  OutboxItem* item = first_waiting(channel, true);
  if (item == nullptr) {
    item = first_to_say(channel);
    if (item == nullptr || !may_speak(state, channel, *item)) return false;
    if (auto prepared = prepare(state, channel, *item); !prepared) {
      give_up(state, channel, item->id, prepared.error());
      return false;
    }
  } else {
    auto body = record::decode_body(static_cast<std::uint8_t>(item->kind), item->body);
    ENC_CHECK(body.has_value());
    if (putting_blobs(state, channel, *body)) return true;
  }
  if (item->acknowledged.value != 0) return true;  // stands; its place is being read
  send(state, channel, *item);
  return true;
}

void read_back(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry) {
  if (entry.header.device != state.identity->self.device) return;
  auto found = channel.outbox.find(entry.header.id);
  if (found == channel.outbox.end()) return;
  const OutboxItem& own = found->second;
  if (own.acknowledged.value != 0) {
    record::LogHead here = channel.log.head();
    if (own.acknowledged != here.seq || own.acknowledged_hash != here.hash) {
      raise(state, {Code::fork, "S3", channel.id, std::nullopt, item.seq, {}, item.entry});
      channel.alarmed = true;
    }
  }
  std::uint32_t ticket = own.ticket;
  drop(state, channel, entry.header.id);
  done(state, ticket, Sent{channel.id, entry.header.id, item.seq});
}

}  // namespace encuentro::client::core
