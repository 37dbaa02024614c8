#include "protocol/crypto/kem.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

// RFC 9180 A.2.1's shared_secret, which the tests of HPKE see only through what is sealed with it.
TEST_CASE("both sides come to the published shared secret") {
  Bytes sk_r = hex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb");
  Bytes pk_r = hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a");
  ScriptedRandom random(hex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600"));
  auto sent = encapsulate(encuentro_suite, pk_r, random);
  REQUIRE(sent);
  CHECK(to_hex(sent->shared_secret.view()) == "0bbe78490412b4bbea4812666f7916932b828bba79942424abb65244930d69a7");
  auto received = decapsulate(encuentro_suite, sk_r, pk_r, sent->kem_output.view());
  REQUIRE(received);
  CHECK(equal(received->view(), sent->shared_secret.view()));
}

TEST_CASE("the shared secret binds the receiver's public key") {
  ScriptedRandom random;
  HpkeKeyPair receiver = hpke_generate(encuentro_suite, random), other = hpke_generate(encuentro_suite, random);
  auto sent = encapsulate(encuentro_suite, receiver.public_key.view(), random);
  REQUIRE(sent);
  auto received =
      decapsulate(encuentro_suite, receiver.private_key.view(), other.public_key.view(), sent->kem_output.view());
  REQUIRE(received);
  CHECK_FALSE(equal(received->view(), sent->shared_secret.view()));
}

TEST_CASE("the KEMs have the registry's numbers (RFC 9180, 7.1)") {
  CHECK(kem_id(KemAlgorithm::p256) == 0x10);
  CHECK(kem_id(KemAlgorithm::p384) == 0x11);
  CHECK(kem_id(KemAlgorithm::p521) == 0x12);
  CHECK(kem_id(KemAlgorithm::x25519) == 0x20);
  CHECK(kem_id(KemAlgorithm::x448) == 0x21);
}
