// Walks everything a store holds and says what is wrong with it: logs without gaps, request ids that point where
// they should, rows that can be read (RocksDB compares its checksums on the way), blobs whose hash is their name.
// What the bytes mean is the caller's: a visitor sees each partition, e.g. to compute a channel's chain.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/rocksdb/database.h"

namespace encuentro::storage {

struct Finding {
  enum class What : std::uint8_t {
    gap,             // an entry is missing: `seq`
    unreadable_row,  // a row that isn't one of ours
    wrong_request,   // the index of request ids and the log disagree: `seq`
    orphan_row,      // a row of a partition that has no head, or behind its head: `seq`
    damaged_blob,    // the content's hash isn't its name, or it can't be read: `blob`
    misplaced_file,  // among the blobs, and no blob
    content,         // the visitor's: `detail` says which
  };
  What what = What::gap;
  PartitionId partition;
  std::uint64_t seq = 0;
  std::string blob;
  std::string detail;
};

std::string_view name(Finding::What what);

struct CheckReport {
  std::uint64_t partitions = 0;
  std::uint64_t entries = 0;
  std::uint64_t records = 0;
  std::uint64_t takes = 0;
  std::uint64_t blobs = 0;
  std::uint64_t bytes = 0;
  std::vector<Finding> findings;     // the first check_findings_max
  std::uint64_t findings_count = 0;  // all

  void add(Finding finding);
  bool clean() const { return findings_count == 0; }
};

inline constexpr std::size_t check_findings_max = 1000;

// Sees one partition after the other in byte order: begin, its records in order of key, its log entries in order, end.
// What it finds wrong it adds as Finding::content.
class CheckVisitor {
 public:
  virtual ~CheckVisitor() = default;
  virtual void begin(const PartitionId& /*partition*/, const Head& /*head*/, std::uint64_t /*first_kept*/) {}
  virtual void record(const Record& /*record*/) {}
  virtual void entry(const LogEntry& /*entry*/) {}
  virtual void end(CheckReport& /*report*/) {}
};

namespace rocks {

// As of the moment of the call; the store may go on meanwhile. Errors: storage_failed if RocksDB can't go on reading
// (a checksum that doesn't match); the report says how far it came.
Status check_partitions(Database& database, CheckVisitor& visitor, CheckReport& report);

// Every blob below `directory`, against its hash.
Status check_blobs(const std::string& directory, CheckReport& report);

}  // namespace rocks

// The store or backup in `directory`, opened for reading only, the mark compared (R81). Takes the store's lock:
// Code::locked while a server runs on it. Errors else as Database::open; findings are no error.
Status check_store(const std::string& directory, CheckVisitor& visitor, CheckReport& report);

}  // namespace encuentro::storage
