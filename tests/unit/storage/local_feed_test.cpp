#include "storage/local_feed.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

using namespace encuentro::storage;

TEST_CASE("every listener hears every hint until it ends") {
  LocalFeed feed;
  int first = 0;
  int second = 0;
  auto listening = feed.listen([&](const Hint& hint) { first += static_cast<int>(hint.seq); }, [] {});
  {
    auto other = feed.listen([&](const Hint&) { ++second; }, [] {});
    feed.announce({{"ch", "a"}, 2});
  }
  feed.announce({{"ch", "a"}, 3});
  CHECK(first == 5);
  CHECK(second == 1);
}

TEST_CASE("a listener may end itself while it is called") {
  LocalFeed feed;
  int heard = 0;
  std::unique_ptr<Subscription> listening;
  listening = feed.listen(
      [&](const Hint&) {
        ++heard;
        listening.reset();
      },
      [] {});
  feed.announce({{"ch", "a"}, 1});
  feed.announce({{"ch", "a"}, 2});
  CHECK(heard == 1);
}

TEST_CASE("ending waits for a call that is going on in another thread") {
  LocalFeed feed;
  std::promise<void> called;
  std::promise<void> go_on;
  std::atomic<bool> finished = false;
  auto listening = feed.listen(
      [&](const Hint&) {
        called.set_value();
        go_on.get_future().wait();
        finished = true;
      },
      [] {});
  std::thread announcer([&] { feed.announce({{"ch", "a"}, 1}); });
  called.get_future().wait();
  std::thread ender([&] {
    listening.reset();
    CHECK(finished);
  });
  go_on.set_value();
  ender.join();
  announcer.join();
}
