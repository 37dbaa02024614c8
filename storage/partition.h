// The nouns of storage. The unit of atomicity is a partition (a channel, an account, a device's key
// packages): it holds one append-only log and a set of records under keys. A change set touches exactly one
// partition and is carried out whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/base/bytes.h"

namespace encuentro::storage {

// {"ch", channel id}, {"kp", device id}, ... Both parts are opaque bytes to storage; neither is empty.
struct PartitionId {
  std::string kind;
  std::string id;
  friend bool operator==(const PartitionId&, const PartitionId&) = default;
  friend auto operator<=>(const PartitionId&, const PartitionId&) = default;
};

// Where a partition's log ends. seq 0: nothing was ever appended. The epoch is whatever SetEpoch last put
// there (the MLS epoch in a channel); storage only compares it.
struct Head {
  std::uint64_t seq = 0;
  std::uint64_t epoch = 0;
  friend bool operator==(const Head&, const Head&) = default;
};

struct LogEntry {
  std::uint64_t seq = 0;
  Bytes request_id;
  Bytes body;
  friend bool operator==(const LogEntry&, const LogEntry&) = default;
};

struct Record {
  std::string key;
  Bytes value;
  friend bool operator==(const Record&, const Record&) = default;
};

// Guards: all must hold, judged atomically with the writes and before any of them.
struct HeadIs {
  Head expected;
};
struct EpochIs {  // for appends that don't care who else appended in between
  std::uint64_t epoch = 0;
};
struct KeyGone {
  std::string key;
};
struct KeyHolds {  // compares the whole stored value
  std::string key;
  Bytes value;
};
using Guard = std::variant<HeadIs, EpochIs, KeyGone, KeyHolds>;

// Writes, carried out in the order given.
struct Append {      // takes the next seq; its request id must be new to the partition (store once)
  Bytes request_id;  // 1..64 bytes; chosen by whoever asked first, e.g. device || record id
  Bytes body;        // 1..64 KiB
};
struct Put {
  std::string key;
  Bytes value;  // not empty
};
struct Erase {  // of a key that isn't there: no error
  std::string key;
};
struct SetEpoch {
  std::uint64_t epoch = 0;
};
using Write = std::variant<Append, Put, Erase, SetEpoch>;

struct ChangeSet {
  PartitionId partition;
  std::vector<Guard> guards;
  std::vector<Write> writes;
};

enum class Outcome : std::uint8_t {
  stored,     // durable; every later read sees it
  refused,    // a guard didn't hold or a request id was known; nothing was written
  undecided,  // it may or may not be stored: ask find_request before trying again
};

struct CommitResult {
  Outcome outcome = Outcome::undecided;
  Head head;  // after the change set if stored; the present one if refused; meaningless if undecided
  // Refused because this partition already holds an entry with the request id of one of the Appends.
  std::optional<std::uint64_t> already_at;
};

// How much one page may hold. At least one item is returned if there is one, however large.
struct PageLimit {
  std::size_t items_max = 100;         // 1..limits::store_page_items_max
  std::size_t bytes_max = 256 * 1024;  // of bodies or values
};

struct LogPage {
  std::vector<LogEntry> entries;  // consecutive
  bool more = false;              // the log goes on after the last one
  std::uint64_t first_kept = 1;   // lower entries were trimmed away
};

struct RecordPage {
  std::vector<Record> records;  // in byte order of the keys
  bool more = false;            // ask again with after = records.back().key
};

}  // namespace encuentro::storage

template <>
struct std::hash<encuentro::storage::PartitionId> {
  std::size_t operator()(const encuentro::storage::PartitionId& partition) const noexcept {
    return std::hash<std::string>()(partition.id) * 31 + std::hash<std::string>()(partition.kind);
  }
};
