#include "server/host/store_commands.h"

#include "protocol/crypto/system_random.h"
#include "server/host/backup_door.h"
#include "server/host/gateway.h"
#include "server/host/work_queue.h"
#include "server/ops/backup.h"

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
  auto made = ops::back_up(store_in(data).string(), target.string());
  if (!made && made.error().code == Code::locked) {
    if (auto asked = ask_for_backup(data, target); !asked) return asked;
    made = ops::check(target.string());
  }
  if (!made) return std::unexpected(sentence("the backup failed", made.error()));
  if (!made->storage.clean()) return std::unexpected("the data is damaged:\n" + ops::describe(*made));
  return {};
}

std::expected<void, std::string> restore(const std::filesystem::path& source, const std::filesystem::path& data,
                                         Timestamp now) {
  std::error_code failed;
  std::filesystem::create_directories(data, failed);
  if (failed) return std::unexpected("can't make " + data.string() + ": " + failed.message());
  auto restored = ops::restore(source.string(), store_in(data).string(), now);
  if (!restored) return std::unexpected(sentence("the restore failed", restored.error()));
  return {};
}

std::expected<void, std::string> recovered(const std::filesystem::path& data) {
  if (!std::filesystem::exists(store_in(data))) return std::unexpected("no data in " + data.string());
  storage::RocksStoreOptions options;
  options.directory = store_in(data).string();
  auto store = storage::RocksStore::open(std::move(options));
  if (!store && store.error().code == Code::locked) return tell_recovered(data);
  if (!store) return std::unexpected(sentence("the data can't be opened", store.error()));
  if (auto ended = ops::end_recovery(**store); !ended) {
    return std::unexpected(sentence("the data can't be written", ended.error()));
  }
  return {};
}

std::expected<CheckReport, std::string> check(const std::filesystem::path& data) {
  if (!std::filesystem::exists(store_in(data))) return std::unexpected("no data in " + data.string());
  auto walked = ops::check(store_in(data).string());
  if (!walked) return std::unexpected(sentence("the data can't be read", walked.error()));
  if (!walked->storage.clean()) return std::unexpected("the data is damaged:\n" + ops::describe(*walked));
  // What the rows mean together (groups, policies) the service judges as it does at its start.
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
  return CheckReport{service.roster_entries(), service.channel_count(), service.channel_entries(),
                     walked->storage.blobs};
}

}  // namespace encuentro::server::host
