#include "storage/rocksdb/backup.h"

#include <thread>

#include "protocol/crypto/hash.h"
#include "storage/rocksdb/check.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/mark.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

namespace {

BlobId put_blob(RocksStore& store, const Bytes& content) {
  const BlobId id(crypto::sha256({content}).view());
  REQUIRE(await<BlobPut>([&](auto done) { store.blobs().put(id, content, std::move(done)); }));
  return id;
}

void require_clean(const std::string& directory) {
  CheckVisitor nobody;
  CheckReport report;
  REQUIRE(check_store(directory, nobody, report));
  REQUIRE(report.clean());
}

}  // namespace

TEST_CASE("R84 a backup restored holds what the store held at that moment") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 10);
  const BlobId blob = put_blob(*store, bytes("a tree"));
  REQUIRE(store->copy_to(directory.path("backup")));
  append_entries(*store, 11, 15);
  const BlobId later = put_blob(*store, bytes("later"));
  REQUIRE(await<void>([&](auto done) { store->blobs().erase(blob, std::move(done)); }));
  store.reset();

  require_clean(directory.path("backup"));
  REQUIRE(rocks::restore_backup(directory.path("backup"), directory.path("restored"), 1000));
  require_clean(directory.path("restored"));
  auto restored = opened(directory.path("restored"));
  CHECK(restored->generation() == 1000);
  require_entries(*restored, 10);
  const auto found = await<Bytes>([&](auto done) { restored->blobs().get(blob, 0, 100, std::move(done)); });
  CHECK(found == bytes("a tree"));
  CHECK_FALSE(await<Bytes>([&](auto done) { restored->blobs().get(later, 0, 100, std::move(done)); }));
  // It goes on from there; the backup stays what it is.
  append_entries(*restored, 11, 12);
  restored.reset();
  require_entries(*opened(directory.path("restored")), 12);
  require_entries(*opened(directory.path("store")), 15);
  REQUIRE(rocks::restore_backup(directory.path("backup"), directory.path("again"), 1001));
  require_entries(*opened(directory.path("again")), 10);
}

TEST_CASE("a backup is consistent while the store is written") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  std::atomic<bool> enough = false;
  std::atomic<std::uint64_t> acknowledged = 0;
  // Each entry names a blob that was put before it.
  std::jthread writer([&] {
    for (int i = 1; !enough; ++i) {
      const BlobId id = put_blob(*store, bytes("blob " + std::to_string(i)));
      stored(*store, {channel(), {}, {Append{bytes("r" + std::to_string(i)), to_bytes(id.view())}}});
      acknowledged = static_cast<std::uint64_t>(i);
    }
  });
  for (int round = 0; round < 3; ++round) {
    const std::uint64_t before = acknowledged;
    while (acknowledged < before + 20) std::this_thread::yield();
    const std::uint64_t at_least = acknowledged;
    const std::string backup = directory.path("backup" + std::to_string(round));
    REQUIRE(store->copy_to(backup));
    require_clean(backup);
    auto copy = opened(backup);
    CHECK(head(*copy, channel()).seq >= at_least);
    for (const auto& found : read_log(*copy, channel(), 1, {1000, 1 << 20}).entries) {
      REQUIRE(await<std::uint64_t>([&](auto done) { copy->blobs().size(BlobId(found.body), std::move(done)); }));
    }
  }
  enough = true;
}

TEST_CASE("R81 a backup that lost a part isn't opened as if it were whole") {
  TemporaryDirectory directory;
  {
    auto store = opened(directory.path("store"));
    append_entries(*store, 1, 10);
    REQUIRE(store->copy_to(directory.path("backup")));
  }
  const auto mark = rocks::Mark::read(rocks::mark_path(directory.path("backup")));
  REQUIRE(mark);
  CHECK(mark->sequence > 0);
  for (const auto& file : std::filesystem::directory_iterator(rocks::database_path(directory.path("backup")))) {
    if (file.path().extension() == ".sst" && std::filesystem::file_size(file.path()) > 1500) {
      std::filesystem::remove(file.path());
    }
  }
  REQUIRE(rocks::restore_backup(directory.path("backup"), directory.path("restored"), 1000));
  CHECK_FALSE(open_store(directory.path("restored")));
}

TEST_CASE("neither a backup nor a restore overwrites anything") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 2);
  REQUIRE(store->copy_to(directory.path("backup")));
  const auto before = contents(directory.path("backup"));
  CHECK(store->copy_to(directory.path("backup")).error().code == Code::already_exists);
  CHECK(contents(directory.path("backup")) == before);
  CHECK(rocks::restore_backup(directory.path("backup"), directory.path("store"), 9).error().code ==
        Code::already_exists);
  CHECK(rocks::restore_backup(directory.path("nothing"), directory.path("new"), 9).error().code == Code::not_found);
  CHECK(rocks::restore_backup(directory.path("backup"), directory.path("new"), 1).error().code == Code::bad_sequence);
  CHECK_FALSE(std::filesystem::exists(directory.path("new")));
  CHECK_FALSE(std::filesystem::exists(directory.path("new.partial")));
  require_entries(*store, 2);
}
