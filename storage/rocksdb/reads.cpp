#include "storage/rocksdb/reads.h"

#include "storage/rocksdb/keys.h"

namespace encuentro::storage::rocks {
namespace {

// A row of ours that can't be decoded is damage on our disk, not somebody's bad input.
template <class T>
Result<T> from_disk(Result<T> decoded) {
  if (!decoded) return fail(Code::storage_failed, "R81");
  return decoded;
}

Result<std::optional<std::string>> row(Database& database, rocksdb::ColumnFamilyHandle* family,
                                       const PartitionId& partition, const std::string& key) {
  if (!database.serves(partition)) return fail(Code::storage_failed, "R81");
  std::string value;
  const auto status = database.db().Get({}, family, key, &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return std::unexpected(error_of(status));
  return value;
}

Result<HeadRow> head_row(Database& database, const PartitionId& partition) {
  TRY(const auto value, row(database, database.heads(), partition, partition_prefix(partition)));
  if (!value) return HeadRow{};
  return from_disk(decode_head(*value));
}

}  // namespace

Result<Head> read_head(Database& database, const PartitionId& partition) {
  TRY(const HeadRow found, head_row(database, partition));
  return found.head;
}

Result<LogPage> read_log_page(Database& database, const PartitionId& partition, std::uint64_t from_seq,
                              const PageLimit& limit) {
  TRY(const HeadRow found, head_row(database, partition));
  LogPage page;
  page.first_kept = found.first_kept;
  std::uint64_t next = std::max(from_seq, found.first_kept);
  if (next > found.head.seq) return page;

  // Bounded by the head read above: what is appended meanwhile belongs to the next page.
  const std::string end = log_key(partition, found.head.seq + 1);
  const rocksdb::Slice end_slice(end);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &end_slice;
  const std::unique_ptr<rocksdb::Iterator> rows(database.db().NewIterator(read, database.log()));
  std::size_t bytes = 0;
  for (rows->Seek(log_key(partition, next)); rows->Valid(); rows->Next(), ++next) {
    TRY(const std::uint64_t seq, from_disk(seq_of_log_key(rows->key().ToStringView())));
    if (seq != next) break;
    TRY(LogEntry entry, from_disk(decode_entry(seq, rows->value().ToStringView())));
    bytes += entry.body.size();
    page.more = page.entries.size() == limit.items_max || (!page.entries.empty() && bytes > limit.bytes_max);
    if (page.more) return page;
    page.entries.push_back(std::move(entry));
  }
  if (!rows->status().ok()) return std::unexpected(error_of(rows->status()));
  // Every entry up to the head is there, or the log isn't served. Trimming may have overtaken this read.
  if (next != found.head.seq + 1) {
    TRY(const HeadRow now, head_row(database, partition));
    if (now.first_kept <= next) return fail(Code::storage_failed, "R81", next, found.head.seq);
    return read_log_page(database, partition, from_seq, limit);
  }
  return page;
}

Result<std::optional<std::uint64_t>> read_request(Database& database, const PartitionId& partition,
                                                  BytesView request_id) {
  const std::string key = record_key(partition, RowKind::request, as_text(request_id));
  TRY(const auto value, row(database, database.records(), partition, key));
  if (!value) return std::nullopt;
  TRY(const std::uint64_t seq, from_disk(decode_number(*value)));
  return seq;
}

Result<std::optional<Bytes>> read_record(Database& database, const PartitionId& partition, const std::string& key) {
  TRY(const auto value, row(database, database.records(), partition, record_key(partition, RowKind::record, key)));
  if (!value) return std::nullopt;
  return to_bytes(as_bytes(*value));
}

Result<RecordPage> read_record_page(Database& database, const PartitionId& partition, const std::string& prefix,
                                    const std::string& after, const PageLimit& limit) {
  if (!database.serves(partition)) return fail(Code::storage_failed, "R81");
  const std::size_t key_offset = record_key(partition, RowKind::record, "").size();
  const std::string first = record_key(partition, RowKind::record, std::max(prefix, after));
  const std::string skipped = record_key(partition, RowKind::record, after);
  const std::string end = prefix_end(record_key(partition, RowKind::record, prefix));
  const rocksdb::Slice end_slice(end);
  rocksdb::ReadOptions read;
  read.iterate_upper_bound = &end_slice;

  RecordPage page;
  std::size_t bytes = 0;
  const std::unique_ptr<rocksdb::Iterator> rows(database.db().NewIterator(read, database.records()));
  for (rows->Seek(first); rows->Valid(); rows->Next()) {
    if (rows->key() == skipped) continue;
    bytes += rows->value().size();
    page.more = page.records.size() == limit.items_max || (!page.records.empty() && bytes > limit.bytes_max);
    if (page.more) return page;
    const std::string_view key = rows->key().ToStringView();
    page.records.push_back(
        Record{std::string(key.substr(key_offset)), to_bytes(as_bytes(rows->value().ToStringView()))});
  }
  if (!rows->status().ok()) return std::unexpected(error_of(rows->status()));
  return page;
}

}  // namespace encuentro::storage::rocks
