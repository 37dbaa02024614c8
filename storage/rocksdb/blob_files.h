// Blobs as files named by their id, in 256 directories: blobs/ab/abcdef... A blob is written aside, synced, renamed
// and the directory synced before it is answered, so a file under its final name is always whole.
//
// Why files and not RocksDB's blob column families: a 256 KiB chunk would pass through the write-ahead log that all
// conversation waits for; a damaged file costs one blob; a backup is a hard link. docs/decisions has the figures.
#pragma once

#include <rocksdb/file_system.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>

#include "storage/blob_store.h"
#include "storage/rocksdb/worker_pool.h"

namespace encuentro::storage::rocks {

struct BlobFilesOptions {
  std::string directory;
  std::shared_ptr<rocksdb::FileSystem> file_system;  // null: the machine's
  std::size_t lanes = 2;
  std::size_t tasks_max = 64;       // queued a lane; with the largest blob this bounds the memory
  std::uint64_t reserve_bytes = 0;  // of the disk, left free: more than the log's, so that talk outlives uploads
};

class BlobFiles final : public BlobStore {
 public:
  // Removes what an interrupted put left. Errors: storage_full, storage_failed.
  static Result<std::unique_ptr<BlobFiles>> open(BlobFilesOptions options);

  void put(BlobId id, Bytes bytes, Done<BlobPut> done) override;
  void get(BlobId id, std::uint64_t offset, std::uint64_t length, Done<Bytes> done) override;
  void size(BlobId id, Done<std::uint64_t> done) override;
  void erase(BlobId id, Done<void> done) override;

 private:
  explicit BlobFiles(BlobFilesOptions options);

  template <class T, class Work>
  void submit(const BlobId& id, Done<T> done, Work work);
  Status prepare();
  Result<BlobPut> write(const BlobId& id, BytesView bytes);
  Result<Bytes> read(const BlobId& id, std::uint64_t offset, std::uint64_t length);
  Result<std::uint64_t> size_of_file(const BlobId& id);
  Status remove(const BlobId& id);
  Status make_shard(const BlobId& id);
  Status sync_shard(const BlobId& id);
  Status sync_directory(const std::string& directory);

  BlobFilesOptions options_;
  rocksdb::FileSystem& disk_;
  std::array<std::atomic<bool>, 256> synced_{};  // directories whose files are durable under their names
  WorkerPool workers_;
};

// Below the directory of the blobs: "ab/abcdef...".
std::string blob_path(const BlobId& id);
// Where unfinished ones stand.
inline constexpr const char* incoming_directory = "incoming";

}  // namespace encuentro::storage::rocks
