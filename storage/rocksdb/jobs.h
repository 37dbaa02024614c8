// What the committer carries out: each job stages its writes into the batch, and is answered once the batch's fate is
// known.
#pragma once

#include <optional>

#include "storage/change_feed.h"
#include "storage/partition_store.h"
#include "storage/rocksdb/batch.h"

namespace encuentro::storage::rocks {

class Job {
 public:
  virtual ~Job() = default;

  // Reads first, then stages, so that a failed read leaves nothing of this job in the batch. What it finds out it
  // keeps for its answer; `database` errors included.
  virtual void stage(Batch& batch) = 0;
  // The batch is durable (or there was nothing to write).
  virtual void written() = 0;
  // The batch's write or sync failed, perhaps after the bytes reached the disk.
  virtual void lost(Error error) = 0;
  // Nothing was tried.
  virtual void refused(Error error) = 0;

  // An estimate of the memory it holds, for the bound on the queue.
  virtual std::size_t bytes() const = 0;
  // After written(): the log grew up to here.
  virtual std::optional<Hint> news() const { return std::nullopt; }
};

std::unique_ptr<Job> commit_job(ChangeSet change, Done<CommitResult> done);
std::unique_ptr<Job> take_job(PartitionId partition, std::string prefix, Bytes request_id,
                              Done<std::optional<Record>> done);
std::unique_ptr<Job> trim_job(PartitionId partition, std::uint64_t below_seq, Done<void> done);

}  // namespace encuentro::storage::rocks
