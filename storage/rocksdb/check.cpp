#include "storage/rocksdb/check.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"
#include "storage/rocksdb/blob_files.h"
#include "storage/rocksdb/keys.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/mark.h"

namespace encuentro::storage {

std::string_view name(Finding::What what) {
  switch (what) {
    case Finding::What::gap:
      return "gap";
    case Finding::What::unreadable_row:
      return "unreadable_row";
    case Finding::What::wrong_request:
      return "wrong_request";
    case Finding::What::orphan_row:
      return "orphan_row";
    case Finding::What::damaged_blob:
      return "damaged_blob";
    case Finding::What::misplaced_file:
      return "misplaced_file";
    case Finding::What::content:
      return "content";
  }
  return "unknown";
}

void CheckReport::add(Finding finding) {
  ++findings_count;
  if (findings.size() < check_findings_max) findings.push_back(std::move(finding));
}

namespace rocks {
namespace {

namespace fs = std::filesystem;
using What = Finding::What;

// One pass over the three column families side by side: they are sorted by partition alike.
class Walk {
 public:
  Walk(Database& database, CheckVisitor& visitor, CheckReport& report)
      : database_(database), visitor_(visitor), report_(report), snapshot_(&database.db()) {
    read_.snapshot = snapshot_.snapshot();
    read_.fill_cache = false;
    heads_.reset(database.db().NewIterator(read_, database.heads()));
    log_.reset(database.db().NewIterator(read_, database.log()));
    records_.reset(database.db().NewIterator(read_, database.records()));
  }

  Status run() {
    log_->SeekToFirst();
    records_->SeekToFirst();
    for (heads_->SeekToFirst(); heads_->Valid(); heads_->Next()) {
      const auto partition = decode_partition(heads_->key().ToStringView());
      const auto row = decode_head(heads_->value().ToStringView());
      if (!partition || !row) {
        report_.add({What::unreadable_row, partition.value_or(PartitionId{}), 0, {}, "head"});
        continue;
      }
      TRY_OK(check_partition(*partition, *row));
    }
    skip_orphans(*log_, {});
    skip_orphans(*records_, {});
    for (const auto* rows : {heads_.get(), log_.get(), records_.get()}) {
      if (!rows->status().ok()) return std::unexpected(error_of(rows->status()));
    }
    return {};
  }

 private:
  class Snapshot {
   public:
    explicit Snapshot(rocksdb::DB* db) : db_(db), snapshot_(db->GetSnapshot()) {}
    ~Snapshot() { db_->ReleaseSnapshot(snapshot_); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    const rocksdb::Snapshot* snapshot() const { return snapshot_; }

   private:
    rocksdb::DB* db_;
    const rocksdb::Snapshot* snapshot_;
  };

  Status check_partition(const PartitionId& partition, const HeadRow& row) {
    const std::string prefix = partition_prefix(partition);
    skip_orphans(*log_, prefix);
    skip_orphans(*records_, prefix);
    ++report_.partitions;
    visitor_.begin(partition, row.head, row.first_kept);
    const std::uint64_t requests = check_records(partition, row, prefix);
    const std::uint64_t entries = check_log(partition, row, prefix);
    // Every entry's request was found where it should be; then equal numbers mean that no other points into the log.
    if (requests != entries) report_.add({What::wrong_request, partition, 0, {}, "count"});
    visitor_.end(report_);
    return {};
  }

  // Passes rows before `prefix`; to the end if it is empty.
  void skip_orphans(rocksdb::Iterator& rows, const std::string& prefix) {
    for (; rows.Valid() && (prefix.empty() || rows.key().compare(prefix) < 0); rows.Next()) {
      report_.add({What::orphan_row, {}, 0, {}, to_hex(as_bytes(rows.key().ToStringView()))});
    }
  }

  // Returns how many requests point at entries that are kept.
  std::uint64_t check_records(const PartitionId& partition, const HeadRow& row, const std::string& prefix) {
    std::uint64_t requests = 0;
    for (; records_->Valid() && records_->key().starts_with(prefix); records_->Next()) {
      const std::string_view key = records_->key().ToStringView().substr(prefix.size());
      const std::string_view value = records_->value().ToStringView();
      report_.bytes += value.size();
      const char tag = key.empty() ? '\0' : key[0];
      if (tag == static_cast<char>(RowKind::record)) {
        ++report_.records;
        visitor_.record({std::string(key.substr(1)), to_bytes(as_bytes(value))});
      } else if (tag == static_cast<char>(RowKind::request)) {
        const auto seq = decode_number(value);
        if (!seq || *seq == 0 || *seq > row.head.seq) {
          report_.add({What::wrong_request, partition, seq.value_or(0), {}, {}});
        } else if (*seq >= row.first_kept) {
          ++requests;
        }
      } else if (tag == static_cast<char>(RowKind::taken)) {
        ++report_.takes;
        if (!decode_taken(value)) report_.add({What::unreadable_row, partition, 0, {}, "take"});
      } else {
        report_.add({What::unreadable_row, partition, 0, {}, "record"});
      }
    }
    return requests;
  }

