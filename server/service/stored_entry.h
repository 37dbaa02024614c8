// A channel entry as its partition's log keeps it: Time stored; Hash32 H_s; the entry's bytes.
#pragma once

#include "protocol/base/limits.h"
#include "protocol/base/time.h"
#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::server::service {

inline constexpr std::size_t stored_entry_overhead = 8 + 32;
static_assert(limits::entry_bytes_max + stored_entry_overhead <= limits::store_value_bytes_max);

struct StoredEntry {
  Timestamp stored;
  Hash32 hash;      // H_s
  BytesView entry;  // into what was decoded

  Bytes encode() const {
    codec::Writer w(stored_entry_overhead + entry.size());
    w.u64(static_cast<std::uint64_t>(stored.ms));
    w.id(hash);
    w.raw(entry);
    return w.take();
  }
  static Result<StoredEntry> decode(BytesView bytes) {
    codec::Reader r(bytes);
    StoredEntry stored;
    TRY(std::uint64_t ms, r.u64());
    stored.stored = Timestamp{static_cast<std::int64_t>(ms)};
    TRY(stored.hash, r.id<Hash32>());
    stored.entry = r.rest();
    return stored;
  }
};

}  // namespace encuentro::server::service
