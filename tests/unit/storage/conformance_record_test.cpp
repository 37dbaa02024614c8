// One suite for every store: records, takes, blobs, hints and limits.
// Tests: storage/admission.cpp storage/local_feed.cpp storage/rocksdb/worker_pool.cpp
#include "protocol/base/limits.h"
#include "tests/unit/storage/backend.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

namespace {

std::vector<std::string> keys(const RecordPage& page) {
  std::vector<std::string> found;
  for (const auto& record : page.records) found.push_back(record.key);
  return found;
}

BlobId blob_id(std::uint8_t first) {
  std::array<std::uint8_t, 32> value{first, 1, 2, 3};
  return BlobId(value);
}

Code code_of(PartitionStore& store, ChangeSet change) {
  const auto result = commit(store, std::move(change));
  return result ? Code::none : result.error().code;
}

}  // namespace

TEMPLATE_TEST_CASE("records are scanned by prefix, in byte order, page by page", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  PartitionStore& store = backend.store();
  ChangeSet change{channel(), {}, {}};
  for (const char* key : {"m/c", "m/a", "m/b", "m", "m0", "n/a", "\xff", "\xff\xff"}) {
    change.writes.push_back(Put{key, bytes("12345")});
  }
  stored(store, change);
  CHECK(keys(scan(store, channel(), "m/")) == std::vector<std::string>{"m/a", "m/b", "m/c"});
  CHECK(keys(scan(store, channel(), "m/", "m/a")) == std::vector<std::string>{"m/b", "m/c"});
  CHECK(keys(scan(store, channel(), "m/", "m/aa")) == std::vector<std::string>{"m/b", "m/c"});
  CHECK(keys(scan(store, channel(), "m/", "m/c")).empty());
  CHECK(keys(scan(store, channel(), "m/", "z")).empty());
  CHECK(keys(scan(store, channel(), "m/", "a")) == std::vector<std::string>{"m/a", "m/b", "m/c"});
  CHECK(keys(scan(store, channel(), "m", "m")).size() == 4);
  CHECK(keys(scan(store, channel(), "\xff")) == std::vector<std::string>{"\xff", "\xff\xff"});
  CHECK(keys(scan(store, channel(), "")).size() == 8);
  CHECK(keys(scan(store, channel(), "x")).empty());

  const RecordPage first = scan(store, channel(), "m/", "", {2, 1 << 20});
  CHECK(keys(first) == std::vector<std::string>{"m/a", "m/b"});
  CHECK(first.more);
  const RecordPage second = scan(store, channel(), "m/", first.records.back().key, {2, 1 << 20});
  CHECK(keys(second) == std::vector<std::string>{"m/c"});
  CHECK_FALSE(second.more);
  CHECK(scan(store, channel(), "m/", "", {3, 1 << 20}).more == false);
  CHECK(keys(scan(store, channel(), "m/", "", {9, 10})).size() == 2);
  CHECK(keys(scan(store, channel(), "m/", "", {9, 1})).size() == 1);
}

TEMPLATE_TEST_CASE("a record is taken once, and again only by the same request", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  const PartitionId pool{"kp", "device"};
  stored(backend.store(), {pool, {}, {Put{"kp/1", bytes("one")}, Put{"kp/2", bytes("two")}, Put{"last", bytes("l")}}});
  const auto first = take_one(backend.store(), pool, "kp/", "request a");
  REQUIRE(first);
  CHECK(*first == Record{"kp/1", bytes("one")});
  CHECK_FALSE(get(backend.store(), pool, "kp/1"));
  CHECK(take_one(backend.store(), pool, "kp/", "request a") == first);
  const auto second = take_one(backend.store(), pool, "kp/", "request b");
  REQUIRE(second);
  CHECK(second->key == "kp/2");
  CHECK_FALSE(take_one(backend.store(), pool, "kp/", "request c"));
  // That nothing was left isn't remembered; what was taken is.
  stored(backend.store(), {pool, {}, {Put{"kp/1", bytes("one more")}}});
  CHECK(take_one(backend.store(), pool, "kp/", "request c") == Record{"kp/1", bytes("one more")});
  backend.restart();
  CHECK(take_one(backend.store(), pool, "kp/", "request a") == first);
  CHECK(take_one(backend.store(), pool, "kp/", "request b") == second);
  CHECK(get(backend.store(), pool, "last") == bytes("l"));
  // An Append may carry the id of a take.
  CHECK_FALSE(find_request(backend.store(), pool, "request a"));
  CHECK(stored(backend.store(), {pool, {}, {entry("request a", "x")}}) == Head{1, 0});
}

