// A base-mode vector of RFC 9180's appendix A: key derivation, the encryption with sequence number 0 and
// the three exports.
#pragma once

#include <catch2/catch.hpp>

#include "protocol/crypto/hpke.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

namespace encuentro::crypto {

struct HpkeVector {
  Suite suite;
  const char* ikm_e;
  const char* sk_e;
  const char* ikm_r;
  const char* sk_r;
  const char* pk_r;
  const char* enc;
  const char* ciphertext;
  std::array<const char*, 3> exports;
};

inline void check(const HpkeVector& v) {
  const Bytes info = hex("4f6465206f6e2061204772656369616e2055726e");
  const Bytes associated_data = hex("436f756e742d30");
  const Bytes plaintext = hex("4265617574792069732074727574682c20747275746820626561757479");

  HpkeKeyPair receiver = hpke_derive_key_pair(v.suite, hex(v.ikm_r));
  CHECK(to_hex(receiver.private_key.view()) == v.sk_r);
  CHECK(to_hex(receiver.public_key.view()) == v.pk_r);
  HpkeKeyPair ephemeral = hpke_derive_key_pair(v.suite, hex(v.ikm_e));
  CHECK(to_hex(ephemeral.private_key.view()) == v.sk_e);
  CHECK(to_hex(ephemeral.public_key.view()) == v.enc);
  auto rebuilt = hpke_public_key(v.suite, hex(v.sk_r));
  REQUIRE(rebuilt);
  CHECK(*rebuilt == receiver.public_key);

  // The sender draws its ephemeral private key as raw bytes, so the script decides it.
  ScriptedRandom random(hex(v.sk_e));
  auto sealed = hpke_seal(v.suite, hex(v.pk_r), info, associated_data, plaintext, random);
  REQUIRE(sealed);
  CHECK(to_hex(sealed->kem_output) == v.enc);
  CHECK(to_hex(sealed->ciphertext) == v.ciphertext);
  auto opened = hpke_open(v.suite, hex(v.sk_r), hex(v.pk_r), hex(v.enc), info, associated_data, hex(v.ciphertext));
  REQUIRE(opened);
  CHECK(equal(opened->view(), plaintext));

  const std::array<Bytes, 3> contexts{Bytes{}, Bytes{0}, to_bytes(as_bytes("TestContext"))};
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    ScriptedRandom again(hex(v.sk_e));
    auto sent = hpke_send_export(v.suite, hex(v.pk_r), info, contexts[i], 32, again);
    REQUIRE(sent);
    CHECK(to_hex(sent->kem_output) == v.enc);
    CHECK(to_hex(sent->secret.view()) == v.exports[i]);
    auto received = hpke_receive_export(v.suite, hex(v.sk_r), hex(v.pk_r), hex(v.enc), info, contexts[i], 32);
    REQUIRE(received);
    CHECK(to_hex(received->view()) == v.exports[i]);
  }
}

}  // namespace encuentro::crypto
