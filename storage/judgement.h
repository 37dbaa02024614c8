// Decides whether a change set holds, the same way in every embedded store: guards first, then the request
// ids of its Appends. A distributed engine judges by itself and isn't asked to use this.
#pragma once

#include <optional>

#include "protocol/base/error.h"
#include "storage/partition.h"

namespace encuentro::storage {

// One partition as it stands just before the change set, earlier change sets of the same batch included.
class PartitionState {
 public:
  virtual ~PartitionState() = default;
  virtual Result<Head> head() = 0;
  virtual Result<std::optional<Bytes>> record(const std::string& key) = 0;
  virtual Result<std::optional<std::uint64_t>> seq_of(BytesView request_id) = 0;
};

// `stored` with the head as it will be, or `refused` with the head as it is. An Error is the state's own.
// `change` is admitted (admission.h).
Result<CommitResult> judge(const ChangeSet& change, PartitionState& state);

}  // namespace encuentro::storage