TEMPLATE_TEST_CASE("takers that come together get different records", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  ChangeSet fill{channel(), {}, {}};
  for (int i = 0; i < 50; ++i) fill.writes.push_back(Put{"k" + std::to_string(i), bytes("v")});
  stored(backend.store(), fill);
  std::vector<std::future<Result<std::optional<Record>>>> answers;
  for (int i = 0; i < 60; ++i) {
    auto promise = std::make_shared<std::promise<Result<std::optional<Record>>>>();
    answers.push_back(promise->get_future());
    backend.store().take_one(channel(), "k", bytes("r" + std::to_string(i)),
                             [promise](auto result) { promise->set_value(std::move(result)); });
  }
  std::set<std::string> taken;
  for (auto& answer : answers) {
    const auto result = answer.get();
    REQUIRE(result);
    if (*result) CHECK(taken.insert((*result)->key).second);
  }
  CHECK(taken.size() == 50);
  CHECK(scan(backend.store(), channel(), "k").records.empty());
}

TEMPLATE_TEST_CASE("blobs are put, read in parts and erased", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  const auto put = [&](BlobId id, Bytes content) {
    return await<BlobPut>([&](auto done) { backend.blobs().put(id, std::move(content), std::move(done)); });
  };
  const auto read = [&](BlobId id, std::uint64_t offset, std::uint64_t length) {
    return await<Bytes>([&](auto done) { backend.blobs().get(id, offset, length, std::move(done)); });
  };
  CHECK(put(blob_id(1), bytes("0123456789")) == BlobPut::written);
  CHECK(put(blob_id(1), bytes("0123456789")) == BlobPut::already_there);
  CHECK(put(blob_id(2), Bytes(limits::blob_bytes_max, 7)) == BlobPut::written);
  backend.restart();
  CHECK(read(blob_id(1), 0, 100) == bytes("0123456789"));
  CHECK(read(blob_id(1), 3, 4) == bytes("3456"));
  CHECK(read(blob_id(1), 8, 4) == bytes("89"));
  CHECK(read(blob_id(1), 10, 4) == Bytes{});
  CHECK(read(blob_id(1), ~0ull, ~0ull) == Bytes{});
  CHECK(read(blob_id(2), 0, ~0ull) == Bytes(limits::blob_bytes_max, 7));
  CHECK(await<std::uint64_t>([&](auto done) { backend.blobs().size(blob_id(1), std::move(done)); }) == 10u);
  const auto absent = read(blob_id(3), 0, 1);
  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == Code::not_found);
  const auto no_size = await<std::uint64_t>([&](auto done) { backend.blobs().size(blob_id(3), std::move(done)); });
  REQUIRE_FALSE(no_size);
  CHECK(no_size.error().code == Code::not_found);
  CHECK(await<void>([&](auto done) { backend.blobs().erase(blob_id(1), std::move(done)); }));
  CHECK(await<void>([&](auto done) { backend.blobs().erase(blob_id(1), std::move(done)); }));
  CHECK_FALSE(read(blob_id(1), 0, 1));
  CHECK(put(blob_id(1), bytes("again")) == BlobPut::written);
  CHECK(put(blob_id(4), {}).error().code == Code::malformed);
  CHECK(put(blob_id(4), Bytes(limits::blob_bytes_max + 1, 7)).error().code == Code::too_large);
}

