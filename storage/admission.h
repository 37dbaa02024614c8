// What every engine refuses before looking at its state: the limits of the narrowest engine the interface is
// meant for, so that nothing is stored embedded that a distributed engine couldn't take over.
#pragma once

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "storage/partition.h"

namespace encuentro::storage {

// Errors: malformed (empty kind, id, key, value, body or request id; nothing to write), too_large, duplicate (two
// Appends under one request id).
Status admit(const ChangeSet& change);
Status admit_partition(const PartitionId& partition);
Status admit_key(const std::string& key);
Status admit_prefix(const std::string& prefix);  // may be empty
Status admit_request_id(BytesView request_id);
Status admit_page(const PageLimit& limit);
Status admit_blob(BytesView bytes);

// What a change set counts against the limits: keys compared or written, and their bytes.
struct ChangeSize {
  std::size_t keys = 0;
  std::size_t bytes = 0;
};
ChangeSize size_of(const ChangeSet& change);

}  // namespace encuentro::storage
