#include "storage/rocksdb/worker_pool.h"

#include <catch2/catch.hpp>
#include <future>

using encuentro::storage::rocks::WorkerPool;

TEST_CASE("tasks of one key run in order, and all of them before the end") {
  std::vector<int> done;
  {
    WorkerPool pool(3, 1000);
    for (int i = 0; i < 500; ++i) REQUIRE(pool.submit(7, [&done, i] { done.push_back(i); }));
  }
  REQUIRE(done.size() == 500);
  for (int i = 0; i < 500; ++i) CHECK(done[static_cast<std::size_t>(i)] == i);
}

TEST_CASE("one key's slow task doesn't hold up another lane") {
  std::promise<void> held;
  std::promise<void> other;
  WorkerPool pool(2, 10);
  REQUIRE(pool.submit(0, [&] { held.get_future().wait(); }));
  REQUIRE(pool.submit(1, [&] { other.set_value(); }));
  other.get_future().wait();
  held.set_value();
}

TEST_CASE("a full lane refuses and leaves the task as it was") {
  std::promise<void> started;
  std::promise<void> held;
  WorkerPool pool(1, 2);
  REQUIRE(pool.submit(0, [&] {
    started.set_value();
    held.get_future().wait();
  }));
  started.get_future().wait();
  REQUIRE(pool.submit(0, [] {}));
  REQUIRE(pool.submit(0, [] {}));
  bool ran = false;
  WorkerPool::Task task = [&ran] { ran = true; };
  CHECK_FALSE(pool.submit(0, std::move(task)));
  task();
  CHECK(ran);
  held.set_value();
}
