#include "client/core/replay.h"

#include <algorithm>

#include "client/core/blobs.h"
#include "client/core/erasing.h"
#include "client/core/handshakes.h"
#include "client/core/history.h"
#include "client/core/log_sync.h"
#include "client/core/outbox.h"
#include "client/core/records.h"
#include "client/core/restart.h"

namespace encuentro::client::core {
namespace {

void put_place(CoreState& state, Channel& channel, const api::LogItem& item) {
  channel.log.append({item.seq, item.entry});
  channel.rows.push_back({item.stored, item.entry});
  store_place(*state.vault, channel, item.seq);
}

void alarm_at(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
              const Error& why) {
  Alarm alarm;
  alarm.code = why.code;
  alarm.rule = why.rule;
  alarm.channel = channel.id;
  alarm.device = entry.header.device;
  alarm.seq = item.seq;
  alarm.evidence = item.entry;
  raise(state, std::move(alarm));
}

// R3: a head I don't hold yet is fetched first; one on another branch stops the channel.
Applied judge_roster_head(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry) {
  const record::RosterHead& named = entry.header.roster;
  if (named.seq > state.book.roster.head().seq) {
    if (named.seq <= state.book.withheld) {
      alarm_at(state, channel, item, entry, {Code::gap, "R3", named.seq.value, state.book.roster.head().seq.value});
      channel.alarmed = true;
      return Applied::no;
    }
    if (state.book.server_head.seq < named.seq) state.book.server_head = named;
    if (state.book.named < named.seq) state.book.named = named.seq;
    log_reaches(channel, {item.seq, {}});
    return Applied::wait;
  }
  auto own = state.book.roster.head_at(named.seq);
  if (own && own->hash == named.hash) return Applied::yes;
  alarm_at(state, channel, item, entry, {Code::fork, "R3", 0, 0});
  channel.alarmed = true;
  return Applied::no;
}

// An entry of this very device that the store knows nothing of: the profile is an old copy (design: Local state).
bool rolled_back(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry) {
  if (entry.header.device != state.identity->self.device) return false;
  auto waiting = channel.outbox.find(entry.header.id);
  if (waiting != channel.outbox.end() && waiting->second.entry == item.entry) return false;
  if (!entry.verify(state.identity->key.public_key)) return false;  // somebody else's forgery: refused below
  state.rolled_back = true;
  for (auto& [id, each] : state.channels) erase_member(*state.vault, *each);
  alarm_at(state, channel, item, entry, {Code::rolled_back, "S5", 0, 0});
  state.effects.disconnect = true;
  return true;
}

// Signature, device, roster floor and epoch: what every entry after `create` must have.
Status judge_author(const CoreState& state, const Channel& channel, const record::LogEntry& entry) {
  const record::EntryHeader& header = entry.header;
  auto view = state.book.roster.at(header.roster.seq);
  auto device = view ? view->device(header.device) : std::nullopt;
  if (!device) return fail(Code::unknown_device, "S4");
  if (!entry.verify(device->key)) return fail(Code::bad_signature, "S4");
  if (device->standing == roster::Standing::gone) return fail(Code::revoked, "S4");
  if (header.roster.seq < channel.roster_floor) {
    return fail(Code::stale_roster, "S4", channel.roster_floor.value, header.roster.seq.value);
  }
  if (entry.kind == static_cast<std::uint8_t>(record::EntryKind::create)) return {};
  if (!channel.group || header.at != channel.at()) {
    return fail(Code::wrong_epoch, "S4", channel.at().epoch.value, header.at.epoch.value);
  }
  return {};
}

bool is_handshake(const record::LogEntry& entry) {
  return entry.kind == static_cast<std::uint8_t>(record::EntryKind::create) ||
         entry.kind == static_cast<std::uint8_t>(record::EntryKind::commit);
}

void apply_leave(Channel& channel, const CoreState& state, const record::LogEntry& entry) {
  auto device = state.newest().device(entry.header.device);
  if (device && has_leaf(channel, entry.header.device)) channel.leaving.insert(device->member);
}

// An entry whose author, epoch or form doesn't hold. A handshake can't be passed over; anything else is shown and
// counted.
void refuse(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
            const Error& why) {
  if (is_handshake(entry)) return stop_channel(state, channel, entry, item.seq, why, true);
  alarm_at(state, channel, item, entry, why);
  add_refused_record(state, channel, item, entry, why);
}

void apply_body(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                const record::Body& body) {
  Status done;
  if (const auto* create = std::get_if<record::CreateBody>(&body)) {
    done = apply_create(state, channel, entry, item.seq, *create);
  } else if (const auto* commit = std::get_if<record::CommitBody>(&body)) {
    done = apply_commit(state, channel, entry, item.seq, *commit);
  } else if (!has_leaf(channel, entry.header.device)) {
    done = fail(Code::not_a_member, "S4");
  } else if (const auto* record = std::get_if<record::RecordBody>(&body)) {
    return add_record(state, channel, item, entry, *record);
  } else if (const auto* link = std::get_if<record::LinkBody>(&body)) {
    add_link(state, channel, item.seq, link->link);
  } else if (std::holds_alternative<record::LeaveBody>(body)) {
    apply_leave(channel, state, entry);
  } else if (const auto* erase = std::get_if<record::DeleteBody>(&body)) {
    done = apply_erasure(state, channel, item, entry, *erase);
  } else if (const auto* report = std::get_if<record::ReportBody>(&body)) {
    done = apply_report(state, channel, item, entry, *report);
  }
  if (!done) refuse(state, channel, item, entry, done.error());
}

}  // namespace

Applied apply(CoreState& state, Channel& channel, const api::LogItem& item) {
  if (state.rolled_back) return Applied::no;
  auto entry = record::decode_log_entry(item.entry);
  if (!entry) {
    put_place(state, channel, item);
    add_unreadable_record(state, channel, item, entry.error());
    return Applied::yes;
  }
  if (Applied head = judge_roster_head(state, channel, item, *entry); head != Applied::yes) return head;
  if (rolled_back(state, channel, item, *entry)) return Applied::no;
  auto body = entry->parsed();
  if (body && needs_blobs(state, channel, *body)) return Applied::wait;

  put_place(state, channel, item);
  bool restart = body && std::holds_alternative<record::CreateBody>(*body);
  if (channel.upkeep.blind && !restart) {
    add_closed_record(state, channel, item, *entry);
  } else if (auto author = judge_author(state, channel, *entry); !author) {
    refuse(state, channel, item, *entry, author.error());
  } else if (!body) {
    add_unreadable_record(state, channel, item, body.error());
  } else {
    channel.roster_floor = entry->header.roster.seq;
    apply_body(state, channel, item, *entry, *body);
  }
  read_back(state, channel, item, *entry);
  channel.unsaved = true;
  state.changed = true;
  return Applied::yes;
}

}  // namespace encuentro::client::core
