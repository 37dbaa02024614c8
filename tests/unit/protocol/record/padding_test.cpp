#include "protocol/record/padding.h"

#include <catch2/catch.hpp>
#include <set>

using encuentro::record::padded_bytes;

TEST_CASE("padding adds at most 12 percent above the minimum, never less than nothing, and is stable") {
  std::set<std::size_t> sizes;
  for (std::size_t size = 0; size <= 65536; ++size) {
    std::size_t padded = padded_bytes(size);
    sizes.insert(padded);
    if (padded < size || padded_bytes(padded) != padded) FAIL("size " << size);
    if (size > 256 && padded * 100 > size * 112) FAIL("size " << size << " became " << padded);
  }
  CHECK(padded_bytes(0) == 256);
  CHECK(padded_bytes(257) == 272);
  CHECK(padded_bytes(1000) == 1024);
  CHECK(sizes.size() < 300);
}
