// R80: nothing is acknowledged that isn't on disk, and after a failure the store goes on by itself.
#include "storage/rocksdb/committer.h"

#include <thread>

#include "tests/unit/storage/rocksdb/faulty_disk.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

namespace {

// A store on a faulty disk that notes how it is.
struct FaultyStore {
  explicit FaultyStore(const std::string& directory) {
    store = opened(directory, [this](RocksStoreOptions& options) {
      options.database.file_system = disk;
      options.on_health = [this](Code health) {
        const std::scoped_lock lock(mutex);
        told.push_back(health);
        changed.notify_all();
      };
    });
  }
  // Waits until health was told `times` times in all, and returns what was told last.
  Code wait_for_health(std::size_t times) {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, std::chrono::seconds(30), [&] { return told.size() >= times; }));
    return told.back();
  }

  std::shared_ptr<FaultyDisk> disk = std::make_shared<FaultyDisk>();
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Code> told;
  std::unique_ptr<RocksStore> store;
};

Code error_of_commit(PartitionStore& store, ChangeSet change) {
  const auto result = commit(store, std::move(change));
  return result ? Code::none : result.error().code;
}

}  // namespace

TEST_CASE("R80 after a failed sync nothing is acknowledged until the disk is well again") {
  const auto fault = GENERATE(FaultyDisk::Fault::io_error, FaultyDisk::Fault::no_space);
  const Code expected = fault == FaultyDisk::Fault::no_space ? Code::storage_full : Code::storage_failed;
  TemporaryDirectory directory;
  FaultyStore faulty(directory.path("store"));
  append_entries(*faulty.store, 1, 5);

  faulty.disk->fail_sync_from(1, fault);
  const auto undecided = commit(*faulty.store, {channel(), {}, {entry("in doubt", "x")}});
  REQUIRE(undecided);
  CHECK(undecided->outcome == Outcome::undecided);
  CHECK(faulty.wait_for_health(1) == expected);
  CHECK(faulty.store->health() == expected);
  CHECK(error_of_commit(*faulty.store, {channel(), {}, {entry("later", "x")}}) == expected);
  const auto take = await<std::optional<Record>>(
      [&](auto done) { faulty.store->take_one(channel(), "", bytes("t"), std::move(done)); });
  REQUIRE_FALSE(take);
  CHECK(take.error().code == expected);
  const auto trim = await<void>([&](auto done) { faulty.store->trim_log(channel(), 2, std::move(done)); });
  REQUIRE_FALSE(trim);
  CHECK(trim.error().code == expected);
  // Reading goes on, before and after attempts to open anew.
  require_entries(*faulty.store, 5);

  faulty.disk->heal();
  CHECK(faulty.wait_for_health(2) == Code::none);
  CHECK_FALSE(find_request(*faulty.store, channel(), "later"));
  // What was in doubt is there or not; its request id tells.
  const auto known = find_request(*faulty.store, channel(), "in doubt");
  const Head now = head(*faulty.store, channel());
  CHECK(now.seq == (known ? 6 : 5));
  CHECK(stored(*faulty.store, {channel(), {HeadIs{now}}, {entry("after", "x")}}).seq == now.seq + 1);
}

TEST_CASE("R80 a refusal that was judged beside a lost write is an error, not a refusal") {
  TemporaryDirectory directory;
  FaultyStore faulty(directory.path("store"));
  // Both in one batch: the committer is held inside the callback of a first one.
  std::promise<void> held;
  std::promise<void> queued;
  faulty.store->commit({channel("other"), {}, {entry("r", "x")}}, [&](auto) {
    held.set_value();
    queued.get_future().wait();
  });
  held.get_future().wait();
  std::promise<Result<CommitResult>> first;
  std::promise<Result<CommitResult>> second;
  faulty.store->commit({channel(), {KeyGone{"k"}}, {Put{"k", bytes("1")}}},
                       [&](auto result) { first.set_value(std::move(result)); });
  faulty.store->commit({channel(), {KeyGone{"k"}}, {Put{"k", bytes("2")}}},
                       [&](auto result) { second.set_value(std::move(result)); });
  faulty.disk->fail_from(1, FaultyDisk::Fault::io_error);
  queued.set_value();
  const auto lost = first.get_future().get();
  REQUIRE(lost);
  CHECK(lost->outcome == Outcome::undecided);
  const auto refused = second.get_future().get();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage_failed);
}

TEST_CASE("R80 below the reserve nothing is written, above it everything goes on") {
  TemporaryDirectory directory;
  FaultyStore faulty(directory.path("store"));
  append_entries(*faulty.store, 1, 3);
  faulty.disk->set_free_bytes((64 << 20) - 1);
  CHECK(error_of_commit(*faulty.store, {channel(), {}, {entry("r4", "x")}}) == Code::storage_full);
  CHECK(faulty.wait_for_health(1) == Code::storage_full);
  require_entries(*faulty.store, 3);
  // Blobs leave twice as much.
  faulty.disk->set_free_bytes(100 << 20);
  CHECK(faulty.wait_for_health(2) == Code::none);
  append_entries(*faulty.store, 4, 4);
  const auto blob =
      await<BlobPut>([&](auto done) { faulty.store->blobs().put(BlobId{}, bytes("x"), std::move(done)); });
  REQUIRE_FALSE(blob);
  CHECK(blob.error().code == Code::storage_full);
  faulty.disk->set_free_bytes(200 << 20);
  CHECK(await<BlobPut>([&](auto done) { faulty.store->blobs().put(BlobId{}, bytes("x"), std::move(done)); }));
  require_entries(*faulty.store, 4);
}

