#include "server/ops/backup.h"

#include <filesystem>
#include <future>
#include <map>

#include "protocol/base/limits.h"
#include "server/service/partitions.h"
#include "storage/rocksdb/backup.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/mark.h"

namespace encuentro::server::ops {
namespace {

namespace fs = std::filesystem;

// The KeyPackages that are given out once, by partition.
class SingleUse final : public storage::CheckVisitor {
 public:
  void begin(const storage::PartitionId& partition, const storage::Head&, std::uint64_t) override {
    partition_ = partition;
  }
  void record(const storage::Record& record) override {
    if (partition_.kind == service::key_package_partition(DeviceId{}).kind &&
        record.key.starts_with(service::single_use_prefix)) {
      erasures_[partition_].push_back(storage::Erase{record.key});
    }
  }
  std::map<storage::PartitionId, std::vector<storage::Write>>& erasures() { return erasures_; }

 private:
  storage::PartitionId partition_;
  std::map<storage::PartitionId, std::vector<storage::Write>> erasures_;
};

Status write(storage::RocksStore& store, const storage::PartitionId& partition, std::vector<storage::Write> writes) {
  std::promise<Result<storage::CommitResult>> answer;
  store.commit({partition, {}, std::move(writes)}, [&answer](auto result) { answer.set_value(std::move(result)); });
  TRY(const auto result, answer.get_future().get());
  return result.outcome == storage::Outcome::stored ? Status{} : fail(Code::storage_failed, "R84");
}

// KeyPackages in pieces that a change set takes; and the word that this store lacks what came after the backup.
Status mark_restored(const std::string& store, Timestamp now) {
  SingleUse single_use;
  storage::CheckReport report;
  TRY_OK(storage::check_store(store, single_use, report));
  storage::RocksStoreOptions options;
  options.directory = store;
  TRY(const auto opened, storage::RocksStore::open(std::move(options)));
  constexpr std::size_t piece = limits::change_set_keys_max / 2;
  for (auto& [partition, writes] : single_use.erasures()) {
    while (!writes.empty()) {
      const auto rest = writes.begin() + static_cast<std::ptrdiff_t>(std::min(piece, writes.size()));
      TRY_OK(write(*opened, partition, {writes.begin(), rest}));
      writes.erase(writes.begin(), rest);
    }
  }
  return write(*opened, service::roster_partition(), {service::recovering_row(now)});
}

}  // namespace

Result<CheckResult> back_up(storage::RocksStore& running, const std::string& target) {
  TRY_OK(running.copy_to(target));
  return check(target);
}

Result<CheckResult> back_up(const std::string& store, const std::string& target) {
  // Opening would make a store where there is none.
  TRY_OK(storage::rocks::Mark::read(storage::rocks::mark_path(store)));
  storage::RocksStoreOptions options;
  options.directory = store;
  TRY(const auto opened, storage::RocksStore::open(std::move(options)));
  return back_up(*opened, target);
}

Status restore(const std::string& backup, const std::string& store, Timestamp now) {
  TRY(const CheckResult checked, check(backup));
  if (!checked.storage.clean()) return fail(Code::storage_failed, "R84", 0, checked.storage.findings_count);
  std::error_code error;
  if (fs::exists(store, error)) return fail(Code::already_exists);
  // Under another name until the KeyPackages are gone, so that no server starts on it before.
  const std::string unfinished = store + ".restoring";
  fs::remove_all(unfinished, error);
  TRY_OK(storage::rocks::restore_backup(backup, unfinished, static_cast<std::uint64_t>(now.ms / 1000)));
  TRY_OK(mark_restored(unfinished, now));
  fs::rename(unfinished, store, error);
  return error ? Status(fail(Code::storage_failed, "R84")) : Status{};
}

Status end_recovery(storage::RocksStore& store) {
  return write(store, service::roster_partition(), {storage::Erase{service::recovering_key}});
}

}  // namespace encuentro::server::ops
