// Natively both libraries are linked; what both have gives the same bytes in both.
#include <catch2/catch.hpp>

#include "protocol/crypto/aead.h"
#include "protocol/crypto/primitives.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

const std::array<std::size_t, 14> sizes{0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1024, 4096, 100000};

}  // namespace

TEST_CASE("ChaCha20-Poly1305 is the same in both libraries, each opens the other's") {
  constexpr auto chacha = AeadAlgorithm::chacha20poly1305;
  REQUIRE(sodium::has(chacha));
  REQUIRE_FALSE(sodium::has(AeadAlgorithm::aes128gcm));
  Bytes key = counting(3, 32), nonce = counting(5, 12);
  for (std::size_t length : sizes) {
    for (std::size_t aad_length : {0, 1, 16, 100}) {
      Bytes plaintext = counting(11, length), aad = counting(13, aad_length);
      Bytes a(length + aead_tag_bytes), b(length + aead_tag_bytes);
      sodium::seal(chacha, key, nonce, aad, plaintext, a.data());
      openssl::seal(chacha, key, nonce, aad, plaintext, b.data());
      CHECK(a == b);
      Bytes opened_a(length), opened_b(length);
      CHECK(sodium::open(chacha, key, nonce, aad, b, opened_a.data()));
      CHECK(openssl::open(chacha, key, nonce, aad, a, opened_b.data()));
      CHECK(opened_a == plaintext);
      CHECK(opened_b == plaintext);
      a.back() ^= 1;
      CHECK_FALSE(sodium::open(chacha, key, nonce, aad, a, opened_a.data()));
      CHECK_FALSE(openssl::open(chacha, key, nonce, aad, a, opened_b.data()));
    }
  }
}

TEST_CASE("AES-GCM of its specification (McGrew and Viega), test cases 4 and 16") {
  Bytes plaintext = hex(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657"
      "ba637b39");
  Bytes associated_data = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
  Bytes nonce = hex("cafebabefacedbaddecaf888");
  CHECK(to_hex(seal(AeadAlgorithm::aes128gcm, hex("feffe9928665731c6d6a8f9467308308"), nonce, associated_data,
                    plaintext)) ==
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac"
        "973d58e0915bc94fbc3221a5db94fae95ae7121a47");
  Bytes key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
  Bytes sealed = seal(AeadAlgorithm::aes256gcm, key, nonce, associated_data, plaintext);
  CHECK(to_hex(sealed) ==
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a"
        "0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
  auto opened = open(AeadAlgorithm::aes256gcm, key, nonce, associated_data, sealed);
  REQUIRE(opened);
  CHECK(equal(opened->view(), plaintext));
}

TEST_CASE("AES-GCM refuses cuts and changes and leaves no plaintext") {
  for (AeadAlgorithm algorithm : {AeadAlgorithm::aes128gcm, AeadAlgorithm::aes256gcm}) {
    Bytes key = counting(1, algorithm == AeadAlgorithm::aes128gcm ? 16 : 32), nonce = counting(9, 12);
    Bytes plaintext = counting(0, 33);
    Bytes sealed = seal(algorithm, key, nonce, {}, plaintext);
    for (std::size_t length = 0; length < sealed.size(); ++length) {
      CHECK_FALSE(open(algorithm, key, nonce, {}, BytesView(sealed).first(length)));
    }
    for (std::size_t i = 0; i < sealed.size(); ++i) {
      Bytes changed = sealed;
      changed[i] ^= 1;
      Bytes out = repeated(0xee, plaintext.size());
      REQUIRE_FALSE(open(algorithm, key, nonce, {}, changed, out));
      REQUIRE(out == repeated(0, out.size()));
    }
    // In place, both ways.
    Bytes buffer = plaintext;
    buffer.resize(sealed.size());
    seal(algorithm, key, nonce, {}, BytesView(buffer).first(33), buffer);
    CHECK(buffer == sealed);
    REQUIRE(open(algorithm, key, nonce, {}, buffer, MutableBytes(buffer).first(33)));
    CHECK(equal(BytesView(buffer).first(33), plaintext));
  }
}
