#include "client/core/log_sync.h"

#include <algorithm>

#include "client/core/hand_back.h"
#include "client/core/outbox.h"
#include "client/core/replay.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/upkeep.h"

namespace encuentro::client::core {
namespace {

// An entry of the log that is held here whose author saw that place as it is here: with what the other says, both
// signed, the fork is proven to whoever was not there.
Bytes witness_at(const Channel& channel, Seq place) {
  for (const LogRow& row : channel.rows) {
    auto entry = record::decode_log_entry(row.entry);
    if (entry && entry->header.seen.seq == place) return row.entry;
  }
  return {};
}

void alarm_of(CoreState& state, Channel& channel, record::Evidence evidence) {
  if (evidence.what == Code::fork && evidence.other_entry.empty()) {
    evidence.other_entry = witness_at(channel, evidence.other_place);
  }
  Alarm alarm;
  alarm.code = evidence.what;
  alarm.rule = "S5";
  alarm.channel = channel.id;
  alarm.seq = evidence.place;
  alarm.evidence = record::encode(evidence);
  raise(state, std::move(alarm));
  channel.alarmed = true;
  show(state, ChannelUpdated{channel.id});
}

// The server names an end before one it has named, or before what is already held: it hides, or has lost it (S5).
bool shrunk(CoreState& state, Channel& channel, const record::LogHead& told) {
  Seq known = std::max(channel.told, channel.log.head().seq);
  for (const auto& [id, item] : channel.outbox) known = std::max(known, item.acknowledged);
  if (channel.told < told.seq) channel.told = told.seq;
  if (told.seq >= known || will_hand_back(state, channel, told)) return false;
  // What somebody gave back to a restored server isn't what stood there.
  if (auto other = state.past.lacks ? channel.log.judge_head(told) : std::nullopt) {
    alarm_of(state, channel, *other);
    return true;
  }
  const Hash32* own = channel.log.hash_at(known);
  Hash32 hash = own == nullptr ? Hash32{} : *own;
  alarm_of(state, channel, {Code::server_rolled_back, channel.id, told.seq, known, hash, told.hash, {}, {}});
  return true;
}

// Judges and applies in order; stops at what doesn't fit, or has to wait for the roster or a blob.
void take(CoreState& state, Channel& channel, std::span<const api::LogItem> items) {
  std::vector<record::Item> views;
  views.reserve(items.size());
  for (const api::LogItem& item : items) views.push_back({item.seq, item.entry});
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (auto evidence = channel.log.judge(views[i], std::span(views).subspan(i + 1))) {
      alarm_of(state, channel, *evidence);
      return;
    }
    if (apply(state, channel, items[i]) != Applied::yes) return;
  }
}

void page_read(CoreState& state, const ChannelId& id, Seq from, const Answer& answer) {
  Channel* channel = state.channel(id);
  if (channel == nullptr) return;
  channel->reading = false;
  auto reply = reply_of<api::LogReadReply>(answer);
  if (!reply) {
    // Not ours to read (any more), or the connection ended: nothing is behind as far as we can see.
    if (reply.error().code != Code::unreachable) {
      channel->listed = false;
      show(state, ChannelUpdated{id});
    }
    return;
  }
  bool owed = channel->told >= from;  // else it came to stand there while this was being answered: read again
  if (shrunk(state, *channel, reply->head)) return;
  if (reply->items.empty() && reply->head.seq >= from && owed) {
    record::Evidence evidence{Code::gap, id, from, reply->head.seq, {}, reply->head.hash, {}, {}};
    return alarm_of(state, *channel, evidence);
  }
  channel->server_head = reply->head;
  take(state, *channel, reply->items);
  if (channel->alarmed) return;
  if (auto evidence = channel->log.judge_head(reply->head)) alarm_of(state, *channel, *evidence);
}

void read_if_behind(CoreState& state, Channel& channel) {
  if (channel.read_at && state.now < *channel.read_at) return;
  channel.read_at.reset();
  if (channel.reading || channel.alarmed || channel.fetching || !channel.listed || !follows(state, channel)) return;
  if (channel.log.head().seq >= channel.server_head.seq) return;
  channel.reading = true;
  Seq from = channel.log.head().seq.next();
  call(state, api::LogRead{channel.id, from},
       [id = channel.id, from](CoreState& s, const Answer& answer) { page_read(s, id, from, answer); });
}

void list_from(CoreState& state, const ChannelId& after, std::function<void(CoreState&)> then) {
  call(state, api::Channels{after}, [then](CoreState& s, const Answer& answer) {
    auto reply = reply_of<api::ChannelsReply>(answer);
    if (!reply) return;
    for (const api::ChannelHead& head : reply->channels) channel_announced(s, head);
    if (reply->channels.empty()) return then(s);
    list_from(s, reply->channels.back().channel, then);
  });
}

// Channels that the server named, or that stand there because this device made them. Others may make so many that not
// all can be followed (R76): those one is in come first, and the rest is read when the next connection lists it.
std::set<ChannelId> followed_live(const CoreState& state) {
  std::set<ChannelId> live;
  for (const bool in : {true, false}) {
    for (const auto& [id, channel] : state.channels) {
      if (live.size() == limits::channels_per_member_max) return live;
      if (channel->in() == in && channel->listed && channel->server_head.seq.value > 0) live.insert(id);
    }
  }
  return live;
}

void subscribe(CoreState& state) {
  std::set<ChannelId> wanted = followed_live(state);
  if (wanted == state.session.subscribed) return;
  state.session.subscribed = wanted;
  call(state, api::Subscribe{{wanted.begin(), wanted.end()}}, [](CoreState&, const Answer&) {});
}

// No server can name a channel whose first entry is still on its way from here, over whatever ended since.
void list_own_beginnings(CoreState& state) {
  for (auto& [id, channel] : state.channels) {
    if (channel->log.head().seq.value == 0 && handshake_waits(*channel)) channel->listed = true;
  }
}

// What comes between listing and subscribing isn't pushed, hence the second list.
void list_and_subscribe(CoreState& state) {
  state.session.listing = true;
  list_from(state, ChannelId{}, [](CoreState& s) {
    subscribe(s);
    list_from(s, ChannelId{}, [](CoreState& again) {
      list_own_beginnings(again);
      again.session.channels_listed = true;
      again.changed = true;
    });
  });
}

}  // namespace

