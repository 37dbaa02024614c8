#include "client/core/posts.h"

#include <algorithm>

#include "client/core/outbox.h"
#include "client/core/sync.h"
#include "client/core/transfers.h"
#include "protocol/base/limits.h"
#include "protocol/content/document.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

using content::Content;
using content::Kind;

// Whether one may post there as far as this client knows; the server and every reader judge again.
Status may_post(const CoreState& state, const Channel* channel, Kind kind) {
  if (channel == nullptr) return fail(Code::unknown_channel);
  const bool stopped = channel->state == ChannelState::stopped;  // what is written waits until it goes on
  if ((!channel->in() && !stopped) || barred(state, *channel)) return fail(Code::not_admitted);
  TRY_OK(policy::may_post(channel->policy, state.newest(), state.identity->self.device));
  bool reserved = kind == Kind::announcement || kind == Kind::channel_info || kind == Kind::event;
  if (reserved && channel->policy.kind == policy::ChannelKind::board) {
    auto me = state.newest().member(state.identity->self.member);
    if (!me || me->grant.role != roster::Role::secretariat) return fail(Code::not_allowed, "board");
  }
  return {};
}

// Everything outgoing comes through here: an item that can't be read back by others is refused before it is stored.
void put(CoreState& state, std::uint32_t ticket, const ChannelId& id, Kind kind, Content item,
         std::vector<UploadId> pins = {}) {
  Channel* channel = state.channel(id);
  if (auto may = may_post(state, channel, kind); !may) return failed(state, ticket, may.error());
  if (item.time.ms == 0) item.time = state.now;
  Bytes encoded = content::encode(item);
  if (encoded.size() > limits::body_bytes_max) {
    return failed(state, ticket, {Code::too_large, "content", limits::body_bytes_max, encoded.size()});
  }
  if (auto readable = content::decode_content(encoded); !readable) return failed(state, ticket, readable.error());
  for (const UploadId& upload : pins) drop_transfer(state, upload);
  RecordId record = queue_content(state, *channel, ticket, kind, item, std::move(pins));
  show(state, Queued{ticket, id, record});
}

// Numbered by the announcements that stand before it; two at once get one number and are told apart by their place.
std::uint64_t next_number(const Channel& channel) {
  std::uint64_t last = 0;
  for (const Record& record : channel.records) {
    if (record.reading != Reading::opened || record.kind != static_cast<std::uint16_t>(Kind::announcement)) continue;
    last = std::max(last, record.content.number(content::field::announcement_number).value_or(0));
  }
  for (const auto& [id, waiting] : channel.outbox) {
    if (waiting.content_kind == static_cast<std::uint16_t>(Kind::announcement) && !waiting.refused) ++last;
  }
  return last + 1;
}

Content about(const RecordId& item) {
  Content content;
  content.about = item;
  return content;
}

const Record* find_record(const Channel* channel, const RecordId& id) {
  if (channel == nullptr) return nullptr;
  for (const Record& record : channel->records) {
    if (record.id == id && record.reading == Reading::opened) return &record;
  }
  return nullptr;
}

// A file among the documents of the channel, by one of its versions.
Result<content::Attachment> document_of(const Channel* channel, const OutgoingFile& file) {
  const Record* record = find_record(channel, *file.version);
  if (record == nullptr || record->kind != static_cast<std::uint16_t>(Kind::document_version)) {
    return fail(Code::not_found, "version");
  }
  TRY(auto version, content::document_version(record->content));
  content::DocumentRef document{version.manifest.upload, *file.version};
  return content::Attachment{file.name, file.media_type, version.manifest.bytes, {}, document};
}

Result<std::vector<content::Attachment>> attachments_of(const Channel* channel,
                                                        const std::vector<OutgoingFile>& files) {
  std::vector<content::Attachment> attachments;
  for (const OutgoingFile& file : files) {
    content::Attachment attachment{file.name, file.media_type, file.bytes.size(), file.bytes, std::nullopt};
    if (file.version) {
      TRY(attachment, document_of(channel, file));
    }
    attachments.push_back(std::move(attachment));
  }
  return attachments;
}

