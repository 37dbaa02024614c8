#include "protocol/crypto/ed25519.h"

#include <catch2/catch.hpp>

#include "protocol/crypto/labels.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/signature.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"
#include "tests/unit/protocol/crypto/scripted_random.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

Bytes by_libsodium(BytesView seed, BytesView public_key, BytesView message) {
  Bytes signature(64);
  sodium::ed25519_sign(seed, public_key, message, signature.data());
  return signature;
}

}  // namespace

TEST_CASE("Ed25519 of RFC 8032, 7.1, TEST 3 and TEST SHA(abc), by parts") {
  Bytes signature(64);
  const Bytes seed = hex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7");
  const Bytes public_key = hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
  ed25519_sign_long(seed, public_key, {hex("af"), hex("82")}, signature.data());
  CHECK(to_hex(signature) ==
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
}

TEST_CASE("a message signed in parts has libsodium's signature") {
  ScriptedRandom random;
  for (std::size_t i = 0; i < 64; ++i) {
    Bytes seed(32), public_key(32), message(i * 37), signature(64);
    random.fill(seed);
    random.fill(message);
    sodium::ed25519_public_key(seed, public_key.data());
    const std::size_t cut = message.size() * i / 64;
    const BytesView whole(message);
    ed25519_sign_long(seed, public_key, {whole.first(cut), {}, whole.subspan(cut)}, signature.data());
    REQUIRE(signature == by_libsodium(seed, public_key, message));
    REQUIRE(sodium::ed25519_verify(public_key, message, signature));
  }
}

TEST_CASE("signatures with a label are the same on both sides of the length where the way changes") {
  constexpr Suite suite = Suite::x25519_chacha20poly1305_sha256_ed25519;
  ScriptedRandom random;
  const SigningKey key = generate_signing_key(suite, random);
  for (std::size_t size : {ed25519_long_bytes - 1, ed25519_long_bytes, ed25519_long_bytes + 1, std::size_t{70'000}}) {
    Bytes content(size);
    random.fill(content);
    const Bytes signature = sign_with_label(suite, key, "GroupInfoTBS", content);
    const Bytes labelled = labelled_content("GroupInfoTBS", content);
    CHECK(signature == by_libsodium(key.seed.view(), key.public_key.view(), labelled));
    CHECK(verify_with_label(suite, key.public_key.view(), "GroupInfoTBS", content, signature));
  }
}
