#include <openssl/err.h>

#include <catch2/catch.hpp>

#include "protocol/crypto/hpke.h"
#include "protocol/crypto/openssl/handle.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/signature.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

bool nist(Suite suite) {
  KemAlgorithm kem = parameters(suite).kem;
  return kem != KemAlgorithm::x25519 && kem != KemAlgorithm::x448;
}

Code seal_code(Suite suite, BytesView public_key) {
  ScriptedRandom random;
  auto sealed = hpke_seal(suite, public_key, {}, {}, {}, random);
  return sealed ? Code::none : sealed.error().code;
}

Code verify_code(Suite suite, BytesView public_key, BytesView message, BytesView signature) {
  auto status = verify(suite, public_key, message, signature);
  return status ? Code::none : status.error().code;
}

}  // namespace

TEST_CASE("X25519 is the same in both libraries") {
  for (std::uint8_t i = 0; i < 32; ++i) {
    Bytes mine = counting(i, 32), theirs = counting(static_cast<std::uint8_t>(100 + i), 32);
    openssl::Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, mine.data(), 32));
    openssl::Key peer(EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, theirs.data(), 32));
    REQUIRE(key);
    REQUIRE(peer);
    Bytes public_a(32), public_b(32), shared_a(32), shared_b(32);
    std::size_t size = 32;
    REQUIRE(EVP_PKEY_get_raw_public_key(peer.get(), public_b.data(), &size) == 1);
    sodium::x25519_public_key(theirs, public_a.data());
    CHECK(public_a == public_b);
    openssl::KeyContext context(EVP_PKEY_CTX_new(key.get(), nullptr));
    REQUIRE(EVP_PKEY_derive_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1);
    REQUIRE(EVP_PKEY_derive(context.get(), shared_b.data(), &size) == 1);
    REQUIRE(sodium::x25519_agree(mine, public_a, shared_a.data()));
    CHECK(shared_a == shared_b);
  }
}

TEST_CASE("X448 of RFC 7748, 6.2: the public key") {
  auto key =
      hpke_public_key(Suite::x448_aes256gcm_sha512_ed448,
                      hex("9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382"
                          "a6f127ab1d9ac2d8c0a598726b"));
  REQUIRE(key);
  CHECK(
      to_hex(key->view()) ==
      "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa"
      "0");
}

TEST_CASE("X448 points of small order are refused") {
  for (Suite suite : {Suite::x448_aes256gcm_sha512_ed448, Suite::x448_chacha20poly1305_sha512_ed448}) {
    Bytes one = repeated(0, 56);
    one[0] = 1;
    Bytes minus_one = repeated(0xff, 56);
    minus_one[0] = 0xfe;
    minus_one[28] = 0xfe;
    for (const Bytes& point : {repeated(0, 56), one, minus_one}) CHECK(seal_code(suite, point) == Code::bad_key);
    CHECK(seal_code(suite, counting(1, 55)) == Code::bad_key);
    CHECK(seal_code(suite, counting(1, 57)) == Code::bad_key);
  }
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("points off the curve, compressed, at infinity or of another length are refused") {
  for (Suite suite : supported_suites()) {
    if (!nist(suite)) continue;
    ScriptedRandom random;
    HpkeKeyPair pair = hpke_generate(suite, random);
    Bytes good = to_bytes(pair.public_key.view());
    std::size_t field = (good.size() - 1) / 2;
    std::vector<Bytes> bad(6, good);
    bad[0].back() ^= 1;                                                                  // off the curve
    bad[1] = Bytes{0};                                                                   // infinity
    bad[2] = repeated(0, good.size());                                                   // its form padded
    bad[3].assign(good.begin(), good.begin() + 1 + static_cast<std::ptrdiff_t>(field));  // compressed
    bad[3][0] = static_cast<std::uint8_t>(2 + (good.back() & 1));
    bad[4][0] = static_cast<std::uint8_t>(6 + (good.back() & 1));  // hybrid
    std::fill(bad[5].begin() + 1, bad[5].end(), 0xff);             // not in the field
    for (const Bytes& point : bad) {
      CHECK_FALSE(hpke_check_public_key(suite, point));
      CHECK(seal_code(suite, point) == Code::bad_key);
      CHECK(verify_code(suite, point, {}, {}) == Code::bad_key);
      auto opened = hpke_open(suite, pair.private_key.view(), pair.public_key.view(), point, {}, {}, counting(0, 40));
      REQUIRE_FALSE(opened);
      CHECK(opened.error().code == Code::bad_key);
    }
    for (std::size_t length = 0; length < good.size(); ++length) {
      CHECK(seal_code(suite, BytesView(good).first(length)) == Code::bad_key);
    }
  }
  CHECK(ERR_peek_error() == 0);  // refusals leave nothing for TLS to stumble over
}

TEST_CASE("candidates out of range are drawn again") {
  for (Suite suite : {Suite::p256_aes128gcm_sha256_p256, Suite::p384_aes256gcm_sha384_p384}) {
    ScriptedRandom plain;
    std::size_t length = hpke_generate(suite, plain).private_key.size();
    Bytes script = repeated(0xff, length);
    Bytes second = counting(1, length);
    script.insert(script.end(), second.begin(), second.end());
    ScriptedRandom random(script);
    CHECK(equal(hpke_generate(suite, random).private_key.view(), second));
    ScriptedRandom again(script);
    CHECK(equal(generate_signing_key(suite, again).seed.view(), second));
  }
}
