// What only the store in memory can do: forget, fail on demand, leave in doubt.
#include "storage/memory/memory_store.h"

#include "tests/unit/storage/backend.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

TEST_CASE("what isn't synced is neither answered nor seen, and a crash forgets it") {
  MemoryStore store(Syncing::by_hand);
  int answered = 0;
  for (int i = 1; i <= 3; ++i) {
    store.commit({channel(), {}, {entry("r" + std::to_string(i), "x")}}, [&](auto) { ++answered; });
  }
  CHECK(store.waiting() == 3);
  CHECK(head(store, channel()).seq == 0);
  store.sync();
  CHECK(answered == 3);
  CHECK(head(store, channel()).seq == 3);
  store.commit({channel(), {}, {entry("r4", "x")}}, [&](auto) { ++answered; });
  store.put(BlobId{}, bytes("x"), [&](auto) { ++answered; });
  store.take_one(channel(), "", bytes("t"), [&](auto) { ++answered; });
  store.crash();
  store.sync();
  CHECK(answered == 3);
  CHECK(head(store, channel()).seq == 3);
  CHECK_FALSE(await<Bytes>([&](auto done) { store.get(BlobId{}, 0, 1, std::move(done)); }));
}

TEST_CASE("a crash may leave writes durable that nobody was told of") {
  MemoryStore store(Syncing::by_hand);
  int answered = 0;
  for (int i = 1; i <= 3; ++i) {
    store.commit({channel(), {}, {entry("r" + std::to_string(i), "x")}}, [&](auto) { ++answered; });
  }
  store.crash(2);
  CHECK(answered == 0);
  CHECK(head(store, channel()).seq == 2);
  CHECK(find_request(store, channel(), "r2") == 2);
  CHECK_FALSE(find_request(store, channel(), "r3"));
}

TEST_CASE("the call that is told to fail fails and changes nothing") {
  MemoryStore store;
  store.fail_call(2, {Code::storage_full});
  stored(store, {channel(), {}, {entry("r1", "x")}});
  const auto failed = commit(store, {channel(), {}, {entry("r2", "x")}});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Code::storage_full);
  CHECK(store.calls() == 2);
  CHECK(head(store, channel()).seq == 1);
  store.fail_call(1, {Code::storage_failed});
  CHECK_FALSE(await<LogPage>([&](auto done) { store.read_log(channel(), 1, {}, std::move(done)); }));
  store.fail_all({Code::storage_failed});
  for (int i = 0; i < 3; ++i) CHECK_FALSE(commit(store, {channel(), {}, {entry("r3", "x")}}));
  store.fail_all({});
  CHECK(stored(store, {channel(), {}, {entry("r3", "x")}}).seq == 2);
}

TEST_CASE("an undecided change set is stored or not, and find_request tells") {
  MemoryStore store;
  store.leave_undecided(1, true);
  CHECK(commit(store, {channel(), {}, {entry("r1", "x")}})->outcome == Outcome::undecided);
  store.leave_undecided(2, false);
  CHECK(find_request(store, channel(), "r1") == 1);
  CHECK(commit(store, {channel(), {}, {entry("r2", "x")}})->outcome == Outcome::undecided);
  CHECK_FALSE(find_request(store, channel(), "r2"));
  CHECK(stored(store, {channel(), {}, {entry("r2", "x")}}).seq == 2);
}

TEST_CASE("answers come before the call returns") {
  MemoryStore store;
  bool answered = false;
  store.commit({channel(), {}, {entry("r1", "x")}}, [&](auto) { answered = true; });
  CHECK(answered);
}