// Also one that can't be opened: it was seen.
bool holds_record(const Channel* channel, const RecordId& id) {
  return channel != nullptr && std::any_of(channel->records.begin(), channel->records.end(),
                                           [&](const Record& record) { return record.id == id; });
}

}  // namespace

void announce(CoreState& state, std::uint32_t ticket, const Announce& command) {
  Content item;
  item.title = command.title;
  item.body = command.body;
  item.media_type = "text/markdown";
  auto attachments = attachments_of(state.channel(command.channel), command.files);
  if (!attachments) return failed(state, ticket, attachments.error());
  item.attachments = std::move(*attachments);
  if (const Channel* channel = state.channel(command.channel)) {
    item.set_number(content::field::announcement_number, next_number(*channel));
  }
  if (command.ask_ack) {
    std::int64_t by = command.ack_by ? command.ack_by->ms : 0;
    item.set_number(content::field::acknowledge_by, static_cast<std::uint64_t>(std::max<std::int64_t>(by, 0)));
  }
  put(state, ticket, command.channel, Kind::announcement, std::move(item));
}

void send_message(CoreState& state, std::uint32_t ticket, const Send& command) {
  Content item;
  item.body = command.body;
  item.media_type = "text/markdown";
  item.about = command.reply_to;
  item.mentions = command.mentions;
  auto attachments = attachments_of(state.channel(command.channel), command.files);
  if (!attachments) return failed(state, ticket, attachments.error());
  item.attachments = std::move(*attachments);
  put(state, ticket, command.channel, Kind::message, std::move(item));
}

void edit(CoreState& state, std::uint32_t ticket, const Edit& command) {
  const Record* edited = find_record(state.channel(command.channel), command.item);
  if (edited == nullptr) return failed(state, ticket, {Code::not_found, "item", 0, 0});
  if (edited->member != state.identity->self.member) return failed(state, ticket, {Code::not_allowed, "author", 0, 0});
  Content item;
  item.replaces = command.item;
  item.title = command.title;
  item.body = command.body;
  item.mentions = command.mentions;
  item.media_type = edited->content.media_type;
  put(state, ticket, command.channel, Kind::edit, std::move(item));
}

void react(CoreState& state, std::uint32_t ticket, const React& command) {
  if (find_record(state.channel(command.channel), command.item) == nullptr) {
    return failed(state, ticket, {Code::not_found, "item", 0, 0});
  }
  Content item = about(command.item);
  item.body = command.emoji;
  put(state, ticket, command.channel, Kind::reaction, std::move(item));
}

void mark(CoreState& state, std::uint32_t ticket, const Mark& command) {
  if (!holds_record(state.channel(command.channel), command.item)) {
    return failed(state, ticket, {Code::not_found, "item", 0, 0});
  }
  put(state, ticket, command.channel, Kind::read_mark, about(command.item));
}

void acknowledge(CoreState& state, std::uint32_t ticket, const Acknowledge& command) {
  const Record* item = find_record(state.channel(command.channel), command.item);
  if (item == nullptr || item->kind != static_cast<std::uint16_t>(Kind::announcement)) {
    return failed(state, ticket, {Code::not_found, "announcement", 0, 0});
  }
  put(state, ticket, command.channel, Kind::acknowledgement, about(command.item));
}

void withdraw(CoreState& state, std::uint32_t ticket, const Withdraw& command) {
  const Record* item = find_record(state.channel(command.channel), command.item);
  if (item == nullptr) return failed(state, ticket, {Code::not_found, "item", 0, 0});
  if (item->member != state.identity->self.member) return failed(state, ticket, {Code::not_allowed, "author", 0, 0});
  put(state, ticket, command.channel, Kind::withdrawal, about(command.item));
}

void set_title(CoreState& state, std::uint32_t ticket, const SetTitle& command) {
  Content item;
  item.title = command.title;
  put(state, ticket, command.channel, Kind::channel_info, std::move(item));
}

void post(CoreState& state, std::uint32_t ticket, const Post& command) {
  auto item = content::decode_content(command.content);
  if (!item) return failed(state, ticket, item.error());
  put(state, ticket, command.channel, static_cast<Kind>(command.kind), std::move(*item), command.pins);
}

}  // namespace encuentro::client::core
