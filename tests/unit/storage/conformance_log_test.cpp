// One suite for every store: change sets, guards and the log.
// Tests: storage/judgement.cpp storage/rocksdb/batch.cpp storage/rocksdb/jobs.cpp storage/rocksdb/reads.cpp
#include "protocol/base/limits.h"
#include "tests/unit/storage/backend.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

TEMPLATE_TEST_CASE("an empty partition reads as empty", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  CHECK(head(backend.store(), channel()) == Head{});
  const LogPage page = read_log(backend.store(), channel());
  CHECK(page.entries.empty());
  CHECK_FALSE(page.more);
  CHECK(page.first_kept == 1);
  CHECK_FALSE(get(backend.store(), channel(), "k"));
  CHECK(scan(backend.store(), channel(), "").records.empty());
  CHECK_FALSE(find_request(backend.store(), channel(), "r"));
  CHECK_FALSE(take_one(backend.store(), channel(), "", "r"));
}

TEMPLATE_TEST_CASE("a change set is stored whole and outlives a restart", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  const Head after =
      stored(backend.store(), {channel(),
                               {HeadIs{}, KeyGone{"gone"}},
                               {entry("r1", "one"), Put{"k", bytes("v")}, SetEpoch{7}, entry("r2", "two"),
                                Put{"erased", bytes("x")}, Erase{"erased"}, Erase{"never there"}}});
  CHECK(after == Head{2, 7});
  backend.restart();
  CHECK(head(backend.store(), channel()) == Head{2, 7});
  const LogPage page = read_log(backend.store(), channel());
  REQUIRE(page.entries.size() == 2);
  CHECK(page.entries[0] == LogEntry{1, bytes("r1"), bytes("one")});
  CHECK(page.entries[1] == LogEntry{2, bytes("r2"), bytes("two")});
  CHECK(get(backend.store(), channel(), "k") == bytes("v"));
  CHECK_FALSE(get(backend.store(), channel(), "erased"));
  CHECK(find_request(backend.store(), channel(), "r1") == 1);
  CHECK(find_request(backend.store(), channel(), "r2") == 2);
}

TEMPLATE_TEST_CASE("partitions don't see each other", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  stored(backend.store(), {channel("a"), {}, {entry("r", "a"), Put{"k", bytes("a")}}});
  stored(backend.store(), {channel("ab"), {}, {entry("r", "ab"), Put{"k", bytes("ab")}}});
  stored(backend.store(), {{"cha", "b"}, {}, {Put{"k", bytes("other kind")}}});
  CHECK(read_log(backend.store(), channel("a")).entries.size() == 1);
  CHECK(read_log(backend.store(), channel("ab")).entries[0].body == bytes("ab"));
  CHECK(scan(backend.store(), channel("a"), "").records.size() == 1);
  CHECK(get(backend.store(), channel("ab"), "k") == bytes("ab"));
  CHECK(head(backend.store(), {"cha", "b"}) == Head{});
  // Bytes that look like lengths or end markers are bytes.
  const PartitionId odd{std::string("\x01\xff", 2), std::string("\0\xff\x02", 3)};
  stored(backend.store(), {odd, {}, {Put{std::string("\xff\xff", 2), bytes("odd")}}});
  CHECK(scan(backend.store(), odd, "\xff").records.size() == 1);
  CHECK(scan(backend.store(), {odd.kind, std::string("\0\xff", 2)}, "").records.empty());
}

TEMPLATE_TEST_CASE("a guard that doesn't hold refuses all of it", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  stored(backend.store(), {channel(), {}, {entry("r1", "one"), SetEpoch{3}, Put{"k", bytes("v")}}});
  const auto guard = GENERATE(Guard(HeadIs{{0, 3}}), Guard(HeadIs{{1, 2}}), Guard(HeadIs{{2, 3}}), Guard(EpochIs{2}),
                              Guard(KeyGone{"k"}), Guard(KeyHolds{"k", bytes("w")}), Guard(KeyHolds{"k", bytes("v ")}),
                              Guard(KeyHolds{"other", bytes("v")}));
  const auto result = commit(
      backend.store(),
      {channel(), {HeadIs{{1, 3}}, guard}, {entry("r2", "two"), Put{"k2", bytes("v")}, SetEpoch{4}, Erase{"k"}}});
  REQUIRE(result);
  CHECK(result->outcome == Outcome::refused);
  CHECK(result->head == Head{1, 3});
  CHECK_FALSE(result->already_at);
  CHECK(head(backend.store(), channel()) == Head{1, 3});
  CHECK(get(backend.store(), channel(), "k") == bytes("v"));
  CHECK_FALSE(get(backend.store(), channel(), "k2"));
  CHECK_FALSE(find_request(backend.store(), channel(), "r2"));
}

TEMPLATE_TEST_CASE("guards that hold let it pass", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  stored(backend.store(), {channel(), {KeyGone{"k"}}, {entry("r1", "one"), SetEpoch{3}, Put{"k", bytes("v")}}});
  const Head after =
      stored(backend.store(),
             {channel(), {HeadIs{{1, 3}}, EpochIs{3}, KeyHolds{"k", bytes("v")}, KeyGone{"k2"}}, {entry("r2", "two")}});
  CHECK(after == Head{2, 3});
}

