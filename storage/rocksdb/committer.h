// The one thread that writes. It drains its queue into one batch, writes and syncs it once, and only then answers:
// many connections share one sync, and nothing is acknowledged that isn't on disk.
//
// R80: when a write or sync fails, or the disk has less than the reserve left, it stops acknowledging. The database
// stays readable. What was in the failed batch is undecided; everything after it is refused with storage_full or
// storage_failed. Every `retry_ms` it looks whether it can go on, by opening the database anew: after a failed sync
// nothing that is in memory is to be trusted.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "storage/local_feed.h"
#include "storage/rocksdb/database_slot.h"
#include "storage/rocksdb/jobs.h"
#include "storage/rocksdb/mark.h"

namespace encuentro::storage::rocks {

struct CommitterOptions {
  std::string directory;  // of the database
  DatabaseOptions database;
  std::size_t queue_bytes_max = 64 << 20;
  std::size_t batch_bytes_max = 4 << 20;
  std::uint64_t reserve_bytes = 64 << 20;  // of the disk, left free
  std::uint32_t retry_ms = 500;
  // Called on the committer's thread when it stops (storage_full, storage_failed) and when it goes on (none).
  std::function<void(Code)> on_health;
};

class Committer {
 public:
  Committer(CommitterOptions options, DatabaseSlot& slot, Mark mark, LocalFeed& feed);
  // Carries out what is queued, then ends with everything synced.
  ~Committer();
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // Any thread. Answers `overloaded` at once if too much is queued.
  void submit(std::unique_ptr<Job> job);

  // Code::none, storage_full or storage_failed.
  Code health() const { return health_.load(std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;
  using Jobs = std::span<const std::unique_ptr<Job>>;

  void run();
  bool wait_for_jobs(std::vector<std::unique_ptr<Job>>& jobs);
  Clock::duration patience() const;
  void process(Jobs jobs);
  void carry_out(Jobs jobs);
  Status write(Batch& batch);
  void announce(Jobs jobs);

  bool below_reserve() const;
  void set_health(Code health);
  void try_to_heal();
  void reopen();
  void tend_mark(bool idle);

  CommitterOptions options_;
  DatabaseSlot& slot_;
  Mark mark_;
  LocalFeed& feed_;
  std::atomic<Code> health_ = Code::none;
  bool write_failed_ = false;
  Clock::time_point next_attempt_{};
  Clock::time_point next_mark_sync_{};

  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Job>> queue_;
  std::size_t queued_bytes_ = 0;
  bool ending_ = false;
  std::thread thread_;
};

// Bytes free on the disk that holds `directory`.
Result<std::uint64_t> free_bytes(const std::shared_ptr<rocksdb::FileSystem>& file_system, const std::string& directory);

}  // namespace encuentro::storage::rocks
