#include "server/host/store_commands.h"

#include "protocol/crypto/system_random.h"
#include "server/host/gateway.h"
#include "server/host/work_queue.h"
#include "storage/rocksdb/backup.h"
#include "storage/rocksdb/check.h"
#include "storage/rocksdb/mark.h"

namespace encuentro::server::host {

namespace {

std::filesystem::path store_in(const std::filesystem::path& data) { return data / "store"; }

std::string sentence(const char* what, const Error& error) {
  std::string text = std::string(what) + ": " + std::string(name(error.code));
  if (*error.rule != '\0') text += std::string(" (") + error.rule + ")";
  if (error.expected != 0 || error.got != 0) {
    text += ", expected " + std::to_string(error.expected) + ", got " + std::to_string(error.got);
  }
  return text;
}

}  // namespace

std::expected<std::unique_ptr<storage::RocksStore>, std::string> open_store(const std::filesystem::path& data) {
  std::error_code failed;
  std::filesystem::create_directories(data, failed);
  if (failed) return std::unexpected("can't make " + data.string() + ": " + failed.message());
  storage::RocksStoreOptions options;
  options.directory = store_in(data).string();
  auto store = storage::RocksStore::open(std::move(options));
  if (!store) {
    if (store.error().code == Code::locked) return std::unexpected("another process holds " + data.string());
    return std::unexpected(sentence("the data can't be opened", store.error()));
  }
  return std::move(*store);
}

std::expected<void, std::string> backup(const std::filesystem::path& data, const std::filesystem::path& target) {
  if (!std::filesystem::exists(store_in(data))) return std::unexpected("no data in " + data.string());
  auto store = open_store(data);
  if (!store) return std::unexpected(store.error());
  auto copied = (*store)->copy_to(target.string());
  if (!copied) return std::unexpected(sentence("the backup failed", copied.error()));
  return {};
}

std::expected<void, std::string> restore(const std::filesystem::path& source, const std::filesystem::path& data) {
  std::error_code failed;
  std::filesystem::create_directories(data, failed);
  if (failed) return std::unexpected("can't make " + data.string() + ": " + failed.message());
  auto mark = storage::rocks::Mark::read((source / "acknowledged").string());
  if (!mark) return std::unexpected(sentence("no backup can be read there", mark.error()));
  auto restored = storage::rocks::restore_backup(source.string(), store_in(data).string(), mark->generation + 1);
  if (!restored) return std::unexpected(sentence("the restore failed", restored.error()));
  return {};
}

namespace {

// Rows, request ids and blobs, before anybody asks what they mean.
std::expected<std::uint64_t, std::string> check_rows(const std::filesystem::path& data) {
  storage::CheckVisitor nobody;
  storage::CheckReport report;
  auto walked = storage::check_store(store_in(data).string(), nobody, report);
  if (!walked) return std::unexpected(sentence("the data can't be read to its end", walked.error()));
  if (report.clean()) return report.blobs;
  const storage::Finding& first = report.findings.front();
  return std::unexpected(std::to_string(report.findings_count) + " findings, the first: " +
                         std::string(storage::name(first.what)) + " in " + first.partition.kind + ", entry " +
                         std::to_string(first.seq) + (first.blob.empty() ? "" : ", blob " + first.blob));
}

}  // namespace

std::expected<CheckReport, std::string> check(const std::filesystem::path& data) {
  if (!std::filesystem::exists(store_in(data))) return std::unexpected("no data in " + data.string());
  auto blobs = check_rows(data);
  if (!blobs) return std::unexpected(blobs.error());
  auto store = open_store(data);
  if (!store) return std::unexpected(store.error());
  WorkQueue queue;
  crypto::SystemRandom random;
  Gateway nobody;
  service::Ports ports{**store,
                       (*store)->blobs(),
                       random,
                       nobody,
                       [&queue](std::move_only_function<void()> work) { queue.post(std::move(work)); },
                       [] { return Timestamp{}; }};
  service::Service service(ports, {});
  std::optional<Result<void>> loaded;
  service.load([&loaded](Result<void> result) { loaded = std::move(result); });
  Result<void> result = queue.run_until(loaded);
  if (!result) return std::unexpected(sentence("the data is damaged", result.error()));
  return CheckReport{service.roster_entries(), service.channel_count(), service.channel_entries(), *blobs};
}

}  // namespace encuentro::server::host
