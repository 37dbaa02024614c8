#include "protocol/crypto/hpke.h"

#include <set>

#include "tests/unit/protocol/crypto/hpke_vector.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

constexpr Suite suite = encuentro_suite;

// The u-coordinates of small order (0, 1, -1, two of order 8) and those that mean the same modulo p: p, p + 1.
const std::array<const char*, 7> small_order{"0000000000000000000000000000000000000000000000000000000000000000",
                                             "0100000000000000000000000000000000000000000000000000000000000000",
                                             "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                             "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                                             "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                             "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                             "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};

struct Exchange {
  ScriptedRandom random;
  HpkeKeyPair receiver = hpke_generate(suite, random);
  Bytes info = counting(1, 9);
  Bytes associated_data = counting(50, 7);
  Bytes plaintext = counting(100, 33);
  HpkeCiphertext sealed = *hpke_seal(suite, receiver.public_key.view(), info, associated_data, plaintext, random);

  Code open_code(BytesView kem_output, BytesView with_info, BytesView aad, BytesView ciphertext) const {
    auto opened = hpke_open(suite, receiver.private_key.view(), receiver.public_key.view(), kem_output, with_info, aad,
                            ciphertext);
    return opened ? Code::none : opened.error().code;
  }
};

}  // namespace

TEST_CASE("RFC 9180 A.2.1: X25519, HKDF-SHA256, ChaCha20-Poly1305") {
  check({Suite::x25519_chacha20poly1305_sha256_ed25519,
         "909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b",
         "f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600",
         "1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df",
         "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb",
         "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a",
         "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
         "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28",
         {"4bbd6243b8bb54cec311fac9df81841b6fd61f56538a775e7c80a9f40160606e",
          "8c1df14732580e5501b00f82b10a1647b40713191b7c1240ac80e2b68808ba69",
          "5acb09211139c43b3090489a9da433e8a30ee7188ba8b0a9a1ccf0c229283e53"}});
}

TEST_CASE("the working group's EncryptWithLabel vector of suite 3 opens") {
  Bytes private_key = hex("9d122ad4638fcb301b6eb5f4073414afb44bb34d37b4ddee9975b2941d700edb");
  Bytes public_key = hex("7a5544b59f5940bf093c921469a00a170a7c92ba56c173d74db32713608d8a40");
  Bytes context = hex("0d6a5cf9ee88b1f8c79d8512477d9bfc5496c207c8173f8dcac0368b4dba7407");
  Bytes kem_output = hex("f26e9e5a94396a90f85a5f72eedf3dacfb1b7f4164e0573edeb9c6c912e1cb49");
  Bytes ciphertext =
      hex("40dd09ad4c5dc29d373f814bf054c9359cb75a468bc4d2c8bbcffb072a73105c4d9416ebd4fafeb62e59a9dea55da3cd");
  auto opened = decrypt_with_label(suite, private_key, public_key, "EncryptWithLabel", context, kem_output, ciphertext);
  REQUIRE(opened);
  CHECK(to_hex(opened->view()) == "1dd4c1904996ce7d42cee7de68881459fa7a345da59a02040ade37103505baf6");
  CHECK_FALSE(decrypt_with_label(suite, private_key, public_key, "EncryptWithLabe", context, kem_output, ciphertext));
  CHECK_FALSE(decrypt_with_label(suite, private_key, public_key, "EncryptWithLabel", {}, kem_output, ciphertext));
}

TEST_CASE("what was encrypted with a label opens with it") {
  Exchange e;
  auto sealed = encrypt_with_label(suite, e.receiver.public_key.view(), "label", e.info, e.plaintext, e.random);
  REQUIRE(sealed);
  auto opened = decrypt_with_label(suite, e.receiver.private_key.view(), e.receiver.public_key.view(), "label", e.info,
                                   sealed->kem_output, sealed->ciphertext);
  REQUIRE(opened);
  CHECK(equal(opened->view(), e.plaintext));
}

