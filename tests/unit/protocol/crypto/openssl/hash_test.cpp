// Natively both libraries are linked; what both have gives the same bytes in both.
#include <openssl/evp.h>

#include <catch2/catch.hpp>

#include "protocol/crypto/hash.h"
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

TEST_CASE("SHA-384 and HMAC-SHA-384 (FIPS 180-4, RFC 4231)") {
  CHECK(to_hex(hash(HashAlgorithm::sha384, {as_bytes("abc")}).view()) ==
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7");
  CHECK(to_hex(mac(HashAlgorithm::sha384, as_bytes("Jefe"), {as_bytes("what do ya want for nothing?")}).view()) ==
        "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649");
  CHECK(to_hex(mac(HashAlgorithm::sha384, repeated(0xaa, 131),
                   {as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")})
                   .view()) ==
        "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952");
}
