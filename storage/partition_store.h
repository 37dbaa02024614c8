// The door to durable state: atomic change sets inside one partition, log pages, records. Narrow on purpose,
// so that a distributed engine (one RADOS object a partition) fits behind it as well as an embedded one.
//
// Asynchronous. A callback is called exactly once, on a thread of the store, which it must not block: the
// server posts to its own executor. Two exceptions: what is not admitted (limits, overload, closed) completes on
// the caller's thread before the call returns, and so does everything in storage/memory. Once the store is
// destroyed, all callbacks have been called.
//
// Order: change sets of one partition are judged in the order in which commit() was called, so a caller may
// send HeadIs{n}, HeadIs{n+1}, ... without waiting in between. A read that starts after a callback said
// `stored` sees that change set.
//
// Errors of every call: storage_full and storage_failed (R80: the store acknowledges nothing until it is well
// again; reads go on where they can), overloaded (too much is queued), shutting_down, malformed, too_large
// and duplicate (admission.h). From commit() an Error means that nothing was stored; what is unknown is
// Outcome::undecided.
#pragma once

#include <functional>

#include "protocol/base/error.h"
#include "storage/partition.h"

namespace encuentro::storage {

template <class T>
using Done = std::move_only_function<void(Result<T>)>;

class PartitionStore {
 public:
  virtual ~PartitionStore() = default;

  // Stores all writes if all guards hold and no Append's request id is known in the partition.
  virtual void commit(ChangeSet change, Done<CommitResult> done) = 0;

  virtual void head(PartitionId partition, Done<Head> done) = 0;

  // Entries from `from_seq` on (0 and 1 mean the first). Past the end: an empty page.
  virtual void read_log(PartitionId partition, std::uint64_t from_seq, PageLimit limit, Done<LogPage> done) = 0;

  // The seq of the entry appended under this request id. Costs one look-up. Trimmed entries are still known.
  virtual void find_request(PartitionId partition, Bytes request_id, Done<std::optional<std::uint64_t>> done) = 0;

  virtual void get(PartitionId partition, std::string key, Done<std::optional<Bytes>> done) = 0;

  // Records whose key begins with `prefix` and is greater than `after`, in byte order.
  virtual void scan(PartitionId partition, std::string prefix, std::string after, PageLimit limit,
                    Done<RecordPage> done) = 0;

  // Removes one record under `prefix` and returns it: to one request id exactly one record, to another request
  // id never the same one. Asking again with the same id returns the same record, also after an error or a
  // crash, so that nothing is lost between store and caller. nullopt (none is left) is not remembered.
  // A request id names one take in the partition, whatever the prefix; Appends have a name space of their own.
  virtual void take_one(PartitionId partition, std::string prefix, Bytes request_id,
                        Done<std::optional<Record>> done) = 0;

  // Removes entries below `below_seq`, which is at most head + 1 (bad_sequence). Repeating it is harmless.
  virtual void trim_log(PartitionId partition, std::uint64_t below_seq, Done<void> done) = 0;
};

}  // namespace encuentro::storage
