// A file system for tests that fails where it is told to and, at a power failure, forgets what wasn't synced: the
// content of files behind their last sync, and new or renamed files whose directory wasn't synced. (A deleted file
// stays deleted: reappearing ones are not simulated.) The mark is written past it, so that it is exact and tells
// what was acknowledged.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace encuentro::storage::test {

class FaultyDisk final : public rocksdb::FileSystemWrapper {
 public:
  FaultyDisk() : FileSystemWrapper(rocksdb::FileSystem::Default()) {}
  const char* Name() const override { return "FaultyDisk"; }

  enum class Fault : std::uint8_t { io_error, no_space };
  // The n-th changing call from now (1: the next one), and all after it until heal(), fail.
  void fail_from(std::size_t n, Fault fault);
  // The n-th sync from now fails, with all changing calls after it until heal().
  void fail_sync_from(std::size_t n, Fault fault);
  void heal();
  bool failed() const;  // whether a fault was met since it was set

  // Undoes what wasn't synced. The store must be closed.
  void lose_power();

  void set_free_bytes(std::uint64_t bytes) { free_bytes_ = bytes; }

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus GetFreeSpace(const std::string& path, const rocksdb::IOOptions& options, std::uint64_t* bytes,
                                 rocksdb::IODebugContext* debug) override;

  // For its files.
  rocksdb::IOStatus change();
  rocksdb::IOStatus sync();
  void synced(const std::string& name, std::uint64_t size);
  void directory_synced(const std::string& directory);

 private:
  struct Undo {
    std::string directory;
    std::function<void()> run;
  };

  rocksdb::IOStatus count_down(std::size_t& left);
  rocksdb::IOStatus error() const;

  mutable std::mutex mutex_;
  std::size_t changes_left_ = 0;  // 0: no fault is set
  std::size_t syncs_left_ = 0;
  Fault fault_ = Fault::io_error;
  bool failing_ = false;
  std::map<std::string, std::uint64_t> synced_size_;  // of every file written through here
  std::vector<Undo> undo_;
  std::atomic<std::uint64_t> free_bytes_ = ~0ull;
};

}  // namespace encuentro::storage::test
