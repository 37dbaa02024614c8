// What the tests of storage share: a store of either kind behind one face, a directory that vanishes, and waiting
// for an answer.
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "storage/blob_store.h"
#include "storage/change_feed.h"
#include "storage/memory/memory_store.h"
#include "storage/rocksdb/rocks_store.h"

namespace encuentro::storage::test {

// Calls `start(done)` and waits for what done is called with. Half a minute without an answer is a failure.
template <class T, class Start>
Result<T> await(Start&& start) {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  start(Done<T>([promise](Result<T> result) { promise->set_value(std::move(result)); }));
  REQUIRE(future.wait_for(std::chrono::seconds(30)) == std::future_status::ready);
  return future.get();
}

// A directory of its own, removed at the end.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  std::string path(const std::string& below = "") const { return below.empty() ? path_ : path_ + "/" + below; }

 private:
  std::string path_;
};

// A store in a calm world: the conformance suite runs on each.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual PartitionStore& store() = 0;
  virtual BlobStore& blobs() = 0;
  virtual ChangeFeed& feed() = 0;
  // The process ends and begins again.
  virtual void restart() = 0;
};

class MemoryBackend final : public Backend {
 public:
  PartitionStore& store() override { return store_; }
  BlobStore& blobs() override { return store_; }
  ChangeFeed& feed() override { return store_.feed(); }
  void restart() override { store_.crash(); }

 private:
  MemoryStore store_;
};

class RocksBackend final : public Backend {
 public:
  RocksBackend() { restart(); }
  PartitionStore& store() override { return *store_; }
  BlobStore& blobs() override { return store_->blobs(); }
  ChangeFeed& feed() override { return store_->feed(); }
  void restart() override;

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<RocksStore> store_;
};

// Short words for tests.
inline PartitionId channel(const std::string& id = "a") { return {"ch", id}; }
inline Bytes bytes(std::string_view text) { return to_bytes(as_bytes(text)); }
inline Append entry(std::string_view request, std::string_view body) { return {bytes(request), bytes(body)}; }

Result<CommitResult> commit(PartitionStore& store, ChangeSet change);
// Requires that it is stored, and returns the head after it.
Head stored(PartitionStore& store, ChangeSet change);
LogPage read_log(PartitionStore& store, PartitionId partition, std::uint64_t from_seq = 1, PageLimit limit = {});
std::optional<Bytes> get(PartitionStore& store, PartitionId partition, std::string key);
RecordPage scan(PartitionStore& store, PartitionId partition, std::string prefix, std::string after = "",
                PageLimit limit = {});
Head head(PartitionStore& store, PartitionId partition);
std::optional<std::uint64_t> find_request(PartitionStore& store, PartitionId partition, std::string_view request);
std::optional<Record> take_one(PartitionStore& store, PartitionId partition, std::string prefix,
                               std::string_view request);

}  // namespace encuentro::storage::test
