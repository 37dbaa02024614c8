#include "protocol/crypto/signature.h"

#include <catch2/catch.hpp>

#include "protocol/crypto/hash.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

constexpr Suite suite = encuentro_suite;

Code verify_code(BytesView public_key, BytesView message, BytesView signature) {
  auto status = verify(suite, public_key, message, signature);
  return status ? Code::none : status.error().code;
}

void check_rfc8032(const char* seed, const char* public_key, const char* message, const char* signature) {
  auto key = signing_key_from_seed(suite, hex(seed));
  REQUIRE(key);
  CHECK(to_hex(key->public_key.view()) == public_key);
  CHECK(to_hex(sign(suite, *key, hex(message))) == signature);
  CHECK(verify_code(hex(public_key), hex(message), hex(signature)) == Code::none);
}

struct Signed {
  ScriptedRandom random;
  SigningKey key = generate_signing_key(suite, random);
  Bytes content = counting(0, 100);
  Bytes signature = sign_with_label(suite, key, "label", content);

  Code check(std::string_view label, BytesView what, BytesView with) const {
    auto status = verify_with_label(suite, key.public_key.view(), label, what, with);
    return status ? Code::none : status.error().code;
  }
};

}  // namespace

TEST_CASE("Ed25519 of RFC 8032, 7.1, tests 1 to 3") {
  check_rfc8032("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5"
                "f0595bbe24655141438e7a100b");
  check_rfc8032("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2e"
                "aeb4302aeeb00d291612bb0c00");
  check_rfc8032("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
                "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15"
                "e9716ed28dc027beceea1ec40a");
}

TEST_CASE("the working group's SignWithLabel and RefHash vectors of suite 3") {
  auto key = signing_key_from_seed(suite, hex("4e312160ee4981358db479aa877412847abc7f7054b5605511256c395404d054"));
  REQUIRE(key);
  CHECK(to_hex(key->public_key.view()) == "18275f892ee0ca6f4687ff26c990776387502646ff658c3f572b324faecb05c5");
  Bytes content = hex("df308cf2dbf471edf2c29d30e3daf161b5b87d350ee3b2c715c298ec3d10d432");
  // Ed25519 is deterministic, so signing gives the published signature.
  CHECK(to_hex(sign_with_label(suite, *key, "SignWithLabel", content)) ==
        "4f56851c2c47f5115a61ff0ab6121b4a4732d4e94805fc7135a5132f87d5ca5f1dc7408816c1ea4f25887725cf5914b48c427a52cabcfe"
        "b746a2b8a12e821f08");
  Bytes value = hex("4f0c86f9c82fba0a896bd7eecf79a29856e98a7e4f13b9f841ae285d70ed8b68");
  CHECK(to_hex(ref_hash_whole_label(suite, "RefHash", value).view()) ==
        "f11019703c8b630060839b12a475fd39c6a30f8a866790ff46a35f9c65e1df3c");
  CHECK(ref_hash(suite, "X", value) == ref_hash_whole_label(suite, "MLS 1.0 X", value));
}

TEST_CASE("a label, content, key or signature that differs is refused") {
  Signed s;
  CHECK(s.check("label", s.content, s.signature) == Code::none);
  CHECK(s.check("labe", s.content, s.signature) == Code::bad_signature);
  CHECK(s.check("label2", s.content, s.signature) == Code::bad_signature);
  CHECK(s.check("", s.content, s.signature) == Code::bad_signature);
  CHECK(s.check("label", BytesView(s.content).first(99), s.signature) == Code::bad_signature);
  SigningKey other = generate_signing_key(suite, s.random);
  CHECK_FALSE(verify_with_label(suite, other.public_key.view(), "label", s.content, s.signature));
  for (std::size_t bit = 0; bit < s.signature.size() * 8; ++bit) {
    Bytes changed = s.signature;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    REQUIRE(s.check("label", s.content, changed) == Code::bad_signature);
  }
}

