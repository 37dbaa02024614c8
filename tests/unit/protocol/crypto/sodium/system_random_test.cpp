#include "protocol/crypto/system_random.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

TEST_CASE("the system's randomness fills all it is given and doesn't repeat") {
  SystemRandom random;
  Bytes a(64), b(64);
  random.fill(a);
  random.fill(b);
  CHECK(a != b);
  // 64 bytes with a zero half would be an unfilled buffer (chance 2^-256).
  CHECK(BytesView(a).first(32).size() == 32);
  CHECK_FALSE(equal(BytesView(a).first(32), repeated(0, 32)));
  CHECK_FALSE(equal(BytesView(a).subspan(32), repeated(0, 32)));
  random.fill({});
}
