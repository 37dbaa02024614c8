#include "storage/rocksdb/batch.h"

namespace encuentro::storage::rocks {
namespace {

// RocksDB carries this many bytes of checksum with each key from here into the memory table, so that a bit that
// flips in memory on the way is found.
constexpr std::size_t protection_bytes_per_key = 8;

// Staging into memory can only fail for a programmer's error: a wrong column family, a batch without an index.
void staged(const rocksdb::Status& status) { ENC_CHECK(status.ok()); }

}  // namespace

Batch::Batch(Database& database)
    : database_(database), rows_(rocksdb::BytewiseComparator(), 0, true, 0, protection_bytes_per_key) {}

Result<HeadRow> Batch::head(const PartitionId& partition) {
  if (!database_.serves(partition)) return fail(Code::storage_failed, "R81");
  std::string value;
  const auto status =
      rows_.GetFromBatchAndDB(&database_.db(), {}, database_.heads(), partition_prefix(partition), &value);
  if (status.IsNotFound()) return HeadRow{};
  if (!status.ok()) return std::unexpected(error_of(status));
  return decode_head(value);
}

Result<std::optional<std::string>> Batch::row(const std::string& records_key) {
  std::string value;
  const auto status = rows_.GetFromBatchAndDB(&database_.db(), {}, database_.records(), records_key, &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(error_of(status));
  return value;
}

Result<std::optional<Record>> Batch::first_record(const PartitionId& partition, const std::string& prefix) {
  const std::string start = record_key(partition, RowKind::record, prefix);
  const std::string end = prefix_end(start);
  const rocksdb::Slice end_slice(end);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &end_slice;
  const std::unique_ptr<rocksdb::Iterator> rows(
      rows_.NewIteratorWithBase(database_.records(), database_.db().NewIterator(read, database_.records()), &read));
  rows->Seek(start);
  // The bound holds for the database's rows; those of the batch are compared here.
  if (rows->Valid() && rows->key().starts_with(start)) {
    const std::size_t key_offset = start.size() - prefix.size();
    return Record{rows->key().ToString().substr(key_offset), to_bytes(as_bytes(rows->value().ToStringView()))};
  }
  if (!rows->status().ok()) return std::unexpected(error_of(rows->status()));
  return std::nullopt;
}

void Batch::put_head(const PartitionId& partition, const HeadRow& row) {
  staged(rows_.Put(database_.heads(), partition_prefix(partition), encode_head(row)));
}

void Batch::put_entry(const PartitionId& partition, std::uint64_t seq, BytesView request_id, BytesView body) {
  // Nobody reads the log through the batch, so the entry needs no place in its index.
  const std::string value = encode_entry(request_id, body);
  staged(rows_.GetWriteBatch()->Put(database_.log(), log_key(partition, seq), value));
  staged(
      rows_.Put(database_.records(), record_key(partition, RowKind::request, as_text(request_id)), encode_number(seq)));
}

void Batch::put_row(const std::string& records_key, std::string_view value) {
  staged(rows_.Put(database_.records(), records_key, rocksdb::Slice(value.data(), value.size())));
}

void Batch::erase_row(const std::string& records_key) { staged(rows_.Delete(database_.records(), records_key)); }

void Batch::erase_entries(const PartitionId& partition, std::uint64_t from_seq, std::uint64_t below_seq) {
  staged(
      rows_.GetWriteBatch()->DeleteRange(database_.log(), log_key(partition, from_seq), log_key(partition, below_seq)));
}

rocksdb::Status Batch::write() {
  rocksdb::WriteOptions options;
  options.sync = true;
  auto status = database_.db().Write(options, rows_.GetWriteBatch());
  rows_.Clear();
  return status;
}

}  // namespace encuentro::storage::rocks
