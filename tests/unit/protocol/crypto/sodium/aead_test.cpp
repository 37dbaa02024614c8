#include <catch2/catch.hpp>

#include "protocol/crypto/primitives.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

TEST_CASE("libsodium seals and opens ChaCha20-Poly1305 in place and refuses a changed tag") {
  constexpr auto chacha = AeadAlgorithm::chacha20poly1305;
  Bytes key = counting(1, 32), nonce = counting(2, 12), plaintext = counting(3, 50);
  Bytes buffer = plaintext;
  buffer.resize(66);
  sodium::seal(chacha, key, nonce, {}, BytesView(buffer).first(50), buffer.data());
  CHECK_FALSE(equal(BytesView(buffer).first(50), plaintext));
  Bytes changed = buffer;
  changed[65] ^= 1;
  Bytes out = repeated(0xee, 50);
  CHECK_FALSE(sodium::open(chacha, key, nonce, {}, changed, out.data()));
  CHECK(out == repeated(0, 50));
  REQUIRE(sodium::open(chacha, key, nonce, {}, buffer, buffer.data()));
  CHECK(equal(BytesView(buffer).first(50), plaintext));
}

TEST_CASE("of the AEADs libsodium has ChaCha20-Poly1305 on every machine") {
  CHECK(sodium::has(AeadAlgorithm::chacha20poly1305));
  CHECK_FALSE(sodium::has(AeadAlgorithm::aes128gcm));
  CHECK_FALSE(sodium::has(AeadAlgorithm::aes256gcm));
}
