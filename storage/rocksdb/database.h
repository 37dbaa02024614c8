// One open RocksDB with our column families and options, and the rule by which it may be opened at all (R81).
//
// Which recovery mode? A write is acknowledged only after its sync, and the committer writes the next batch only
// after that; so at any moment at most the last batch of the log is not acknowledged.
// - kAbsoluteConsistency refuses every torn tail. A kill -9 or a power cut in the middle of a write leaves one, and
//   nobody was promised those bytes: the server would stay down for nothing.
// - kTolerateCorruptedTailRecords takes a cut tail without a word, also when the cut bytes were acknowledged, and
//   a log file cut short in the middle of the sequence leaves a hole.
// - kPointInTimeRecovery (used here) never leaves a hole: it ends at the first damage, wherever it is. Alone it would
// drop
//   everything behind the damage in silence. So before anything on disk is changed, the database is opened read-only in
//   this mode and must reach the acknowledged mark (mark.h). If it doesn't, open() refuses and the disk stays as it
//   was.
// track_and_verify_wals_in_manifest finds missing and shortened log files that were already closed.
#pragma once

#include <rocksdb/db.h>

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "protocol/base/error.h"
#include "storage/partition.h"

namespace encuentro::storage::rocks {

struct DatabaseOptions {
  std::shared_ptr<rocksdb::FileSystem> file_system;  // null: the machine's
  std::size_t cache_bytes = 64 << 20;
  std::size_t write_buffer_bytes = 32 << 20;
  std::size_t log_bytes_max = 128 << 20;  // write-ahead log kept at most; bounds memory and time of a recovery
  // The operator's word, after a refusal, that what is lost is lost. The generation rises.
  bool accept_lost_tail = false;
};

// What opening found; worth a line in the server's log when it isn't empty.
struct OpenReport {
  std::uint64_t acknowledged = 0;      // the mark
  std::uint64_t recovered = 0;         // the sequence number the database reaches
  std::size_t dropped_bytes = 0;       // a torn tail behind the mark
  std::vector<PartitionId> shortened;  // logs whose last entry is missing: they are not served
};

class Database {
 public:
  enum class Access : std::uint8_t { read_only, read_write };

  // Opens `directory` (made if there is none and access is read_write) that must reach `acknowledged`.
  // Errors: storage_failed with rule "R81", expected and got (acknowledged entries are missing), storage_failed,
  // storage_full, locked (another process holds it).
  static Result<std::unique_ptr<Database>> open(const std::string& directory, const DatabaseOptions& options,
                                                Access access, std::uint64_t acknowledged, OpenReport& report);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::DB& db() { return *db_; }
  rocksdb::ColumnFamilyHandle* heads() { return families_[0]; }
  rocksdb::ColumnFamilyHandle* log() { return families_[1]; }
  rocksdb::ColumnFamilyHandle* records() { return families_[2]; }

  // False for a log whose last entry is missing: R81 wants it refused rather than served short.
  bool serves(const PartitionId& partition) const { return !shortened_.contains(partition); }

  // Writes memory tables out, so that the next open has no log to replay.
  Status flush();

 private:
  Database() = default;

  std::unordered_set<PartitionId> shortened_;
  std::unique_ptr<rocksdb::Env> env_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::unique_ptr<rocksdb::DB> db_;
};

// storage_full, locked, or storage_failed for all else.
Error error_of(const rocksdb::Status& status);

}  // namespace encuentro::storage::rocks
