#include <catch2/catch.hpp>

#include "protocol/crypto/primitives.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

std::string agreed(const char* private_key, const char* public_key) {
  Bytes shared(32);
  REQUIRE(sodium::x25519_agree(hex(private_key), hex(public_key), shared.data()));
  return to_hex(shared);
}

}  // namespace

TEST_CASE("X25519 of RFC 7748, 5.2") {
  CHECK(agreed("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
               "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c") ==
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
  CHECK(agreed("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
               "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493") ==
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

TEST_CASE("X25519 of RFC 7748, 6.1") {
  CHECK(agreed("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
               "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f") ==
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
}

TEST_CASE("the public key is the product with the base point 9") {
  Bytes nine = repeated(0, 32);
  nine[0] = 9;
  ScriptedRandom random;
  std::vector<Bytes> keys{repeated(0, 32), repeated(0xff, 32), nine};
  for (int i = 0; i < 500; ++i) random.fill(keys.emplace_back(32));
  for (const Bytes& key : keys) {
    Bytes by_base(32), by_ladder(32);
    sodium::x25519_public_key(key, by_base.data());
    REQUIRE(sodium::x25519_agree(key, nine, by_ladder.data()));
    REQUIRE(by_base == by_ladder);
  }
}

TEST_CASE("a shared secret of zeros is reported") {
  Bytes shared(32);
  CHECK_FALSE(sodium::x25519_agree(counting(1, 32), repeated(0, 32), shared.data()));
}

TEST_CASE("an Ed25519 signature verifies with its key only") {
  Bytes seed = counting(1, 32), public_key(32), signature(64), other(32);
  sodium::ed25519_public_key(seed, public_key.data());
  sodium::ed25519_public_key(counting(2, 32), other.data());
  sodium::ed25519_sign(seed, public_key, as_bytes("m"), signature.data());
  CHECK(sodium::ed25519_verify(public_key, as_bytes("m"), signature));
  CHECK_FALSE(sodium::ed25519_verify(public_key, as_bytes("n"), signature));
  CHECK_FALSE(sodium::ed25519_verify(other, as_bytes("m"), signature));
}
