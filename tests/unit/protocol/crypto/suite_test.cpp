#include "protocol/crypto/suite.h"

#include <catch2/catch.hpp>

using namespace encuentro::crypto;

TEST_CASE("the product's suite is supported everywhere") {
  CHECK(supported(encuentro_suite));
  CHECK(static_cast<int>(encuentro_suite) == 3);
  const SuiteParameters& p = parameters(encuentro_suite);
  CHECK(p.hash == HashAlgorithm::sha256);
  CHECK(p.aead == AeadAlgorithm::chacha20poly1305);
  CHECK(p.kem == KemAlgorithm::x25519);
  CHECK(p.signature == SignatureAlgorithm::ed25519);
  CHECK(p.hash_bytes == 32);
  CHECK(p.aead_key_bytes == 32);
  CHECK(p.aead_nonce_bytes == 12);
}

TEST_CASE("numbers that are no suite are not supported") {
  for (int number : {0, 8, 9, 0x0a0a, 0xffff}) {
    CHECK_FALSE(supported(static_cast<Suite>(number)));
  }
}

TEST_CASE("how many suites there are depends on the platform only") {
#ifdef ENCUENTRO_WASM
  CHECK(supported_suites().size() == 1);
#else
  CHECK(supported_suites().size() == 7);
#endif
}
