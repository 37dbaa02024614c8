#include "storage/rocksdb/database.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "storage/rocksdb/keys.h"

namespace encuentro::storage::rocks {
namespace {

// RocksDB tells of a dropped tail only in its log, one line "...: dropping N bytes; ..." each.
class RecoveryLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, 512> line{};
    std::vsnprintf(line.data(), line.size(), format, arguments);
    const char* found = std::strstr(line.data(), "dropping ");
    if (found != nullptr) dropped_bytes_ += std::strtoull(found + std::strlen("dropping "), nullptr, 10);
  }
  std::size_t dropped_bytes() const { return dropped_bytes_; }

 private:
  std::size_t dropped_bytes_ = 0;
};

rocksdb::Options rocks_options(const DatabaseOptions& options, rocksdb::Env* env) {
  rocksdb::Options rocks;
  rocks.env = env;
  rocks.create_if_missing = true;
  rocks.create_missing_column_families = true;
  rocks.paranoid_checks = true;
  rocks.track_and_verify_wals_in_manifest = true;
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  rocks.max_total_wal_size = options.log_bytes_max;
  rocks.write_buffer_size = options.write_buffer_bytes;
  rocks.max_open_files = 512;
  rocks.max_background_jobs = 2;
  rocks.bytes_per_sync = 1 << 20;
  rocks.compression = rocksdb::kNoCompression;  // what we hold is ciphertext
  rocks.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  rocks.keep_log_file_num = 4;
  rocks.max_log_file_size = 1 << 20;
  rocks.stats_dump_period_sec = 0;
  rocks.stats_persist_period_sec = 0;

  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_size = 16 << 10;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return rocks;
}

std::vector<rocksdb::ColumnFamilyDescriptor> families_of(const rocksdb::Options& options) {
  const rocksdb::ColumnFamilyOptions family(options);
  return {{rocksdb::kDefaultColumnFamilyName, family}, {"log", family}, {"records", family}};
}

// How far the database reaches, found without changing anything on disk.
Status inspect(const std::string& directory, rocksdb::Options options, OpenReport& report) {
  auto recovery_log = std::make_shared<RecoveryLog>();
  options.info_log = recovery_log;
  options.create_if_missing = false;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
  rocksdb::DB* opened = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(options, directory, families_of(options), &families, &opened);
  if (!status.ok()) return std::unexpected(error_of(status));
  report.recovered = opened->GetLatestSequenceNumber();
  report.dropped_bytes = recovery_log->dropped_bytes();
  for (auto* family : families) opened->DestroyColumnFamilyHandle(family);
  delete opened;
  return {};
}

// A log is whole at its end if its last entry is there and none behind it. The check of all of it is check.h's.
Result<bool> ends_where_head_says(Database& database, const PartitionId& partition, const HeadRow& row) {
  const rocksdb::ReadOptions read;
  std::string value;
  if (row.head.seq >= row.first_kept) {
    const auto last = database.db().Get(read, database.log(), log_key(partition, row.head.seq), &value);
    if (last.IsNotFound()) return false;
    if (!last.ok()) return std::unexpected(error_of(last));
  }
  const auto behind = database.db().Get(read, database.log(), log_key(partition, row.head.seq + 1), &value);
  if (!behind.ok() && !behind.IsNotFound()) return std::unexpected(error_of(behind));
  return behind.IsNotFound();
}

Status find_shortened(Database& database, OpenReport& report) {
  report.shortened.clear();
  const std::unique_ptr<rocksdb::Iterator> heads(database.db().NewIterator({}, database.heads()));
  for (heads->SeekToFirst(); heads->Valid(); heads->Next()) {
    auto partition = decode_partition(heads->key().ToStringView());
    if (!partition) continue;  // nobody can ask for it; the check names it
    const auto row = decode_head(heads->value().ToStringView());
    bool whole = row.has_value();
    if (whole) {
      TRY(whole, ends_where_head_says(database, *partition, *row));
    }
    if (!whole) report.shortened.push_back(std::move(*partition));
  }
  if (!heads->status().ok()) return std::unexpected(error_of(heads->status()));
  return {};
}

}  // namespace

Error error_of(const rocksdb::Status& status) {
  if (status.IsNoSpace()) return {Code::storage_full, "R80"};
  // RocksDB has no code of its own for a lock that is held.
  if (status.IsIOError() && status.ToString().find("lock ") != std::string::npos) return {Code::locked};
  return {Code::storage_failed, "R80"};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& directory, const DatabaseOptions& options,
                                                 Access access, std::uint64_t acknowledged, OpenReport& report) {
  std::unique_ptr<Database> database(new Database);
  if (options.file_system) database->env_ = rocksdb::NewCompositeEnv(options.file_system);
  rocksdb::Env* env = database->env_ ? database->env_.get() : rocksdb::Env::Default();
  const rocksdb::Options rocks = rocks_options(options, env);

  report = OpenReport{acknowledged, 0, 0, {}};
  // With nothing acknowledged there is nothing to miss, and a process killed while it made the store may have left
  // it without its families.
  if (acknowledged > 0) TRY_OK(inspect(directory, rocks, report));
  if (report.recovered < acknowledged && !options.accept_lost_tail) {
    return fail(Code::storage_failed, "R81", acknowledged, report.recovered);
  }

  rocksdb::DB* opened = nullptr;
  const auto families = families_of(rocks);
  const auto status = access == Access::read_write
                          ? rocksdb::DB::Open(rocks, directory, families, &database->families_, &opened)
                          : rocksdb::DB::OpenForReadOnly(rocks, directory, families, &database->families_, &opened);
  if (!status.ok()) return std::unexpected(error_of(status));
  database->db_.reset(opened);
  TRY_OK(find_shortened(*database, report));
  database->shortened_.insert(report.shortened.begin(), report.shortened.end());
  return database;
}

Database::~Database() {
  for (auto* family : families_) db_->DestroyColumnFamilyHandle(family);
}

Status Database::flush() {
  const auto status = db_->Flush(rocksdb::FlushOptions(), families_);
  if (!status.ok()) return std::unexpected(error_of(status));
  return {};
}

}  // namespace encuentro::storage::rocks
