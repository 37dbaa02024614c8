#include "client/cli/profile/lock.h"

#include <unistd.h>

#include <catch2/catch.hpp>

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
