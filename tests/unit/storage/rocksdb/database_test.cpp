// R81: what was acknowledged is there or the store doesn't open; what nobody was promised doesn't keep it closed.
#include "storage/rocksdb/database.h"

#include <fstream>

#include "storage/rocksdb/keys.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/mark.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;
namespace fs = std::filesystem;

namespace {

// Requires that the store in `directory` doesn't open for want of acknowledged entries, and that nothing changed.
void require_refused(const std::string& directory) {
  const auto before = contents(directory);
  const auto store = open_store(directory);
  REQUIRE_FALSE(store);
  CHECK(store.error().code == Code::storage_failed);
  CHECK(contents(directory) == before);
}

}  // namespace

TEST_CASE("a store killed between two writes opens with everything acknowledged") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 20);
  copy_live(directory.path("store"), directory.path("killed"));
  auto killed = opened(directory.path("killed"));
  CHECK(killed->report().acknowledged > 0);
  CHECK(killed->report().recovered == killed->report().acknowledged);
  CHECK(killed->report().dropped_bytes == 0);
  require_entries(*killed, 20);
  append_entries(*killed, 21, 22);
  killed.reset();
  require_entries(*opened(directory.path("killed")), 22);
}

TEST_CASE("R81 a log cut short of what was acknowledged is refused") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 20);
  const auto cut = GENERATE(1u, 8u, 200u, 1000u, 5000u);
  copy_live(directory.path("store"), directory.path("cut"));
  cut_file(log_files(directory.path("cut")).at(0), cut);
  require_refused(directory.path("cut"));
  const auto refused = open_store(directory.path("cut"));
  CHECK(std::string_view(refused.error().rule) == "R81");
  CHECK(refused.error().got < refused.error().expected);
}

TEST_CASE("R81 the operator may accept that the tail is lost, once") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 20);
  CHECK(store->generation() == 1);
  copy_live(directory.path("store"), directory.path("cut"));
  cut_file(log_files(directory.path("cut")).at(0), 1);
  const auto accept = [](RocksStoreOptions& options) { options.database.accept_lost_tail = true; };
  auto accepted = opened(directory.path("cut"), accept);
  CHECK(accepted->report().recovered < accepted->report().acknowledged);
  CHECK(accepted->report().dropped_bytes > 0);
  CHECK(accepted->generation() == 2);
  require_entries(*accepted, 19);
  append_entries(*accepted, 20, 25);
  accepted.reset();
  auto again = opened(directory.path("cut"));
  CHECK(again->generation() == 2);
  require_entries(*again, 25);
}

TEST_CASE("a torn tail that wasn't acknowledged doesn't keep the store closed") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 10);
  copy_live(directory.path("store"), directory.path("before"));
  append_entries(*store, 11, 11);
  copy_live(directory.path("store"), directory.path("after"));
  const auto log_before = fs::file_size(log_files(directory.path("before")).at(0));
  const auto log_after = fs::file_size(log_files(directory.path("after")).at(0));
  REQUIRE(log_after > log_before + 200);

  // The mark says ten were acknowledged; of the eleventh some bytes had reached the file.
  fs::copy_file(directory.path("before/acknowledged"), directory.path("after/acknowledged"),
                fs::copy_options::overwrite_existing);
  for (std::uint64_t cut = 1; cut <= log_after - log_before; cut += 13) {
    copy_live(directory.path("after"), directory.path("torn"));
    cut_file(log_files(directory.path("torn")).at(0), cut);
    auto torn = opened(directory.path("torn"));
    require_entries(*torn, 10);
    append_entries(*torn, 11, 12);
    torn.reset();
    require_entries(*opened(directory.path("torn")), 12);
  }
  // Or all its bytes with one wrong: dropped, and said so.
  copy_live(directory.path("after"), directory.path("torn"));
  flip_byte(log_files(directory.path("torn")).at(0), log_after - 5);
  auto torn = opened(directory.path("torn"));
  CHECK(torn->report().dropped_bytes > 0);
  require_entries(*torn, 10);
  torn.reset();
  // Or all of them: the caller never heard, and finds it by its request id.
  auto whole = opened(directory.path("after"));
  require_entries(*whole, 11);
  CHECK(find_request(*whole, channel(), "r11") == 11);
}

