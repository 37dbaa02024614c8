#include "protocol/crypto/compare.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

TEST_CASE("equal only with equal length and bytes") {
  Bytes tag = counting(1, 32);
  CHECK(equal_constant_time(tag, Bytes(tag)));
  for (std::size_t length = 0; length < tag.size(); ++length) {
    CHECK_FALSE(equal_constant_time(tag, BytesView(tag).first(length)));
    CHECK_FALSE(equal_constant_time(BytesView(tag).first(length), tag));
  }
  Bytes longer = tag;
  longer.push_back(0);
  CHECK_FALSE(equal_constant_time(tag, longer));
  for (std::size_t i = 0; i < tag.size(); ++i) {
    Bytes other = tag;
    other[i] ^= 0x80;
    CHECK_FALSE(equal_constant_time(tag, other));
  }
}

TEST_CASE("two empty strings are equal") { CHECK(equal_constant_time({}, {})); }
