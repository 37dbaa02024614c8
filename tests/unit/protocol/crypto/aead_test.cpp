#include "protocol/crypto/aead.h"

#include <catch2/catch.hpp>

#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

constexpr auto chacha = AeadAlgorithm::chacha20poly1305;

struct Sealed {
  Bytes key = counting(1, 32);
  Bytes nonce = counting(9, 12);
  Bytes associated_data = counting(0, 20);
  Bytes plaintext;
  Bytes ciphertext;

  explicit Sealed(std::size_t size)
      : plaintext(counting(3, size)), ciphertext(seal(chacha, key, nonce, associated_data, plaintext)) {}
};

Code open_code(const Sealed& s, BytesView ciphertext) {
  auto opened = open(chacha, s.key, s.nonce, s.associated_data, ciphertext);
  return opened ? Code::none : opened.error().code;
}

}  // namespace

TEST_CASE("ChaCha20-Poly1305 of RFC 8439, 2.8.2") {
  Bytes key = counting(0x80, 32);
  Bytes nonce = hex("070000004041424344454647");
  Bytes associated_data = hex("50515253c0c1c2c3c4c5c6c7");
  auto plaintext = as_bytes(
      "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be "
      "it.");
  Bytes wanted = hex(
      "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b29"
      "05d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b"
      "61161ae10b594f09e26a7e902ecbd0600691");
  CHECK(seal(chacha, key, nonce, associated_data, plaintext) == wanted);
  auto opened = open(encuentro_suite, key, nonce, associated_data, wanted);
  REQUIRE(opened);
  CHECK(equal(opened->view(), plaintext));
}

TEST_CASE("what was sealed opens, in place too, at every small size") {
  for (std::size_t size = 0; size <= 300; ++size) {
    Sealed s(size);
    auto opened = open(chacha, s.key, s.nonce, s.associated_data, s.ciphertext);
    REQUIRE(opened);
    REQUIRE(equal(opened->view(), s.plaintext));

    Bytes buffer = s.plaintext;
    buffer.resize(size + aead_tag_bytes);
    seal(chacha, s.key, s.nonce, s.associated_data, BytesView(buffer).first(size), buffer);
    REQUIRE(buffer == s.ciphertext);
    REQUIRE(open(chacha, s.key, s.nonce, s.associated_data, buffer, MutableBytes(buffer).first(size)));
    REQUIRE(equal(BytesView(buffer).first(size), s.plaintext));
  }
}

TEST_CASE("every cut of a ciphertext is refused, and one byte more") {
  Sealed s(40);
  for (std::size_t length = 0; length < s.ciphertext.size(); ++length) {
    Code wanted = length < aead_tag_bytes ? Code::truncated : Code::bad_tag;
    CHECK(open_code(s, BytesView(s.ciphertext).first(length)) == wanted);
    CHECK(open_code(s, BytesView(s.ciphertext).subspan(s.ciphertext.size() - length)) == wanted);
  }
  Bytes longer = s.ciphertext;
  longer.push_back(0);
  CHECK(open_code(s, longer) == Code::bad_tag);
}

TEST_CASE("every changed bit is refused and leaves no plaintext") {
  Sealed s(24);
  for (std::size_t bit = 0; bit < s.ciphertext.size() * 8; ++bit) {
    Bytes changed = s.ciphertext;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    Bytes out = repeated(0xee, s.plaintext.size());
    auto status = open(chacha, s.key, s.nonce, s.associated_data, changed, out);
    REQUIRE_FALSE(status);
    REQUIRE(status.error().code == Code::bad_tag);
    REQUIRE(out == repeated(0, out.size()));
  }
}

TEST_CASE("another key, nonce or associated data is refused") {
  Sealed s(24);
  Bytes key = s.key, nonce = s.nonce, associated_data = s.associated_data;
  key[31] ^= 1;
  nonce[0] ^= 1;
  associated_data.pop_back();
  CHECK_FALSE(open(chacha, key, s.nonce, s.associated_data, s.ciphertext));
  CHECK_FALSE(open(chacha, s.key, nonce, s.associated_data, s.ciphertext));
  CHECK_FALSE(open(chacha, s.key, s.nonce, associated_data, s.ciphertext));
  CHECK_FALSE(open(chacha, s.key, s.nonce, {}, s.ciphertext));
}