TEST_CASE("R80 after a power failure at any moment everything acknowledged is there") {
  // The scenario is repeated with a fault at its first, second, third ... changing call, until it meets none.
  for (std::size_t fault_at = 1;; ++fault_at) {
    TemporaryDirectory directory;
    int acknowledged = 0;
    bool met_fault = false;
    auto disk = std::make_shared<FaultyDisk>();
    const auto options = [&](RocksStoreOptions& changed) {
      changed.database.file_system = disk;
      changed.database.write_buffer_bytes = 64 << 10;  // so that memory tables are written out on the way
      changed.retry_ms = 1'000'000;
    };
    if (auto store = open_store(directory.path("store"), options)) {
      disk->fail_from(fault_at, FaultyDisk::Fault::io_error);
      for (int i = 1; i <= 9; ++i) {
        const auto result =
            commit(**store, {channel(), {}, {entry("r" + std::to_string(i), std::string(20'000, 'x'))}});
        if (result && result->outcome == Outcome::stored) acknowledged = i;
      }
      met_fault = disk->failed();
    }
    disk->lose_power();
    disk->heal();
    auto store = opened(directory.path("store"), options);
    const LogPage page = read_log(*store, channel());
    // At most the one in doubt is there beside what was acknowledged; nothing is missing, double or out of order.
    REQUIRE(page.entries.size() >= static_cast<std::size_t>(acknowledged));
    REQUIRE(page.entries.size() <= static_cast<std::size_t>(acknowledged) + 1);
    for (std::size_t i = 0; i < page.entries.size(); ++i) {
      REQUIRE(page.entries[i].request_id == bytes("r" + std::to_string(i + 1)));
    }
    if (!met_fault) {
      CHECK(acknowledged == 9);
      CHECK(fault_at > 20);
      break;
    }
  }
}

TEST_CASE("change sets of many callers share a sync") {
  TemporaryDirectory directory;
  FaultyStore faulty(directory.path("store"));
  // All that is queued while the committer is held goes in one batch: one failing sync leaves all of it in doubt.
  std::promise<void> held;
  std::promise<void> queued;
  faulty.store->commit({channel(), {}, {entry("first", "x")}}, [&](auto) {
    held.set_value();
    queued.get_future().wait();
  });
  held.get_future().wait();
  std::vector<std::future<Result<CommitResult>>> answers;
  for (int i = 0; i < 100; ++i) {
    auto promise = std::make_shared<std::promise<Result<CommitResult>>>();
    answers.push_back(promise->get_future());
    faulty.store->commit({channel(std::to_string(i)), {}, {entry("r", "x")}},
                         [promise](auto result) { promise->set_value(std::move(result)); });
  }
  faulty.disk->fail_sync_from(2, FaultyDisk::Fault::io_error);  // a second one would fail
  queued.set_value();
  for (auto& answer : answers) {
    const auto result = answer.get();
    REQUIRE(result);
    REQUIRE(result->outcome == Outcome::stored);
  }
  faulty.disk->heal();
}

TEST_CASE("a queue that is full refuses at once") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"), [](RocksStoreOptions& options) { options.queue_bytes_max = 10'000; });
  std::promise<void> held;
  std::promise<void> go_on;
  store->commit({channel(), {}, {entry("first", "x")}}, [&](auto) {
    held.set_value();
    go_on.get_future().wait();
  });
  held.get_future().wait();
  std::vector<Code> refused;
  std::vector<std::future<Code>> answers;
  for (int i = 0; i < 20; ++i) {
    auto promise = std::make_shared<std::promise<Code>>();
    answers.push_back(promise->get_future());
    store->commit({channel(), {}, {entry("r" + std::to_string(i), std::string(1000, 'x'))}},
                  [promise](auto result) { promise->set_value(result ? Code::none : result.error().code); });
    if (answers.back().wait_for(std::chrono::seconds(0)) == std::future_status::ready) {
      refused.push_back(answers.back().get());
    }
  }
  CHECK(refused.size() > 10);
  CHECK(std::count(refused.begin(), refused.end(), Code::overloaded) == static_cast<int>(refused.size()));
  go_on.set_value();
  CHECK(stored(*store, {channel(), {}, {entry("last", "x")}}).seq == 1 + 20 - refused.size() + 1);
}

TEST_CASE("what was asked before the end is answered") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  std::atomic<int> answered = 0;
  for (int i = 0; i < 50; ++i) {
    store->commit({channel(), {}, {entry("r" + std::to_string(i), "x")}},
                  [&](auto result) { answered += result && result->outcome == Outcome::stored ? 1 : 0; });
    store->head(channel(), [&](auto result) { answered += result ? 1 : 0; });
  }
  store.reset();
  CHECK(answered == 100);
  CHECK(head(*opened(directory.path("store")), channel()).seq == 50);
}
