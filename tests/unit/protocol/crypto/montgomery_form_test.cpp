#include "protocol/crypto/montgomery_form.h"

#include <sodium.h>

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string converted(const char* y) {
  Bytes u = hex(y);
  montgomery_from_edwards(u, u);
  return to_hex(u);
}

}  // namespace

TEST_CASE("the base points of RFC 7748, 4.1 belong to each other: y = 4/5, u = 9") {
  CHECK(converted("5866666666666666666666666666666666666666666666666666666666666666") ==
        "0900000000000000000000000000000000000000000000000000000000000000");
}

TEST_CASE("the sign bit doesn't matter") {
  CHECK(converted("58666666666666666666666666666666666666666666666666666666666666e6") ==
        "0900000000000000000000000000000000000000000000000000000000000000");
}

// y = 0 and y = -1 are points of order 4 and 2: u = 1 and 0. y = 1 is the neutral point. y = p, p + 1 are
// 0 and 1 written otherwise.
TEST_CASE("the edges of the field") {
  const auto zero = "0000000000000000000000000000000000000000000000000000000000000000";
  const auto one = "0100000000000000000000000000000000000000000000000000000000000000";
  CHECK(converted(zero) == one);
  CHECK(converted(one) == zero);
  CHECK(converted("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f") == zero);
  CHECK(converted("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f") == one);
  CHECK(converted("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f") == zero);
  // y = 2: u = 3 / -1 = -3.
  CHECK(converted("0200000000000000000000000000000000000000000000000000000000000000") ==
        "eaffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
}

TEST_CASE("libsodium's own conversion of public keys gives the same") {
  ScriptedRandom random;
  for (int i = 0; i < 300; ++i) {
    Bytes seed(32), public_key(32), secret_key(64), wanted(32), got(32);
    random.fill(seed);
    crypto_sign_seed_keypair(public_key.data(), secret_key.data(), seed.data());
    REQUIRE(crypto_sign_ed25519_pk_to_curve25519(wanted.data(), public_key.data()) == 0);
    montgomery_from_edwards(public_key, got);
    REQUIRE(got == wanted);
  }
}
