// Natively both libraries are linked; what both have gives the same bytes in both.
#include <openssl/evp.h>

#include <catch2/catch.hpp>

#include "protocol/crypto/openssl/handle.h"
#include "protocol/crypto/primitives.h"
#include "tests/unit/protocol/crypto/hex_bytes.h"

using namespace encuentro;
using namespace encuentro::crypto;

namespace {

const std::array<std::size_t, 14> sizes{0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 1024, 4096, 100000};

template <auto Start, auto Update, auto Finish>
Bytes digest(HashAlgorithm algorithm, std::size_t size, BytesView message, std::size_t cut) {
  HashState state;
  Start(algorithm, state);
  Update(algorithm, state, message.first(cut));
  Update(algorithm, state, message.subspan(cut));
  Bytes out(size);
  Finish(algorithm, state, out.data());
  return out;
}

constexpr auto by_sodium = digest<sodium::hash_start, sodium::hash_update, sodium::hash_finish>;
constexpr auto by_openssl = digest<openssl::hash_start, openssl::hash_update, openssl::hash_finish>;

// The textbook HMAC, over a given library's hash.
template <class Hash>
Bytes hmac(Hash hash, std::size_t block, BytesView key, BytesView message) {
  Bytes inner = repeated(0x36, block), outer = repeated(0x5c, block);
  for (std::size_t i = 0; i < key.size(); ++i) {
    inner[i] ^= key[i];
    outer[i] ^= key[i];
  }
  inner.insert(inner.end(), message.begin(), message.end());
  Bytes digest = hash(inner);
  outer.insert(outer.end(), digest.begin(), digest.end());
  return hash(outer);
}

}  // namespace

TEST_CASE("SHA-256 and SHA-512 are the same in both libraries") {
  for (auto [algorithm, size] : {std::pair{HashAlgorithm::sha256, 32}, std::pair{HashAlgorithm::sha512, 64}}) {
    REQUIRE(sodium::has(algorithm));
    REQUIRE(openssl::has(algorithm));
    for (std::size_t length : sizes) {
      Bytes message = counting(7, length);
      for (std::size_t cut : {std::size_t{0}, length / 3, length}) {
        Bytes one = by_sodium(algorithm, static_cast<std::size_t>(size), message, cut);
        CHECK(one == by_openssl(algorithm, static_cast<std::size_t>(size), message, cut));
      }
    }
  }
}

TEST_CASE("HMAC is the same over both libraries and in OpenSSL's own") {
  for (auto [algorithm, size, block, name] :
       {std::tuple{HashAlgorithm::sha256, 32, 64, "SHA256"}, std::tuple{HashAlgorithm::sha512, 64, 128, "SHA512"}}) {
    auto bytes = static_cast<std::size_t>(size);
    for (std::size_t length : sizes) {
      Bytes key = counting(1, 32), message = counting(9, length);
      Bytes a = hmac([&](const Bytes& m) { return by_sodium(algorithm, bytes, m, 0); }, static_cast<std::size_t>(block),
                     key, message);
      Bytes b = hmac([&](const Bytes& m) { return by_openssl(algorithm, bytes, m, 0); },
                     static_cast<std::size_t>(block), key, message);
      Bytes c(bytes);
      std::size_t written = 0;
      REQUIRE(EVP_Q_mac(nullptr, "HMAC", nullptr, name, nullptr, key.data(), key.size(), message.data(), message.size(),
                        c.data(), c.size(), &written) != nullptr);
      CHECK(a == b);
      CHECK(a == c);
    }
  }
}

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

TEST_CASE("Ed25519 signatures are the same in both libraries, each verifies the other's") {
  for (std::uint8_t i = 0; i < 32; ++i) {
    Bytes seed = counting(i, 32), message = counting(i, 40u * i);
    Bytes public_a(32), public_b(32), signature_a(64), signature_b(64);
    sodium::ed25519_public_key(seed, public_a.data());
    openssl::Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), 32));
    REQUIRE(key);
    std::size_t size = 32;
    REQUIRE(EVP_PKEY_get_raw_public_key(key.get(), public_b.data(), &size) == 1);
    CHECK(public_a == public_b);
    sodium::ed25519_sign(seed, public_a, message, signature_a.data());
    openssl::DigestContext context(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestSignInit_ex(context.get(), nullptr, nullptr, nullptr, nullptr, key.get(), nullptr) == 1);
    size = 64;
    REQUIRE(EVP_DigestSign(context.get(), signature_b.data(), &size, message.data(), message.size()) == 1);
    CHECK(signature_a == signature_b);
    CHECK(sodium::ed25519_verify(public_a, message, signature_b));
    openssl::DigestContext verifier(EVP_MD_CTX_new());
    REQUIRE(EVP_DigestVerifyInit_ex(verifier.get(), nullptr, nullptr, nullptr, nullptr, key.get(), nullptr) == 1);
    CHECK(EVP_DigestVerify(verifier.get(), signature_a.data(), 64, message.data(), message.size()) == 1);
  }
}
