// The const half of Core: what is shown of its state.
#include <algorithm>
#include <unordered_map>

#include "client/core/alarms.h"
#include "client/core/core_state.h"
#include "client/core/directory.h"
#include "client/core/history.h"
#include "client/core/proofs.h"
#include "client/core/re_entry.h"
#include "client/core/statements.h"
#include "client/core/sync.h"
#include "protocol/base/sorting.h"
#include "protocol/crypto/labelled_hash.h"

namespace encuentro::client::core {

bool Core::has_identity() const {
  return state_->identity && state_->identity->entered && !state_->book.roster.empty();
}

const Self& Core::self() const {
  ENC_CHECK(state_->identity);
  return state_->identity->self;
}

SessionState Core::session() const { return state_->session.shown; }
Duration Core::clock_ahead() const { return state_->session.clock_ahead; }
const roster::Roster& Core::roster() const { return state_->book.roster; }
std::vector<Bytes> Core::roster_entries() const { return state_->book.entries; }

std::optional<PlainName> Core::name_of(const MemberId& member) const {
  auto revealed = revealed_name(member);
  return revealed ? std::optional(std::move(revealed->first)) : std::nullopt;
}

std::optional<std::pair<PlainName, Salt>> Core::revealed_name(const MemberId& member) const {
  if (state_->book.roster.empty()) return std::nullopt;
  auto known = state_->newest().member(member);
  if (!known || known->name == nullptr) return std::nullopt;
  auto name = reveal_name(state_->identity->directory_key, member.view(), *known->name);
  if (!name) return std::nullopt;
  return std::pair(std::move(name->name), name->salt);
}

std::optional<PlainName> Core::name_on(const roster::InviteBody& invite) const {
  auto name = open_name(state_->identity->directory_key, invite.member.view(), invite.name);
  return name ? std::optional(*name) : std::nullopt;
}

std::optional<PlainName> Core::network_name() const {
  if (state_->book.roster.empty()) return std::nullopt;
  auto name = core::network_name(state_->identity->directory_key, state_->book.roster.genesis());
  return name ? std::optional(*name) : std::nullopt;
}

std::string Core::device_label(const DeviceId& device) const {
  if (state_->book.roster.empty()) return {};
  auto known = state_->newest().device(device);
  if (!known || known->label == nullptr) return {};
  auto label = open_name(state_->identity->directory_key, device.view(), *known->label);
  return label ? label->name : std::string{};
}

std::vector<WaitingStatement> Core::statements() const {
  if (!has_identity()) return {};
  return waiting_statements(*state_);
}

std::optional<ReEntryAsked> Core::asked_re_entry() const {
  if (!state_->re_entry) return std::nullopt;
  return asked_of(*state_);
}

Result<roster::PendingStatement> Core::re_entry_request(std::string_view text) const {
  return read_re_entry_request(*state_, text);
}

std::vector<Bytes> Core::root_keys() const {
  std::vector<Bytes> keys;
  for (const auto& key : state_->identity->root_keys) keys.push_back(to_bytes(key.public_key.view()));
  return keys;
}

Hash32 Core::comparison_hash(const MemberId& member) const {
  codec::Writer keys;
  auto view = state_->newest();
  for (const DeviceId& device : view.devices_of(member)) {
    auto known = view.device(device);
    if (known && known->standing != roster::Standing::gone) keys.id(known->key);
  }
  return crypto::labelled_hash("comparison", state_->book.roster.fingerprint().view(), member.view(), keys.view());
}

std::vector<ChannelId> Core::channels() const {
  std::vector<ChannelId> ids;
  for (const auto& [id, channel] : state_->channels) ids.push_back(id);
  return ids;
}

std::optional<ChannelLook> Core::channel(const ChannelId& id) const {
  const Channel* channel = state_->channel(id);
  if (channel == nullptr) return std::nullopt;
  ChannelLook look;
  look.id = id;
  look.state = channel->state;
  if (channel->in() && barred(*state_, *channel)) look.state = ChannelState::out;
  look.policy = channel->policy;
  look.at = channel->at();
  look.head = channel->log.head();
  look.devices = devices_of(*channel);
  const auto& members = members_of(*channel);
  look.members.assign(members.begin(), members.end());
  look.admission_to_accept = channel->admission_to_accept;
  look.admission_change = admission_change(*channel);
  look.alarm = alarm_against(*state_, *channel);
  look.history_complete = history_complete(*channel);
  if (channel->in()) look.epoch_authenticator = to_bytes(channel->member->epoch_authenticator());
  return look;
}

std::string Core::title(const ChannelId& id) const {
  const Channel* channel = state_->channel(id);
  return channel == nullptr ? std::string{} : title_of(*channel);
}

std::vector<const Record*> Core::records(const ChannelId& id, Seq after) const {
  std::vector<const Record*> records;
  const Channel* channel = state_->channel(id);
  if (channel == nullptr) return records;
  for (const Record& record : channel->records) {
    if (record.seq > after) records.push_back(&record);
  }
  return records;
}

std::vector<Erasure> Core::erasures(const ChannelId& id) const {
  const Channel* channel = state_->channel(id);
  return channel == nullptr ? std::vector<Erasure>() : channel->erasures;
}

std::optional<ChannelId> Core::channel_of(const RecordId& id) const {
  for (const auto& [channel_id, channel] : state_->channels) {
    for (const Record& record : channel->records) {
      if (record.id == id) return channel_id;
    }
  }
  return std::nullopt;
}

std::vector<Waiting> Core::outbox(const ChannelId& id) const {
  std::vector<std::pair<std::uint64_t, Waiting>> waiting;
  if (const Channel* channel = state_->channel(id)) {
    for (const auto& [record_id, item] : channel->outbox) {
      if (item.kind != record::EntryKind::record) continue;
      auto content = content::decode_content(item.content);
      if (!content) continue;
      Code refused = item.refused ? item.refused->code : Code::none;
      waiting.push_back({item.order, {record_id, item.content_kind, *content, item.acknowledged.value != 0, refused}});
    }
  }
  put_in_order(waiting, [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Waiting> ordered;
  for (auto& [order, item] : waiting) ordered.push_back(std::move(item));
  return ordered;
}

std::vector<UploadId> Core::kept_transfers() const {
  std::vector<UploadId> uploads;
  for (const auto& [upload, parts] : state_->kept_transfers) uploads.push_back(upload);
  return uploads;
}

std::map<std::uint32_t, Bytes> Core::kept_transfer(const UploadId& upload) const {
  auto found = state_->kept_transfers.find(upload);
  return found == state_->kept_transfers.end() ? std::map<std::uint32_t, Bytes>{} : found->second;
}

const std::map<std::string, std::string>& Core::drafts() const { return state_->drafts; }

const std::string& Core::text_of(const RecordId& version) const {
  static const std::string none;
  auto found = state_->kept_texts.find(version);
  return found == state_->kept_texts.end() ? none : found->second;
}

std::vector<RecordId> Core::kept_texts() const {
  std::vector<RecordId> versions;
  for (const auto& [version, text] : state_->kept_texts) versions.push_back(version);
  return versions;
}

Seq Core::read_up_to(const ChannelId& id) const {
  const Channel* channel = state_->channel(id);
  if (channel == nullptr) return Seq{};
  std::unordered_map<RecordId, Seq> marks;  // the last mark of each item
  for (const Record& record : channel->records) {
    bool mine = record.member == state_->identity->self.member && record.reading == Reading::opened;
    if (!mine || record.kind != static_cast<std::uint16_t>(content::Kind::read_mark) || !record.content.about) continue;
    marks[*record.content.about] = record.seq;
  }
  Seq newest;
  for (const Record& marked : channel->records) {
    auto mark = marks.find(marked.id);
    if (mark != marks.end() && marked.seq < mark->second) newest = std::max(newest, marked.seq);
  }
  return newest;
}

std::size_t Core::unreadable(const ChannelId& id) const {
  const Channel* channel = state_->channel(id);
  if (channel == nullptr) return 0;
  auto is_shown = [](const Record& record) {
    return record.reading == Reading::opened || record.reading == Reading::closed;
  };
  auto shown = std::count_if(channel->records.begin(), channel->records.end(), is_shown);
  return channel->records.size() - static_cast<std::size_t>(shown);
}

std::vector<Alarm> Core::alarms() const {
  std::vector<Alarm> standing;
  for (const auto& [number, kept] : state_->alarms) {
    if (stands(*state_, kept)) standing.push_back(kept.alarm);
  }
  return standing;
}

std::vector<KeptAlarm> Core::kept_alarms() const {
  std::vector<KeptAlarm> all;
  for (const auto& [number, kept] : state_->alarms) {
    all.push_back(kept);
    all.back().put_aside = !stands(*state_, kept);
  }
  return all;
}

Code Core::network_alarm() const { return core::network_alarm(*state_); }

std::vector<Bytes> Core::log_entries(const ChannelId& id) const {
  std::vector<Bytes> entries;
  if (const Channel* channel = state_->channel(id)) {
    for (const LogRow& row : channel->rows) entries.push_back(row.entry);
  }
  return entries;
}

std::vector<SignedRecord> Core::signed_records(const ChannelId& id) const {
  std::vector<SignedRecord> all;
  const Channel* channel = state_->channel(id);
  if (channel == nullptr) return all;
  for (const Record& record : channel->records) {
    if (auto one = signed_record(*channel, record)) all.push_back(std::move(*one));
  }
  return all;
}

}  // namespace encuentro::client::core