TEST_CASE("R81 damage in the middle of the log is refused, wherever it is") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 20);
  const auto where = GENERATE(10u, 300u, 2000u, 4000u);
  copy_live(directory.path("store"), directory.path("damaged"));
  flip_byte(log_files(directory.path("damaged")).at(0), where);
  require_refused(directory.path("damaged"));
}

TEST_CASE("R81 a missing or shortened log file among several is refused") {
  TemporaryDirectory directory;
  const auto small = [](RocksStoreOptions& options) { options.database.write_buffer_bytes = 64 << 10; };
  auto store = opened(directory.path("store"), small);
  // One family's memory table fills and is written out; the older logs stay for the others' sake.
  for (int i = 1; log_files(directory.path("store")).size() < 3; ++i) {
    REQUIRE(i < 2000);
    append_entries(*store, i, i);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    copy_live(directory.path("store"), directory.path("damaged"));
    const std::string log = log_files(directory.path("damaged")).at(i);
    const bool current = i == log_files(directory.path("damaged")).size() - 1;
    if (!current || fs::file_size(log) > 0) {
      cut_file(log, std::min<std::uint64_t>(fs::file_size(log), 100));
      require_refused(directory.path("damaged"));
      fs::remove(log);
      require_refused(directory.path("damaged"));
    }
  }
  copy_live(directory.path("store"), directory.path("whole"));
  CHECK(open_store(directory.path("whole")));
}

TEST_CASE("R81 a database without its mark, or behind a damaged one, is refused") {
  TemporaryDirectory directory;
  {
    auto store = opened(directory.path("store"));
    append_entries(*store, 1, 3);
  }
  const std::string mark = rocks::mark_path(directory.path("store"));
  const auto saved = contents(directory.path("store")).at(mark);
  fs::remove(mark);
  require_refused(directory.path("store"));
  std::ofstream(mark, std::ios::binary) << std::string(1024, '\0');
  require_refused(directory.path("store"));
  std::ofstream(mark, std::ios::binary) << saved;
  require_entries(*opened(directory.path("store")), 3);
}

TEST_CASE("R81 a log whose last entry is missing isn't served, the others are") {
  TemporaryDirectory directory;
  {
    auto store = opened(directory.path("store"));
    append_entries(*store, 1, 3);
    stored(*store, {channel("whole"), {}, {entry("r1", "x")}});
  }
  {
    rocks::OpenReport report;
    auto database = rocks::Database::open(rocks::database_path(directory.path("store")), {},
                                          rocks::Database::Access::read_write, 1, report);
    REQUIRE(database);
    CHECK(report.shortened.empty());
    REQUIRE((*database)->db().Delete({}, (*database)->log(), rocks::log_key(channel(), 3)).ok());
  }
  auto store = opened(directory.path("store"));
  CHECK(store->report().shortened == std::vector{channel()});
  const auto refused_head = await<Head>([&](auto done) { store->head(channel(), std::move(done)); });
  REQUIRE_FALSE(refused_head);
  CHECK(refused_head.error().code == Code::storage_failed);
  const auto refused = commit(*store, {channel(), {}, {entry("r4", "x")}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage_failed);
  CHECK_FALSE(await<LogPage>([&](auto done) { store->read_log(channel(), 1, {}, std::move(done)); }));
  CHECK_FALSE(await<RecordPage>([&](auto done) { store->scan(channel(), "", "", {}, std::move(done)); }));
  CHECK(store->health() == Code::none);
  CHECK(stored(*store, {channel("whole"), {}, {entry("r2", "x")}}).seq == 2);
}

TEST_CASE("one process at a time holds a store") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"));
  const auto second = open_store(directory.path("store"));
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::locked);
  append_entries(*store, 1, 2);
}

TEST_CASE("a store whose making was interrupted is made again") {
  TemporaryDirectory directory;
  fs::create_directories(directory.path("store"));
  REQUIRE(rocks::Mark::create(rocks::mark_path(directory.path("store")), {}));
  append_entries(*opened(directory.path("store")), 1, 2);
}
