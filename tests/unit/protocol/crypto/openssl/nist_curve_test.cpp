#include "protocol/crypto/openssl/nist_curve.h"

#include <catch2/catch.hpp>

#include "protocol/crypto/hpke.h"
#include "protocol/crypto/signature.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;
using namespace encuentro::crypto::openssl;

namespace {

bool nist(Suite suite) {
  KemAlgorithm kem = parameters(suite).kem;
  return kem != KemAlgorithm::x25519 && kem != KemAlgorithm::x448;
}

}  // namespace

TEST_CASE("scalars that are zero or not below the order are no keys") {
  for (Suite suite : supported_suites()) {
    if (!nist(suite)) continue;
    ScriptedRandom random;
    std::size_t length = hpke_generate(suite, random).private_key.size();
    for (std::uint8_t byte : {std::uint8_t{0}, std::uint8_t{0xff}}) {
      auto key = hpke_public_key(suite, repeated(byte, length));
      REQUIRE_FALSE(key);
      CHECK(key.error().code == Code::bad_key);
      auto signing = signing_key_from_seed(suite, repeated(byte, length));
      REQUIRE_FALSE(signing);
      CHECK(signing.error().code == Code::bad_key);
    }
  }
}

// The base points of SEC 2, which are the public keys of the scalar 1.
TEST_CASE("the scalar 1 gives the base point, the order and zero are no scalars") {
  for (auto [name, x] :
       {std::pair{NistName::p256, "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"},
        std::pair{NistName::p384,
                  "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7"},
        std::pair{NistName::p521,
                  "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de"
                  "3348b3c1856a429bf97e7e31c2e5bd66"}}) {
    const NistCurve& curve = nist_curve(name);
    Bytes one = repeated(0, curve.field_bytes);
    one.back() = 1;
    PublicKeyBytes base;
    REQUIRE(public_key_of(curve, one, base));
    CHECK(to_hex(base.view().subspan(1, curve.field_bytes)) == x);
    CHECK(read_point(curve, base.view()) != nullptr);
    Bytes order(curve.field_bytes);
    REQUIRE(BN_bn2binpad(EC_GROUP_get0_order(curve.group), order.data(), static_cast<int>(order.size())) > 0);
    CHECK(read_scalar(curve, order) == nullptr);
    order.back() -= 1;  // no borrow: the orders are odd
    CHECK(read_scalar(curve, order) != nullptr);
    CHECK(read_scalar(curve, repeated(0, curve.field_bytes)) == nullptr);
    CHECK(read_scalar(curve, BytesView(one).subspan(1)) == nullptr);
  }
}