TEST_CASE("X25519 of RFC 7748, 6.1: the public keys") {
  auto alice = hpke_public_key(suite, hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"));
  auto bob = hpke_public_key(suite, hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
  REQUIRE(alice);
  REQUIRE(bob);
  CHECK(to_hex(alice->view()) == "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  CHECK(to_hex(bob->view()) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST_CASE("public keys and kem outputs of small order are refused") {
  Exchange e;
  for (const char* point : small_order) {
    for (int top_bit : {0, 0x80}) {  // X25519 ignores the top bit, so the point is the same
      Bytes key = hex(point);
      key[31] |= static_cast<std::uint8_t>(top_bit);
      CHECK_FALSE(hpke_check_public_key(suite, key).has_value());
      auto sealed = hpke_seal(suite, key, e.info, {}, e.plaintext, e.random);
      REQUIRE_FALSE(sealed);
      CHECK(sealed.error().code == Code::bad_key);
      auto exported = hpke_send_export(suite, key, e.info, {}, 32, e.random);
      REQUIRE_FALSE(exported);
      CHECK(exported.error().code == Code::bad_key);
      CHECK(e.open_code(key, e.info, e.associated_data, e.sealed.ciphertext) == Code::bad_key);
    }
  }
}

TEST_CASE("keys and kem outputs of every other length are refused") {
  Exchange e;
  for (std::size_t length = 0; length <= 66; ++length) {
    if (length == 32) continue;
    Bytes key = counting(1, length);
    auto rebuilt = hpke_public_key(suite, key);
    REQUIRE_FALSE(rebuilt);
    CHECK(rebuilt.error().code == Code::bad_key);
    CHECK_FALSE(hpke_check_public_key(suite, key));
    auto sealed = hpke_seal(suite, key, {}, {}, {}, e.random);
    REQUIRE_FALSE(sealed);
    CHECK(sealed.error().code == Code::bad_key);
    CHECK(e.open_code(key, e.info, e.associated_data, e.sealed.ciphertext) == Code::bad_key);
    auto opened = hpke_open(suite, key, e.receiver.public_key.view(), e.sealed.kem_output, e.info, e.associated_data,
                            e.sealed.ciphertext);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Code::bad_key);
    CHECK_FALSE(hpke_receive_export(suite, key, e.receiver.public_key.view(), e.sealed.kem_output, {}, {}, 32));
  }
}

TEST_CASE("every part that HPKE binds is bound") {
  Exchange e;
  CHECK(e.open_code(e.sealed.kem_output, e.info, e.associated_data, e.sealed.ciphertext) == Code::none);
  CHECK(e.open_code(e.sealed.kem_output, {}, e.associated_data, e.sealed.ciphertext) == Code::bad_tag);
  CHECK(e.open_code(e.sealed.kem_output, e.info, {}, e.sealed.ciphertext) == Code::bad_tag);
  HpkeKeyPair other = hpke_generate(suite, e.random);
  CHECK(e.open_code(other.public_key.view(), e.info, e.associated_data, e.sealed.ciphertext) == Code::bad_tag);
  auto opened = hpke_open(suite, other.private_key.view(), other.public_key.view(), e.sealed.kem_output, e.info,
                          e.associated_data, e.sealed.ciphertext);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Code::bad_tag);
}

TEST_CASE("every cut of an HPKE ciphertext is refused") {
  Exchange e;
  BytesView ciphertext = e.sealed.ciphertext;
  for (std::size_t length = 0; length < ciphertext.size(); ++length) {
    CHECK(e.open_code(e.sealed.kem_output, e.info, e.associated_data, ciphertext.first(length)) ==
          (length < 16 ? Code::truncated : Code::bad_tag));
  }
}

TEST_CASE("each sealing draws a new ephemeral key, so no key and nonce meet twice") {
  Exchange e;
  std::set<Bytes> kem_outputs, ciphertexts;
  for (int i = 0; i < 64; ++i) {
    auto sealed = hpke_seal(suite, e.receiver.public_key.view(), e.info, e.associated_data, e.plaintext, e.random);
    REQUIRE(sealed);
    kem_outputs.insert(sealed->kem_output);
    ciphertexts.insert(sealed->ciphertext);
  }
  CHECK(kem_outputs.size() == 64);
  CHECK(ciphertexts.size() == 64);
}

TEST_CASE("the same randomness gives the same run") {
  Exchange a, b;
  CHECK(a.receiver.public_key == b.receiver.public_key);
  CHECK(a.sealed.kem_output == b.sealed.kem_output);
  CHECK(a.sealed.ciphertext == b.sealed.ciphertext);
}