TEMPLATE_TEST_CASE("a request id is stored once", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  stored(backend.store(), {channel(), {}, {entry("r1", "one")}});
  stored(backend.store(), {channel(), {}, {entry("r2", "two")}});
  const auto again = commit(backend.store(), {channel(), {}, {Put{"k", bytes("v")}, entry("r1", "other body")}});
  REQUIRE(again);
  CHECK(again->outcome == Outcome::refused);
  CHECK(again->already_at == 1);
  CHECK(again->head == Head{2, 0});
  CHECK_FALSE(get(backend.store(), channel(), "k"));
  CHECK(read_log(backend.store(), channel()).entries[0].body == bytes("one"));
  // In another partition it is another request.
  CHECK(stored(backend.store(), {channel("b"), {}, {entry("r1", "one")}}) == Head{1, 0});
}

TEMPLATE_TEST_CASE("a log is read page by page", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  ChangeSet change{channel(), {}, {}};
  for (int i = 1; i <= 25; ++i) change.writes.push_back(entry("r" + std::to_string(i), std::string(100, 'x')));
  stored(backend.store(), change);
  std::uint64_t next = 1;
  std::size_t pages = 0;
  for (bool more = true; more; ++pages) {
    const LogPage page = read_log(backend.store(), channel(), next, {10, 1 << 20});
    for (const auto& found : page.entries) CHECK(found.seq == next++);
    more = page.more;
  }
  CHECK(pages == 3);
  CHECK(next == 26);
  CHECK(read_log(backend.store(), channel(), 1, {100, 350}).entries.size() == 3);
  CHECK(read_log(backend.store(), channel(), 1, {100, 300}).entries.size() == 3);
  // One item however large, and the last page says that nothing follows.
  const LogPage large = read_log(backend.store(), channel(), 24, {100, 1});
  CHECK(large.entries.size() == 1);
  CHECK(large.more);
  CHECK_FALSE(read_log(backend.store(), channel(), 25, {1, 1}).more);
  CHECK(read_log(backend.store(), channel(), 26).entries.empty());
  CHECK(read_log(backend.store(), channel(), ~0ull).entries.empty());
  CHECK(read_log(backend.store(), channel(), 0).entries.size() == 25);
}

TEMPLATE_TEST_CASE("trimming removes entries but not what is known of them", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  const auto trim = [&](std::uint64_t below) {
    return await<void>([&](auto done) { backend.store().trim_log(channel(), below, std::move(done)); });
  };
  CHECK(trim(1));
  for (int i = 1; i <= 5; ++i) stored(backend.store(), {channel(), {}, {entry("r" + std::to_string(i), "x")}});
  REQUIRE(trim(4));
  REQUIRE(trim(2));  // repeating and going back are harmless
  const LogPage page = read_log(backend.store(), channel(), 1);
  CHECK(page.first_kept == 4);
  REQUIRE(page.entries.size() == 2);
  CHECK(page.entries[0].seq == 4);
  CHECK(find_request(backend.store(), channel(), "r1") == 1);
  const auto again = commit(backend.store(), {channel(), {}, {entry("r1", "x")}});
  REQUIRE(again);
  CHECK(again->already_at == 1);
  const auto too_far = trim(7);
  REQUIRE_FALSE(too_far);
  CHECK(too_far.error().code == Code::bad_sequence);
  REQUIRE(trim(6));
  backend.restart();
  CHECK(read_log(backend.store(), channel()).entries.empty());
  CHECK(stored(backend.store(), {channel(), {}, {entry("r6", "x")}}) == Head{6, 0});
  CHECK(read_log(backend.store(), channel()).entries[0].seq == 6);
}

TEMPLATE_TEST_CASE("change sets of one partition are judged in the order of the calls", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  constexpr std::uint64_t count = 200;
  std::vector<std::future<Result<CommitResult>>> answers;
  for (std::uint64_t i = 0; i < count; ++i) {
    auto promise = std::make_shared<std::promise<Result<CommitResult>>>();
    answers.push_back(promise->get_future());
    // Each relies on the one before, unanswered as yet; those of the other partition come in between.
    backend.store().commit({channel(), {HeadIs{{i, 0}}}, {entry("r" + std::to_string(i), "x")}},
                           [promise](auto result) { promise->set_value(std::move(result)); });
    backend.store().commit({channel("b"), {}, {entry("r" + std::to_string(i), "x")}}, [](auto) {});
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto result = answers[i].get();
    REQUIRE(result);
    REQUIRE(result->outcome == Outcome::stored);
    CHECK(result->head.seq == i + 1);
  }
  CHECK(stored(backend.store(), {channel("b"), {}, {entry("last", "x")}}).seq == count + 1);
}

TEMPLATE_TEST_CASE("of change sets that exclude each other one is stored", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  constexpr int rivals = 20;
  std::vector<std::future<Result<CommitResult>>> answers;
  for (int i = 0; i < rivals; ++i) {
    auto promise = std::make_shared<std::promise<Result<CommitResult>>>();
    answers.push_back(promise->get_future());
    backend.store().commit({channel(), {KeyGone{"taken"}}, {Put{"taken", bytes(std::to_string(i))}}},
                           [promise](auto result) { promise->set_value(std::move(result)); });
  }
  int winners = 0;
  for (auto& answer : answers) {
    const auto result = answer.get();
    REQUIRE(result);
    winners += result->outcome == Outcome::stored ? 1 : 0;
  }
  CHECK(winners == 1);
  CHECK(get(backend.store(), channel(), "taken") == bytes("0"));
}
