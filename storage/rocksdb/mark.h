// The acknowledged mark: a small file beside the database that says up to which RocksDB sequence number
// writes were acknowledged, and the store's generation. At open the database must reach at least so far (R81):
// the write-ahead log alone can't tell a torn tail that nobody was promised from a lost one that somebody was.
//
// It is written after each sync and before the acknowledgements, without a sync of its own: a killed process
// leaves it exact, a power failure may leave it up to a second old, never ahead. It is synced when the committer is
// idle and at least once a second.
//
// File: two slots of 512 bytes, the newer valid one counts:
//   "ENCMARK1" | count:u64 | generation:u64 | sequence:u64 | FNV-1a of the 32 bytes before:u64     (big-endian)
#pragma once

#include <cstdint>
#include <string>

#include "protocol/base/error.h"

namespace encuentro::storage::rocks {

class Mark {
 public:
  struct Value {
    std::uint64_t generation = 1;
    std::uint64_t sequence = 0;
  };

  // A new, synced file (its directory too). Errors: storage_full, storage_failed.
  static Status create(const std::string& path, Value value);
  // Errors: not_found, storage_failed (no valid slot), unknown_version.
  static Result<Value> read(const std::string& path);

  // Opens for advancing. Errors as read().
  static Result<Mark> open(const std::string& path);
  Mark(Mark&& other) noexcept;
  Mark& operator=(Mark&& other) noexcept;
  ~Mark();

  const Value& value() const { return value_; }
  // Errors: storage_failed.
  Status advance(std::uint64_t sequence) { return write({value_.generation, sequence}); }
  Status write(Value value);
  // Only if something was written since the last sync.
  Status sync();
  bool synced() const { return !unsynced_; }

 private:
  Mark(int descriptor, Value value, std::uint64_t count) : descriptor_(descriptor), value_(value), count_(count) {}

  int descriptor_ = -1;
  Value value_;
  std::uint64_t count_ = 0;
  bool unsynced_ = false;
};

}  // namespace encuentro::storage::rocks