  // Returns how many entries there are.
  std::uint64_t check_log(const PartitionId& partition, const HeadRow& row, const std::string& prefix) {
    std::uint64_t next = row.first_kept;
    std::uint64_t entries = 0;
    for (; log_->Valid() && log_->key().starts_with(prefix); log_->Next()) {
      const auto seq = decode_number(log_->key().ToStringView().substr(prefix.size()));
      if (!seq || *seq < next || *seq > row.head.seq) {
        report_.add({What::orphan_row, partition, seq.value_or(0), {}, {}});
        continue;
      }
      for (; next < *seq; ++next) report_.add({What::gap, partition, next, {}, {}});
      ++next;
      ++entries;
      check_entry(partition, *seq);
    }
    for (; next <= row.head.seq; ++next) report_.add({What::gap, partition, next, {}, {}});
    return entries;
  }

  void check_entry(const PartitionId& partition, std::uint64_t seq) {
    const auto entry = decode_entry(seq, log_->value().ToStringView());
    if (!entry) return report_.add({What::unreadable_row, partition, seq, {}, "entry"});
    ++report_.entries;
    report_.bytes += entry->body.size();
    std::string indexed;
    const std::string key = record_key(partition, RowKind::request, as_text(entry->request_id));
    const auto found = database_.db().Get(read_, database_.records(), key, &indexed);
    if (!found.ok() || decode_number(indexed) != seq) report_.add({What::wrong_request, partition, seq, {}, {}});
    visitor_.entry(*entry);
  }

  Database& database_;
  CheckVisitor& visitor_;
  CheckReport& report_;
  Snapshot snapshot_;
  rocksdb::ReadOptions read_;
  std::unique_ptr<rocksdb::Iterator> heads_;
  std::unique_ptr<rocksdb::Iterator> log_;
  std::unique_ptr<rocksdb::Iterator> records_;
};

void check_blob(const fs::path& path, CheckReport& report) {
  const std::string file = path.filename();
  Bytes id;
  if (!from_hex(file, id) || id.size() != BlobId::bytes || blob_path(BlobId(id)).substr(3) != file ||
      path.parent_path().filename() != file.substr(0, 2)) {
    return report.add({What::misplaced_file, {}, 0, path.string(), {}});
  }
  std::ifstream content(path, std::ios::binary);
  Bytes bytes(limits::blob_bytes_max + 1);
  content.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(content.gcount()));
  if (content.bad() || bytes.size() > limits::blob_bytes_max || !equal(crypto::sha256({bytes}).view(), id)) {
    return report.add({What::damaged_blob, {}, 0, file, {}});
  }
  ++report.blobs;
  report.bytes += bytes.size();
}

}  // namespace

Status check_partitions(Database& database, CheckVisitor& visitor, CheckReport& report) {
  return Walk(database, visitor, report).run();
}

Status check_blobs(const std::string& directory, CheckReport& report) {
  std::error_code error;
  for (fs::directory_iterator shard(directory, error); !error && shard != fs::directory_iterator();
       shard.increment(error)) {
    if (shard->path().filename() == incoming_directory) continue;
    if (!shard->is_directory()) {
      report.add({What::misplaced_file, {}, 0, shard->path().string(), {}});
      continue;
    }
    for (const auto& blob : fs::directory_iterator(shard->path(), error)) check_blob(blob.path(), report);
    if (error) break;
  }
  return error ? Status(fail(Code::storage_failed, "R81")) : Status{};
}

}  // namespace rocks

Status check_store(const std::string& directory, CheckVisitor& visitor, CheckReport& report) {
  TRY(const rocks::Mark::Value mark, rocks::Mark::read(rocks::mark_path(directory)));
  const std::string database_directory = rocks::database_path(directory);
  rocksdb::FileLock* lock = nullptr;
  rocksdb::Env* env = rocksdb::Env::Default();
  if (!env->LockFile(database_directory + "/LOCK", &lock).ok()) return fail(Code::locked);
  // Released however this ends.
  const std::unique_ptr<rocksdb::FileLock, std::function<void(rocksdb::FileLock*)>> held(
      lock, [env](rocksdb::FileLock* taken) { (void)env->UnlockFile(taken); });
  rocks::OpenReport opened;
  TRY(const auto database,
      rocks::Database::open(database_directory, {}, rocks::Database::Access::read_only, mark.sequence, opened));
  TRY_OK(rocks::check_partitions(*database, visitor, report));
  return rocks::check_blobs(rocks::blobs_path(directory), report);
}

}  // namespace encuentro::storage
