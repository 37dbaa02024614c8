#include "client/cli/sizes.h"

#include <catch2/catch.hpp>

using encuentro::client::cli::size_text;

TEST_CASE("sizes in the largest unit they fill, rounded down") {
  CHECK(size_text(0) == "0 B");
  CHECK(size_text(1023) == "1023 B");
  CHECK(size_text(1024) == "1.0 KiB");
  CHECK(size_text(1536) == "1.5 KiB");
  CHECK(size_text((std::uint64_t{1} << 20) - 1) == "1023.9 KiB");
  CHECK(size_text(std::uint64_t{5} << 30) == "5.0 GiB");
  CHECK(size_text(std::uint64_t{1} << 50) == "1024.0 TiB");
}
