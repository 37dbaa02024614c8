// The change sets that share one synced write. Reading through it sees the database and what earlier change sets
// of the same batch staged.
#pragma once

#include <rocksdb/utilities/write_batch_with_index.h>

#include <optional>
#include <string>

#include "protocol/base/error.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/keys.h"

namespace encuentro::storage::rocks {

class Batch {
 public:
  explicit Batch(Database& database);

  // A partition that was never written has the row of an empty one. storage_failed (R81) for one not served.
  Result<HeadRow> head(const PartitionId& partition);
  Result<std::optional<std::string>> row(const std::string& records_key);
  // The first record whose key begins with `prefix`.
  Result<std::optional<Record>> first_record(const PartitionId& partition, const std::string& prefix);

  void put_head(const PartitionId& partition, const HeadRow& row);
  void put_entry(const PartitionId& partition, std::uint64_t seq, BytesView request_id, BytesView body);
  void put_row(const std::string& records_key, std::string_view value);
  void erase_row(const std::string& records_key);
  // Log entries from `from_seq` up to, not including, `below_seq`.
  void erase_entries(const PartitionId& partition, std::uint64_t from_seq, std::uint64_t below_seq);

  bool empty() const { return rows_.GetWriteBatch()->Count() == 0; }
  // Writes everything staged and syncs it. After that the batch is empty.
  rocksdb::Status write();

 private:
  Database& database_;
  mutable rocksdb::WriteBatchWithIndex rows_;
};

}  // namespace encuentro::storage::rocks
