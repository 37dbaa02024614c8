// The embedded store: RocksDB for logs and records, files for blobs, one directory for all of it.
//
//   <directory>/acknowledged   the mark (mark.h)
//   <directory>/db/            RocksDB
//   <directory>/blobs/         blob_files.h
//
// Callbacks of writes run on the committer's thread, of reads and blobs on reading threads: post to your own
// executor and return, everybody else waits for you meanwhile. Listeners of the feed run on the committer's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "storage/blob_store.h"
#include "storage/local_feed.h"
#include "storage/partition_store.h"
#include "storage/rocksdb/blob_files.h"
#include "storage/rocksdb/committer.h"
#include "storage/rocksdb/database_slot.h"
#include "storage/rocksdb/worker_pool.h"

namespace encuentro::storage {

struct RocksStoreOptions {
  std::string directory;
  rocks::DatabaseOptions database;
  std::size_t readers = 2;
  std::size_t reads_queued_max = 4096;  // a reader
  std::size_t blob_lanes = 2;
  std::size_t queue_bytes_max = 64 << 20;  // of change sets not yet in a batch
  std::uint64_t reserve_bytes = 64 << 20;  // of the disk, left free; blobs leave twice as much
  std::uint32_t retry_ms = 500;            // between attempts to go on after R80
  std::function<void(Code)> on_health;     // on the committer's thread; see committer.h
};

class RocksStore final : public PartitionStore {
 public:
  // Opens the store or makes a new one. Errors: storage_failed with rule "R81", expected and got, if acknowledged
  // entries are missing (nothing on disk was changed); storage_failed, storage_full, locked, unknown_version.
  static Result<std::unique_ptr<RocksStore>> open(RocksStoreOptions options);
  // Carries out and answers everything that was asked. A callback that runs meanwhile must not call the store.
  ~RocksStore() override;

  BlobStore& blobs() { return *blobs_; }
  ChangeFeed& feed() { return feed_; }

  // Code::none, or storage_full or storage_failed while nothing is acknowledged (R80).
  Code health() const { return committer_->health(); }
  const rocks::OpenReport& report() const { return report_; }
  // Rises with every restore and accepted loss: whoever remembers another one knows that entries it was told of may
  // be gone (R84).
  std::uint64_t generation() const { return generation_; }

  // For backup.h: a consistent copy of everything acknowledged before the call, in a directory that doesn't exist
  // yet. Blocks; not on a callback's thread. Blobs that a copied entry names are in it.
  Status copy_to(const std::string& directory);

  void commit(ChangeSet change, Done<CommitResult> done) override;
  void head(PartitionId partition, Done<Head> done) override;
  void read_log(PartitionId partition, std::uint64_t from_seq, PageLimit limit, Done<LogPage> done) override;
  void find_request(PartitionId partition, Bytes request_id, Done<std::optional<std::uint64_t>> done) override;
  void get(PartitionId partition, std::string key, Done<std::optional<Bytes>> done) override;
  void scan(PartitionId partition, std::string prefix, std::string after, PageLimit limit,
            Done<RecordPage> done) override;
  void take_one(PartitionId partition, std::string prefix, Bytes request_id, Done<std::optional<Record>> done) override;
  void trim_log(PartitionId partition, std::uint64_t below_seq, Done<void> done) override;

 private:
  explicit RocksStore(RocksStoreOptions options) : options_(std::move(options)) {}
  Status start();
  template <class T, class Read>
  void read(const Status& admitted, const PartitionId& partition, Done<T> done, Read read);

  RocksStoreOptions options_;
  rocks::OpenReport report_;
  std::uint64_t generation_ = 0;
  LocalFeed feed_;
  rocks::DatabaseSlot slot_;
  // Destroyed from the last to the first: no reader outlives the committer's database.
  std::unique_ptr<rocks::Committer> committer_;
  std::unique_ptr<rocks::WorkerPool> readers_;
  std::unique_ptr<rocks::BlobFiles> blobs_;
};

}  // namespace encuentro::storage
