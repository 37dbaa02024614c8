#include "storage/rocksdb/keys.h"

#include "protocol/base/limits.h"

namespace encuentro::storage::rocks {
namespace {

constexpr std::size_t number_bytes = 8;

static_assert(limits::partition_kind_bytes_max <= 255 && limits::partition_id_bytes_max <= 255);
static_assert(limits::request_id_bytes_max <= 255 && limits::store_key_bytes_max <= 65535);

void append_number(std::string& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(number >> shift));
}

std::uint64_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i) number = number << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
  return number;
}

// Cuts a string with a one-byte length off the front; false if `rest` is too short.
bool cut_short_string(std::string_view& rest, std::string_view& out) {
  if (rest.empty()) return false;
  const std::size_t length = static_cast<std::uint8_t>(rest[0]);
  if (rest.size() < 1 + length) return false;
  out = rest.substr(1, length);
  rest.remove_prefix(1 + length);
  return true;
}

}  // namespace

std::string partition_prefix(const PartitionId& partition) {
  std::string key;
  key.reserve(partition.kind.size() + partition.id.size() + 16);
  key.push_back(static_cast<char>(partition.kind.size()));
  key += partition.kind;
  key.push_back(static_cast<char>(partition.id.size()));
  key += partition.id;
  return key;
}

std::string log_key(const PartitionId& partition, std::uint64_t seq) {
  std::string key = partition_prefix(partition);
  append_number(key, seq);
  return key;
}

std::string record_key(const PartitionId& partition, RowKind tag, std::string_view key) {
  std::string whole = partition_prefix(partition);
  whole.push_back(static_cast<char>(tag));
  whole += key;
  return whole;
}

std::string prefix_end(std::string prefix) {
  while (!prefix.empty() && static_cast<std::uint8_t>(prefix.back()) == 0xff) prefix.pop_back();
  if (!prefix.empty()) prefix.back() = static_cast<char>(static_cast<std::uint8_t>(prefix.back()) + 1);
  return prefix;
}

std::string encode_number(std::uint64_t number) {
  std::string value;
  append_number(value, number);
  return value;
}

std::string encode_head(const HeadRow& row) {
  std::string value;
  append_number(value, row.head.seq);
  append_number(value, row.head.epoch);
  append_number(value, row.first_kept);
  return value;
}

std::string encode_entry(BytesView request_id, BytesView body) {
  std::string value;
  value.reserve(1 + request_id.size() + body.size());
  value.push_back(static_cast<char>(request_id.size()));
  value += as_text(request_id);
  value += as_text(body);
  return value;
}

std::string encode_taken(const Record& record) {
  std::string value;
  value.push_back(static_cast<char>(record.key.size() >> 8));
  value.push_back(static_cast<char>(record.key.size()));
  value += record.key;
  value += as_text(record.value);
  return value;
}

Result<PartitionId> decode_partition(std::string_view key) {
  std::string_view kind;
  std::string_view id;
  if (!cut_short_string(key, kind) || !cut_short_string(key, id) || !key.empty()) return fail(Code::malformed);
  return PartitionId{std::string(kind), std::string(id)};
}

Result<std::uint64_t> decode_number(std::string_view value) {
  if (value.size() != number_bytes) return fail(Code::malformed, "", number_bytes, value.size());
  return number_at(value, 0);
}

Result<HeadRow> decode_head(std::string_view value) {
  if (value.size() != 3 * number_bytes) return fail(Code::malformed, "", 3 * number_bytes, value.size());
  return HeadRow{{number_at(value, 0), number_at(value, number_bytes)}, number_at(value, 2 * number_bytes)};
}

Result<LogEntry> decode_entry(std::uint64_t seq, std::string_view value) {
  std::string_view request_id;
  if (!cut_short_string(value, request_id)) return fail(Code::malformed);
  return LogEntry{seq, to_bytes(as_bytes(request_id)), to_bytes(as_bytes(value))};
}

Result<Record> decode_taken(std::string_view value) {
  if (value.size() < 2) return fail(Code::malformed);
  const std::size_t length =
      static_cast<std::size_t>(static_cast<std::uint8_t>(value[0]) << 8 | static_cast<std::uint8_t>(value[1]));
  if (value.size() < 2 + length) return fail(Code::malformed);
  return Record{std::string(value.substr(2, length)), to_bytes(as_bytes(value.substr(2 + length)))};
}

Result<std::uint64_t> seq_of_log_key(std::string_view key) {
  if (key.size() < number_bytes) return fail(Code::malformed);
  return number_at(key, key.size() - number_bytes);
}

}  // namespace encuentro::storage::rocks
