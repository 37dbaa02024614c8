#include "storage/admission.h"

#include <set>

#include "protocol/base/limits.h"

namespace encuentro::storage {
namespace {

Status admit_length(std::size_t size, std::size_t size_max) {
  if (size == 0) return fail(Code::malformed);
  if (size > size_max) return fail(Code::too_large, "", size_max, size);
  return {};
}

Status admit_value(BytesView value) { return admit_length(value.size(), limits::store_value_bytes_max); }

struct AdmitPart {
  Status operator()(const HeadIs&) const { return {}; }
  Status operator()(const EpochIs&) const { return {}; }
  Status operator()(const SetEpoch&) const { return {}; }
  Status operator()(const KeyGone& guard) const { return admit_key(guard.key); }
  Status operator()(const Erase& write) const { return admit_key(write.key); }
  Status operator()(const KeyHolds& guard) const {
    TRY_OK(admit_key(guard.key));
    return admit_value(guard.value);
  }
  Status operator()(const Put& write) const {
    TRY_OK(admit_key(write.key));
    return admit_value(write.value);
  }
  Status operator()(const Append& write) const {
    TRY_OK(admit_request_id(write.request_id));
    return admit_value(write.body);
  }
};

// The head counts once for the whole change set (size_of); an entry counts with its request's index row.
struct PartSize {
  ChangeSize operator()(const HeadIs&) const { return {}; }
  ChangeSize operator()(const EpochIs&) const { return {}; }
  ChangeSize operator()(const SetEpoch&) const { return {}; }
  ChangeSize operator()(const KeyGone& guard) const { return {1, guard.key.size()}; }
  ChangeSize operator()(const Erase& write) const { return {1, write.key.size()}; }
  ChangeSize operator()(const KeyHolds& guard) const { return {1, guard.key.size() + guard.value.size()}; }
  ChangeSize operator()(const Put& write) const { return {1, write.key.size() + write.value.size()}; }
  ChangeSize operator()(const Append& write) const { return {2, 2 * write.request_id.size() + write.body.size()}; }
};

// The index of request ids could hold only one of two equal ones.
Status admit_distinct_requests(const std::vector<Write>& writes) {
  std::set<Bytes> seen;
  for (const auto& write : writes) {
    const auto* append = std::get_if<Append>(&write);
    if (append != nullptr && !seen.insert(append->request_id).second) return fail(Code::duplicate);
  }
  return {};
}

}  // namespace

Status admit_partition(const PartitionId& partition) {
  TRY_OK(admit_length(partition.kind.size(), limits::partition_kind_bytes_max));
  return admit_length(partition.id.size(), limits::partition_id_bytes_max);
}

Status admit_key(const std::string& key) { return admit_length(key.size(), limits::store_key_bytes_max); }

Status admit_prefix(const std::string& prefix) { return prefix.empty() ? Status{} : admit_key(prefix); }

Status admit_request_id(BytesView request_id) { return admit_length(request_id.size(), limits::request_id_bytes_max); }

Status admit_page(const PageLimit& limit) { return admit_length(limit.items_max, limits::store_page_items_max); }

Status admit_blob(BytesView bytes) { return admit_length(bytes.size(), limits::blob_bytes_max); }

ChangeSize size_of(const ChangeSet& change) {
  ChangeSize total{1, change.partition.kind.size() + change.partition.id.size()};
  const auto add = [&total](ChangeSize part) {
    total.keys += part.keys;
    total.bytes += part.bytes;
  };
  for (const auto& guard : change.guards) add(std::visit(PartSize{}, guard));
  for (const auto& write : change.writes) add(std::visit(PartSize{}, write));
  return total;
}

Status admit(const ChangeSet& change) {
  TRY_OK(admit_partition(change.partition));
  if (change.writes.empty()) return fail(Code::malformed);
  const ChangeSize size = size_of(change);
  if (size.keys > limits::change_set_keys_max) {
    return fail(Code::too_large, "", limits::change_set_keys_max, size.keys);
  }
  if (size.bytes > limits::change_set_bytes_max) {
    return fail(Code::too_large, "", limits::change_set_bytes_max, size.bytes);
  }
  for (const auto& guard : change.guards) TRY_OK(std::visit(AdmitPart{}, guard));
  for (const auto& write : change.writes) TRY_OK(std::visit(AdmitPart{}, write));
  return admit_distinct_requests(change.writes);
}

}  // namespace encuentro::storage
