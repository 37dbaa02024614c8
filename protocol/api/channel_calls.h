// Channels and their logs: which there are, reading from a cursor, appending, following. Entries travel encoded
// (record::LogEntry), so that one is framed once for all its readers.
#pragma once

#include <vector>

#include "protocol/api/frame.h"
#include "protocol/base/time.h"
#include "protocol/record/heads.h"

namespace encuentro::api {

// How the caller stands to a channel it may see.
enum class Relation : std::uint8_t {
  leaf = 1,      // this device is in
  member = 2,    // another device of this member is in
  may_join = 3,  // admitted, and a first entry by oneself is allowed
};

struct ChannelHead {
  ChannelId channel;
  record::LogHead head;
  record::GroupEpoch at;
  Bytes policy;  // ChannelPolicy, encoded
  Relation relation = Relation::leaf;
  void encode(codec::Writer& w) const;
  static Result<ChannelHead> decode(codec::Reader& r);
};

// The channels after `after` (by id; zero from the start), as many as fit a reply; repeat until none comes.
struct Channels {
  static constexpr Call call = Call::channels;
  ChannelId after;
  void encode(codec::Writer& w) const { w.id(after); }
  static Result<Channels> decode(codec::Reader& r);
};
struct ChannelsReply {
  std::vector<ChannelHead> channels;  // ascending ids
  void encode(codec::Writer& w) const;
  static Result<ChannelsReply> decode(codec::Reader& r);
};

struct LogItem {
  Seq seq;
  Timestamp stored;  // the server's clock, for display only
  Bytes entry;
  void encode(codec::Writer& w) const;
  static Result<LogItem> decode(codec::Reader& r);
};

struct LogRead {
  static constexpr Call call = Call::log_read;
  ChannelId channel;
  Seq from;  // the first place wanted
  std::uint32_t bytes_max = 96 * limits::KiB;
  void encode(codec::Writer& w) const;
  static Result<LogRead> decode(codec::Reader& r);
};
struct LogReadReply {
  std::vector<LogItem> items;  // from `from` on, in order, without gaps
  record::LogHead head;
  void encode(codec::Writer& w) const;
  static Result<LogReadReply> decode(codec::Reader& r);
};

struct Append {
  static constexpr Call call = Call::append;
  Bytes entry;
  void encode(codec::Writer& w) const { w.opaque(entry); }
  static Result<Append> decode(codec::Reader& r);
};
// The place where the entry stands; a repeated (device, id) gets the place it already has.
struct AppendReply {
  record::LogHead head;
  void encode(codec::Writer& w) const { head.encode(w); }
  static Result<AppendReply> decode(codec::Reader& r);
};

struct Subscribe {
  static constexpr Call call = Call::subscribe;
  std::vector<ChannelId> channels;  // replaces what was subscribed before
  void encode(codec::Writer& w) const;
  static Result<Subscribe> decode(codec::Reader& r);
};

struct EntryPush {
  static constexpr Push push = Push::entry;
  ChannelId channel;
  LogItem item;
  void encode(codec::Writer& w) const;
  static Result<EntryPush> decode(codec::Reader& r);
};
// This connection lagged behind: read the channel from one's own cursor.
struct CatchUpPush {
  static constexpr Push push = Push::catch_up;
  ChannelId channel;
  void encode(codec::Writer& w) const { w.id(channel); }
  static Result<CatchUpPush> decode(codec::Reader& r);
};
// A channel one may now see, or whose relation changed.
struct ChannelPush {
  static constexpr Push push = Push::channel;
  ChannelHead head;
  void encode(codec::Writer& w) const { head.encode(w); }
  static Result<ChannelPush> decode(codec::Reader& r);
};
struct ClosingPush {
  static constexpr Push push = Push::closing;
  std::uint32_t retry_after_ms = 0;
  void encode(codec::Writer& w) const { w.u32(retry_after_ms); }
  static Result<ClosingPush> decode(codec::Reader& r);
};

}  // namespace encuentro::api
