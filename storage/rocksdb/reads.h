// The reading half of the store, on an open database. Errors: storage_failed (the disk's, or a log not served, R81),
// malformed never: what can't be decoded on our own disk is storage_failed too.
#pragma once

#include "storage/rocksdb/database.h"

namespace encuentro::storage::rocks {

Result<Head> read_head(Database& database, const PartitionId& partition);
Result<LogPage> read_log_page(Database& database, const PartitionId& partition, std::uint64_t from_seq,
                              const PageLimit& limit);
Result<std::optional<std::uint64_t>> read_request(Database& database, const PartitionId& partition,
                                                  BytesView request_id);
Result<std::optional<Bytes>> read_record(Database& database, const PartitionId& partition, const std::string& key);
Result<RecordPage> read_record_page(Database& database, const PartitionId& partition, const std::string& prefix,
                                    const std::string& after, const PageLimit& limit);

}  // namespace encuentro::storage::rocks
