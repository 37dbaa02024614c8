#include "client/cli/profile/lock.h"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

using namespace encuentro;
using encuentro::client::cli::profile::Lock;

TEST_CASE("one holder at a time; the next gets it when the first lets go") {
  auto folder = std::filesystem::temp_directory_path() / ("encuentro-lock-" + std::to_string(getpid()));
  {
    auto first = Lock::take(folder, milliseconds(0));
    REQUIRE(first);
    auto second = Lock::take(folder, milliseconds(30));
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Code::locked);
  }
  CHECK(Lock::take(folder, milliseconds(0)));
  std::filesystem::remove_all(folder);
}

// A `watch` once took the profile back before the `send` it had made way for looked again.
TEST_CASE("who takes back comes after all who wait, and isn't counted as waiting") {
  auto folder = std::filesystem::temp_directory_path() / ("encuentro-lock-back-" + std::to_string(getpid()));
  auto held = Lock::take(folder, milliseconds(0));
  REQUIRE(held);
  std::atomic<bool> waiter_has_it = false;
  std::atomic<bool> waiter_may_go = false;
  std::thread waiter([&] {
    auto mine = Lock::take(folder, seconds(10));
    waiter_has_it = mine.has_value();
    while (!waiter_may_go) std::this_thread::yield();
  });
  while (!held->wanted()) std::this_thread::yield();
  held = fail(Code::locked);  // lets go
  std::thread second([&] {
    while (!waiter_has_it) std::this_thread::yield();
    waiter_may_go = true;
  });
  auto back = Lock::take_back(folder, [] { return false; });
  CHECK(waiter_has_it);
  REQUIRE(back);
  CHECK_FALSE(back->wanted());
  int asked = 0;
  auto stopped = Lock::take_back(folder, [&] { return ++asked > 2; });
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == Code::locked);
  CHECK_FALSE(back->wanted());
  waiter.join();
  second.join();
  std::filesystem::remove_all(folder);
}
