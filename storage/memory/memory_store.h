// A store in memory for tests: it loses what wasn't synced, fails where it is told to, and can leave a change
// set undecided. Every callback runs on the caller's thread, so a test has no waiting in it.
#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <variant>

#include "storage/blob_store.h"
#include "storage/local_feed.h"
#include "storage/partition_store.h"

namespace encuentro::storage {

enum class Syncing : std::uint8_t {
  at_once,  // a write is durable and answered before its call returns
  by_hand,  // a write waits, unanswered and invisible to reads, for sync() or crash()
};

class MemoryStore final : public PartitionStore, public BlobStore {
 public:
  explicit MemoryStore(Syncing syncing = Syncing::at_once) : syncing_(syncing) {}

  // Makes all waiting writes durable and answers them, in order.
  void sync();
  // The process dies and comes back: of the waiting writes the first `reached_disk` are durable, the others are
  // gone, and none of them is ever answered.
  void crash(std::size_t reached_disk = 0);
  std::size_t waiting() const;

  // Calls are counted from 1, all kinds together, from the store's making on.
  std::size_t calls() const;
  // The n-th call from now (1: the next one) is answered with `error` and changes nothing.
  void fail_call(std::size_t n, Error error);
  // The n-th call from now is a commit that is answered `undecided`, whether it is stored or not. If it isn't a
  // commit the mark has no effect.
  void leave_undecided(std::size_t n, bool stored);
  // Until told otherwise every call is answered with `error` (Code::none: well again).
  void fail_all(Error error);

  ChangeFeed& feed() { return feed_; }

  // What is durable, as a backup would hold it; and a store that holds only that again.
  class Snapshot;
  Snapshot snapshot() const;
  void put_back(const Snapshot& snapshot);
  std::vector<PartitionId> partitions() const;  // that hold anything

  void commit(ChangeSet change, Done<CommitResult> done) override;
  void head(PartitionId partition, Done<Head> done) override;
  void read_log(PartitionId partition, std::uint64_t from_seq, PageLimit limit, Done<LogPage> done) override;
  void find_request(PartitionId partition, Bytes request_id, Done<std::optional<std::uint64_t>> done) override;
  void get(PartitionId partition, std::string key, Done<std::optional<Bytes>> done) override;
  void scan(PartitionId partition, std::string prefix, std::string after, PageLimit limit,
            Done<RecordPage> done) override;
  void take_one(PartitionId partition, std::string prefix, Bytes request_id, Done<std::optional<Record>> done) override;
  void trim_log(PartitionId partition, std::uint64_t below_seq, Done<void> done) override;

  void put(BlobId id, Bytes bytes, Done<BlobPut> done) override;
  void get(BlobId id, std::uint64_t offset, std::uint64_t length, Done<Bytes> done) override;
  void size(BlobId id, Done<std::uint64_t> done) override;
  void erase(BlobId id, Done<void> done) override;

 private:
  struct Partition {
    Head head;
    std::uint64_t first_kept = 1;
    std::map<std::uint64_t, LogEntry> log;
    std::map<std::string, Bytes> records;
    std::map<Bytes, std::uint64_t> seq_of_request;
    std::map<Bytes, Record> taken;
  };
  struct Undecided {
    bool stored = false;
  };
  using Fault = std::variant<std::monostate, Error, Undecided>;
  // A write in two steps: what it does to the durable state, and the answer. The first returns the second.
  using Answer = std::move_only_function<void()>;
  using PendingWrite = std::move_only_function<Answer()>;

  class State;

  Fault next_fault();
  template <class T>
  bool refused(const Fault& fault, const Status& admitted, Done<T>& done);
  void write(PendingWrite write);

  Result<CommitResult> apply(const ChangeSet& change);
  std::optional<Record> take(const PartitionId& partition, const std::string& prefix, const Bytes& request_id);
  Status trim(const PartitionId& partition, std::uint64_t below_seq);
  Partition& existing_or_empty(const PartitionId& partition);

  Syncing syncing_;
  mutable std::mutex mutex_;
  std::size_t calls_ = 0;
  Error failing_;
  std::map<std::size_t, Fault> faults_;
  std::map<PartitionId, Partition> partitions_;
  std::map<BlobId, Bytes> blobs_;
  std::deque<PendingWrite> waiting_;
  Partition empty_;
  LocalFeed feed_;
};

class MemoryStore::Snapshot {
  friend class MemoryStore;
  std::map<PartitionId, Partition> partitions_;
  std::map<BlobId, Bytes> blobs_;
};

}  // namespace encuentro::storage