Channel& channel_for(CoreState& state, const ChannelId& id) {
  auto& place = state.channels[id];
  if (!place) place = std::make_unique<Channel>(state.identity->self.network, id);
  return *place;
}

bool follows(const CoreState&, const Channel& channel) {
  return channel.relation != api::Relation::member || channel.state != ChannelState::visible;
}

void log_reaches(Channel& channel, const record::LogHead& head) {
  if (head.seq > channel.server_head.seq) channel.server_head = head;
}

void advance_logs(CoreState& state) {
  if (!ready(state) || !roster_current(state)) return;
  if (!state.session.listing) list_and_subscribe(state);
  if (state.session.channels_listed) subscribe(state);
  for (auto& [id, channel] : state.channels) read_if_behind(state, *channel);
}

void entry_pushed(CoreState& state, const api::EntryPush& push) {
  Channel* channel = state.channel(push.channel);
  if (channel == nullptr || channel->alarmed || !follows(state, *channel)) return;
  Seq next = channel->log.head().seq.next();
  bool in_turn = push.item.seq == next && !channel->reading && !channel->fetching;
  if (push.item.seq < next) {
    // The same again means nothing; another one at a place that is known does.
    auto evidence = channel->log.judge({push.item.seq, push.item.entry}, {});
    if (evidence && evidence->what != Code::replayed) alarm_of(state, *channel, *evidence);
    return;
  }
  channel->read_at.reset();
  channel->told = std::max(channel->told, push.item.seq);
  if (in_turn) take(state, *channel, {&push.item, 1});
  log_reaches(*channel, {push.item.seq, {}});
}

void log_lagged(CoreState& state, const ChannelId& id) {
  Channel* channel = state.channel(id);
  if (channel != nullptr) log_reaches(*channel, {channel->log.head().seq.next(), {}});
}

void channel_announced(CoreState& state, const api::ChannelHead& head) {
  bool known = state.channels.contains(head.channel);
  Channel& channel = channel_for(state, head.channel);
  channel.listed = true;
  channel.relation = head.relation;
  if (shrunk(state, channel, head.head)) return;
  log_reaches(channel, head.head);
  if (auto evidence = channel.log.judge_head(head.head)) alarm_of(state, channel, *evidence);
  if (!known) {
    channel.unsaved = true;
    show(state, ChannelUpdated{channel.id});
  }
}

std::optional<Timestamp> logs_wake(const CoreState& state) {
  std::optional<Timestamp> wake;
  auto sooner = [&](const std::optional<Timestamp>& time) {
    // What was due and couldn't be done is tried again at the next input, not at once.
    if (time && *time > state.now && (!wake || *time < *wake)) wake = time;
  };
  for (const auto& [id, channel] : state.channels) {
    sooner(channel->read_at);
    sooner(channel->link_at);
    if (ready(state)) sooner(upkeep_wake(state, *channel));
    sooner(channel->retry_at);
    for (const auto& [device, retry] : channel->no_key_package) {
      if (channel->in()) sooner(retry.at);
    }
  }
  return wake;
}

}  // namespace encuentro::client::core