TEST_CASE("signatures of every other length are refused") {
  Signed s;
  for (std::size_t length = 0; length < s.signature.size(); ++length) {
    CHECK(s.check("label", s.content, BytesView(s.signature).first(length)) == Code::bad_signature);
  }
  Bytes longer = s.signature;
  longer.push_back(0);
  CHECK(s.check("label", s.content, longer) == Code::bad_signature);
}

TEST_CASE("seeds and public keys of every other length are refused") {
  Signed s;
  for (std::size_t length = 0; length <= 66; ++length) {
    if (length == 32) continue;
    auto key = signing_key_from_seed(suite, counting(1, length));
    REQUIRE_FALSE(key);
    CHECK(key.error().code == Code::bad_key);
    CHECK(verify_code(counting(1, length), s.content, s.signature) == Code::bad_key);
  }
}

// With the identity as key, R = S * B verifies for any message in a verifier that doesn't refuse it.
TEST_CASE("public keys of small order are refused") {
  Bytes identity = repeated(0, 32);
  identity[0] = 1;
  Bytes signature = repeated(0, 64);
  signature[0] = 1;  // R = identity, S = 0
  CHECK(verify_code(identity, counting(0, 5), signature) == Code::bad_signature);
  CHECK(verify_code(repeated(0, 32), counting(0, 5), signature) == Code::bad_signature);
}

// S + L signs the same in a verifier that doesn't demand S < L (RFC 8032 §5.1.7).
TEST_CASE("a signature with S not reduced is refused") {
  Signed s;
  Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  Bytes changed = s.signature;
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += changed[32 + i] + order[i];
    changed[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  REQUIRE(carry == 0);
  CHECK(s.check("label", s.content, changed) == Code::bad_signature);
}

TEST_CASE("the product's signatures bind label, network and body") {
  ScriptedRandom random;
  Ed25519Key key = ed25519_generate(random);
  NetworkId network{BytesView(counting(1, 16))};
  NetworkId other_network{BytesView(counting(2, 16))};
  Bytes body = counting(0, 70);
  Ed25519Signature signature = sign_as_encuentro(key, "entry", network, body);
  CHECK(verify_as_encuentro(key.public_key, "entry", network, body, signature));
  auto refused = verify_as_encuentro(key.public_key, "entry2", network, body, signature);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_signature);
  CHECK_FALSE(verify_as_encuentro(key.public_key, "entr", network, body, signature));
  CHECK_FALSE(verify_as_encuentro(key.public_key, "entry", other_network, body, signature));
  CHECK_FALSE(verify_as_encuentro(key.public_key, "entry", network, BytesView(body).first(69), signature));
  Ed25519Key other = ed25519_generate(random);
  CHECK_FALSE(verify_as_encuentro(other.public_key, "entry", network, body, signature));
}

TEST_CASE("the product's signature is Ed25519 over prefix, label, zero, network and body") {
  ScriptedRandom random;
  Ed25519Key key = ed25519_generate(random);
  NetworkId network{BytesView(counting(1, 16))};
  Bytes message = to_bytes(as_bytes("Encuentro 1.0 login"));
  message.push_back(0);
  for (std::uint8_t byte : network.view()) message.push_back(byte);
  message.push_back(0xbb);
  Ed25519Signature signature = sign_as_encuentro(key, "login", network, repeated(0xbb, 1));
  CHECK(verify(suite, key.public_key.view(), message, signature.view()));
}

TEST_CASE("one key signs for MLS and for the product, and neither passes for the other") {
  ScriptedRandom random;
  Ed25519Key key = ed25519_generate(random);
  SigningKey mls = to_mls(key);
  CHECK(equal(mls.public_key.view(), key.public_key.view()));
  Bytes content = counting(0, 20);
  Bytes by_mls = sign_with_label(suite, mls, "x", content);
  CHECK(verify_with_label(suite, key.public_key.view(), "x", content, by_mls));
  CHECK_FALSE(verify_as_encuentro(key.public_key, "x", NetworkId{}, content, Ed25519Signature{BytesView(by_mls)}));
  Ed25519Key rebuilt = ed25519_from_seed(key.seed.duplicate());
  CHECK(rebuilt.public_key == key.public_key);
}