TEMPLATE_TEST_CASE("listeners hear of appended entries that are readable", "[conformance]", MemoryBackend,
                   RocksBackend) {
  TestType backend;
  std::mutex mutex;
  std::condition_variable heard;
  std::vector<Hint> hints;
  int gaps = 0;
  auto listening = backend.feed().listen(
      [&](const Hint& hint) {
        const std::scoped_lock lock(mutex);
        hints.push_back(hint);
        heard.notify_one();
      },
      [&] { ++gaps; });
  stored(backend.store(), {channel(), {}, {Put{"k", bytes("no news")}}});
  stored(backend.store(), {channel(), {}, {entry("r1", "x"), entry("r2", "x")}});
  {
    std::unique_lock lock(mutex);
    REQUIRE(heard.wait_for(lock, std::chrono::seconds(30), [&] { return !hints.empty(); }));
    REQUIRE(hints.size() == 1);
    CHECK(hints[0].partition == channel());
    CHECK(hints[0].seq == 2);
  }
  CHECK(read_log(backend.store(), channel(), 2).entries.size() == 1);
  listening.reset();
  stored(backend.store(), {channel(), {}, {entry("r3", "x")}});
  // The next change set's answer comes after the hints of this one would have.
  stored(backend.store(), {channel(), {}, {entry("r4", "x")}});
  CHECK(hints.size() == 1);
  CHECK(gaps == 0);
}

TEMPLATE_TEST_CASE("what the narrowest engine wouldn't take is refused", "[conformance]", MemoryBackend, RocksBackend) {
  TestType backend;
  PartitionStore& store = backend.store();
  const Bytes largest(limits::store_value_bytes_max, 1);
  const Bytes too_large(limits::store_value_bytes_max + 1, 1);
  CHECK(code_of(store, {channel(), {}, {Append{bytes("r"), largest}, Put{"k", largest}}}) == Code::none);
  CHECK(code_of(store, {channel(), {}, {Append{bytes("s"), too_large}}}) == Code::too_large);
  CHECK(code_of(store, {channel(), {}, {Put{"k", too_large}}}) == Code::too_large);
  CHECK(code_of(store, {channel(), {}, {Put{"k", {}}}}) == Code::malformed);
  CHECK(code_of(store, {channel(), {}, {}}) == Code::malformed);

  ChangeSet many{channel(), {}, {}};
  for (std::size_t i = 1; i < limits::change_set_keys_max; ++i) many.writes.push_back(Erase{std::to_string(i)});
  CHECK(code_of(store, many) == Code::none);
  many.writes.push_back(Erase{"one more"});
  CHECK(code_of(store, many) == Code::too_large);

  ChangeSet heavy{channel(), {}, {}};
  for (std::size_t i = 0; i < limits::change_set_bytes_max / largest.size(); ++i) {
    heavy.writes.push_back(Put{std::to_string(i), largest});
  }
  CHECK(code_of(store, heavy) == Code::too_large);
  heavy.writes.pop_back();
  CHECK(code_of(store, heavy) == Code::none);

  const auto page = await<RecordPage>(
      [&](auto done) { store.scan(channel(), "", "", {limits::store_page_items_max + 1, 1}, std::move(done)); });
  REQUIRE_FALSE(page);
  CHECK(page.error().code == Code::too_large);
  const auto unnamed = await<Head>([&](auto done) { store.head({"", "id"}, std::move(done)); });
  REQUIRE_FALSE(unnamed);
  CHECK(unnamed.error().code == Code::malformed);
  const std::string long_key(limits::store_key_bytes_max + 1, 'k');
  CHECK_FALSE(await<std::optional<Bytes>>([&](auto done) { store.get(channel(), long_key, std::move(done)); }));
  CHECK_FALSE(await<std::optional<Record>>([&](auto done) { store.take_one(channel(), "", {}, std::move(done)); }));
}
