// What a reader found wrong in a log, with both sides of it, kept as a file and shown to others.
#pragma once

#include "protocol/record/heads.h"

namespace encuentro::record {

// What was found wrong, with both sides of it: enough to show to somebody else. `what` is gap, fork, replayed,
// reordered, server_rolled_back or malformed.
struct Evidence {
  Code what = Code::none;
  ChannelId channel;
  Seq place;            // where it was noticed
  Seq other_place;      // the place it contradicts, if any
  Hash32 own_hash;      // H at `other_place` as this reader computed it; zero where it has none
  Hash32 claimed_hash;  // H at `other_place` as the author or the server claims it
  Bytes entry;          // the entry that was given
  Bytes other_entry;    // the entry it contradicts, if it is at hand
  friend bool operator==(const Evidence&, const Evidence&) = default;
};
Bytes encode(const Evidence& evidence);
Result<Evidence> decode_evidence(BytesView bytes);

}  // namespace encuentro::record
