// How partitions lie in RocksDB's column families (docs/FORMATS.md, "The embedded store"). All numbers are
// big-endian, so that byte order is number order.
//
//   partition  := kind length:u8 | kind | id length:u8 | id
//   heads      :  partition                     -> seq:u64 | epoch:u64 | first kept seq:u64
//   log        :  partition | seq:u64           -> request id length:u8 | request id | body
//   records    :  partition | 'r' | key         -> value
//                 partition | 'q' | request id  -> seq:u64                       (of the Append)
//                 partition | 't' | request id  -> key length:u16 | key | value  (of the take)
//
// Every partition that was ever written has its row in `heads`.
#pragma once

#include <string>
#include <string_view>

#include "protocol/base/error.h"
#include "storage/partition.h"

namespace encuentro::storage::rocks {

struct HeadRow {
  Head head;
  std::uint64_t first_kept = 1;
};

enum class RowKind : char { record = 'r', request = 'q', taken = 't' };

std::string partition_prefix(const PartitionId& partition);
std::string log_key(const PartitionId& partition, std::uint64_t seq);
std::string record_key(const PartitionId& partition, RowKind tag, std::string_view key);

// The smallest key greater than every key that begins with `prefix`.
std::string prefix_end(std::string prefix);

std::string encode_number(std::uint64_t number);
std::string encode_head(const HeadRow& row);
std::string encode_entry(BytesView request_id, BytesView body);
std::string encode_taken(const Record& record);

// The inverses. Errors: malformed (the row isn't one of ours: the disk's fault, never a peer's).
Result<PartitionId> decode_partition(std::string_view key);
Result<std::uint64_t> decode_number(std::string_view value);
Result<HeadRow> decode_head(std::string_view value);
Result<LogEntry> decode_entry(std::uint64_t seq, std::string_view value);
Result<Record> decode_taken(std::string_view value);
// The number a log key ends in.
Result<std::uint64_t> seq_of_log_key(std::string_view key);

}  // namespace encuentro::storage::rocks
