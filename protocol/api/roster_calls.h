// Reading and extending the roster. Entries travel encoded: their form is protocol/roster's.
#pragma once

#include <string>
#include <vector>

#include "protocol/api/frame.h"
#include "protocol/record/heads.h"

namespace encuentro::api {

struct Found {
  static constexpr Call call = Call::found;
  Bytes genesis;
  std::string one_time_code;  // what the server wrote beside its data; empty from loopback
  void encode(codec::Writer& w) const;
  static Result<Found> decode(codec::Reader& r);
};

struct RosterAppend {
  static constexpr Call call = Call::roster_append;
  Bytes entry;
  void encode(codec::Writer& w) const;
  static Result<RosterAppend> decode(codec::Reader& r);
};

// The place the entry got; reply to Found and RosterAppend.
struct RosterPlaceReply {
  record::RosterHead head;
  void encode(codec::Writer& w) const { head.encode(w); }
  static Result<RosterPlaceReply> decode(codec::Reader& r);
};

struct RosterRead {
  static constexpr Call call = Call::roster_read;
  RosterSeq from;  // the first entry wanted
  std::uint32_t bytes_max = 96 * limits::KiB;
  void encode(codec::Writer& w) const;
  static Result<RosterRead> decode(codec::Reader& r);
};
struct RosterReadReply {
  std::vector<Bytes> entries;  // from `from` on, in order
  record::RosterHead head;
  void encode(codec::Writer& w) const;
  static Result<RosterReadReply> decode(codec::Reader& r);
};

// A statement that several sign (roster::PendingStatement, encoded): kept, or its signatures added to what is kept.
struct StatementPut {
  static constexpr Call call = Call::statement_put;
  Bytes statement;
  void encode(codec::Writer& w) const;
  static Result<StatementPut> decode(codec::Reader& r);
};
struct StatementPutReply {
  std::uint32_t signatures = 0;  // now
  void encode(codec::Writer& w) const { w.u32(signatures); }
  static Result<StatementPutReply> decode(codec::Reader& r);
};
// Those that are kept, by ascending id from above `after` on; asked again until none comes.
struct Statements {
  static constexpr Call call = Call::statements;
  RecordId after;
  void encode(codec::Writer& w) const { w.id(after); }
  static Result<Statements> decode(codec::Reader& r);
};
struct StatementsReply {
  std::vector<Bytes> statements;
  void encode(codec::Writer& w) const;
  static Result<StatementsReply> decode(codec::Reader& r);
};

struct RosterPush {
  static constexpr Push push = Push::roster;
  Bytes entry;
  void encode(codec::Writer& w) const;
  static Result<RosterPush> decode(codec::Reader& r);
};

}  // namespace encuentro::api
