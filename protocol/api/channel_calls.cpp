#include "protocol/api/channel_calls.h"

#include "protocol/api/wire.h"

namespace encuentro::api {

void ChannelHead::encode(codec::Writer& w) const {
  w.id(channel);
  head.encode(w);
  at.encode(w);
  w.opaque(policy);
  w.number(relation);
}

Result<ChannelHead> ChannelHead::decode(codec::Reader& r) {
  ChannelHead channel_head;
  TRY(channel_head.channel, r.id<ChannelId>());
  TRY(channel_head.head, record::LogHead::decode(r));
  TRY(channel_head.at, record::GroupEpoch::decode(r));
  TRY(channel_head.policy, read_bytes(r, limits::policy_bytes_max));
  TRY(channel_head.relation, r.number<Relation>());
  if (channel_head.relation < Relation::leaf || channel_head.relation > Relation::may_join) {
    return fail(Code::malformed, "relation", 0, static_cast<std::uint64_t>(channel_head.relation));
  }
  return channel_head;
}

Result<Channels> Channels::decode(codec::Reader& r) {
  TRY(ChannelId after, r.id<ChannelId>());
  return Channels{after};
}

void ChannelsReply::encode(codec::Writer& w) const {
  w.vector(channels, [](codec::Writer& out, const ChannelHead& head) { head.encode(out); });
}

Result<ChannelsReply> ChannelsReply::decode(codec::Reader& r) {
  TRY(auto channels, r.vector<ChannelHead>(limits::frame_bytes_max, limits::items_per_reply_max, ChannelHead::decode));
  return ChannelsReply{std::move(channels)};
}

void LogItem::encode(codec::Writer& w) const {
  w.u64(seq.value);
  write_time(w, stored);
  w.opaque(entry);
}

Result<LogItem> LogItem::decode(codec::Reader& r) {
  LogItem item;
  TRY(std::uint64_t seq, r.u64());
  item.seq = Seq{seq};
  TRY(item.stored, read_time(r));
  TRY(item.entry, read_bytes(r, limits::entry_bytes_max));
  return item;
}

void LogRead::encode(codec::Writer& w) const {
  w.id(channel);
  w.u64(from.value);
  w.u32(bytes_max);
}

Result<LogRead> LogRead::decode(codec::Reader& r) {
  TRY(ChannelId channel, r.id<ChannelId>());
  TRY(std::uint64_t from, r.u64());
  TRY(std::uint32_t bytes_max, r.u32());
  return LogRead{channel, Seq{from}, bytes_max};
}

void LogReadReply::encode(codec::Writer& w) const {
  w.vector(items, [](codec::Writer& out, const LogItem& item) { item.encode(out); });
  head.encode(w);
}

Result<LogReadReply> LogReadReply::decode(codec::Reader& r) {
  LogReadReply reply;
  TRY(reply.items, r.vector<LogItem>(limits::frame_bytes_max, limits::items_per_reply_max, LogItem::decode));
  TRY(reply.head, record::LogHead::decode(r));
  return reply;
}

Result<Append> Append::decode(codec::Reader& r) {
  TRY(Bytes entry, read_bytes(r, limits::entry_bytes_max));
  return Append{std::move(entry)};
}

Result<AppendReply> AppendReply::decode(codec::Reader& r) {
  TRY(auto head, record::LogHead::decode(r));
  return AppendReply{head};
}

void Subscribe::encode(codec::Writer& w) const {
  w.vector(channels, [](codec::Writer& out, const ChannelId& id) { out.id(id); });
}

Result<Subscribe> Subscribe::decode(codec::Reader& r) {
  TRY(auto channels,
      r.vector<ChannelId>(limits::channels_per_member_max * ChannelId::bytes, limits::channels_per_member_max,
                          [](codec::Reader& in) { return in.id<ChannelId>(); }));
  return Subscribe{std::move(channels)};
}

void EntryPush::encode(codec::Writer& w) const {
  w.id(channel);
  item.encode(w);
}

Result<EntryPush> EntryPush::decode(codec::Reader& r) {
  TRY(ChannelId channel, r.id<ChannelId>());
  TRY(LogItem item, LogItem::decode(r));
  return EntryPush{channel, std::move(item)};
}

Result<CatchUpPush> CatchUpPush::decode(codec::Reader& r) {
  TRY(ChannelId channel, r.id<ChannelId>());
  return CatchUpPush{channel};
}

Result<ChannelPush> ChannelPush::decode(codec::Reader& r) {
  TRY(ChannelHead head, ChannelHead::decode(r));
  return ChannelPush{std::move(head)};
}

Result<ClosingPush> ClosingPush::decode(codec::Reader& r) {
  TRY(std::uint32_t retry_after_ms, r.u32());
  return ClosingPush{retry_after_ms};
}

}  // namespace encuentro::api
