// The two heads an author stands on when it writes: the place in the roster and the place in the channel's log.
#pragma once

#include "protocol/base/limits.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::record {

// A place in the roster: number and hash of an entry (FORMATS §2).
struct RosterHead {
  RosterSeq seq;
  Hash32 hash;
  friend bool operator==(const RosterHead&, const RosterHead&) = default;

  void encode(codec::Writer& w) const {
    w.u64(seq.value);
    w.id(hash);
  }
  static Result<RosterHead> decode(codec::Reader& r) {
    TRY(std::uint64_t seq, r.u64());
    TRY(Hash32 hash, r.id<Hash32>());
    return RosterHead{RosterSeq{seq}, hash};
  }
};

// A place in a channel's log with the chain's hash H_s up to it (FORMATS §5); (0, H_0) before the first entry.
struct LogHead {
  Seq seq;
  Hash32 hash;
  friend bool operator==(const LogHead&, const LogHead&) = default;

  void encode(codec::Writer& w) const {
    w.u64(seq.value);
    w.id(hash);
  }
  static Result<LogHead> decode(codec::Reader& r) {
    TRY(std::uint64_t seq, r.u64());
    TRY(Hash32 hash, r.id<Hash32>());
    return LogHead{Seq{seq}, hash};
  }
};

// An MLS group and one of its epochs. A restarted channel is a sequence of groups, so the epoch alone names nothing.
struct GroupEpoch {
  Bytes group_id;
  Epoch epoch;
  friend bool operator==(const GroupEpoch&, const GroupEpoch&) = default;

  void encode(codec::Writer& w) const {
    w.opaque(group_id);
    w.u64(epoch.value);
  }
  static Result<GroupEpoch> decode(codec::Reader& r) {
    TRY(BytesView group_id, r.opaque(limits::group_id_bytes_max));
    TRY(std::uint64_t epoch, r.u64());
    return GroupEpoch{to_bytes(group_id), Epoch{epoch}};
  }
};

}  // namespace encuentro::record
