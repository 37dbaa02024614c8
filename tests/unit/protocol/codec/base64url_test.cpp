#include "protocol/codec/base64url.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using codec::from_base64url;
using codec::to_base64url;

TEST_CASE("base64url follows RFC 4648 section 10, without padding") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (auto [plain, text] : vectors) {
    CHECK(to_base64url(as_bytes(plain)) == text);
    auto back = from_base64url(text);
    REQUIRE(back);
    CHECK(as_text(*back) == plain);
  }
  CHECK(to_base64url(Bytes{0xfb, 0xff}) == "-_8");
}

TEST_CASE("what isn't the one form of a byte string is malformed") {
  for (auto bad : {"Z", "Zg==", "Zh", "Zm9", "+/8", "Zm9v Yg", "Zm9v\n", "Zm9vY"}) {
    CAPTURE(bad);
    auto result = from_base64url(bad);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Code::malformed);
  }
}
