#include "protocol/base/bytes.h"

#include <catch2/catch.hpp>

using namespace encuentro;

TEST_CASE("hex goes there and back, in lower case") {
  Bytes bytes{0x00, 0xff, 0x1a};
  CHECK(to_hex(bytes) == "00ff1a");
  Bytes back;
  REQUIRE(from_hex("00FF1a", back));
  CHECK(back == bytes);
}

TEST_CASE("hex refuses odd lengths and other letters") {
  Bytes untouched{1};
  CHECK_FALSE(from_hex("0", untouched));
  CHECK_FALSE(from_hex("0g", untouched));
  CHECK(untouched == Bytes{1});
}

TEST_CASE("inline bytes compare by content and length") {
  Bytes two{1, 2}, three{1, 2, 0};
  CHECK(InlineBytes<4>(two) == InlineBytes<4>(two));
  CHECK(InlineBytes<4>(two) != InlineBytes<4>(three));
  InlineBytes<4> grown(three);
  grown.resize(1);
  grown.resize(3);
  CHECK(to_bytes(grown.view()) == Bytes{1, 0, 0});
}
