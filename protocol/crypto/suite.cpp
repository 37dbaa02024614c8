#include "protocol/crypto/suite.h"

#include <array>

#include "protocol/crypto/primitives.h"

namespace encuentro::crypto {
namespace {

using H = HashAlgorithm;
using A = AeadAlgorithm;
using K = KemAlgorithm;
using S = SignatureAlgorithm;

// RFC 9420 §17.1, table 6; index is the suite's number - 1.
constexpr std::array<SuiteParameters, 7> table{{
    {H::sha256, A::aes128gcm, K::x25519, S::ed25519, 32, 16, 12},
    {H::sha256, A::aes128gcm, K::p256, S::p256, 32, 16, 12},
    {H::sha256, A::chacha20poly1305, K::x25519, S::ed25519, 32, 32, 12},
    {H::sha512, A::aes256gcm, K::x448, S::ed448, 64, 32, 12},
    {H::sha512, A::aes256gcm, K::p521, S::p521, 64, 32, 12},
    {H::sha512, A::chacha20poly1305, K::x448, S::ed448, 64, 32, 12},
    {H::sha384, A::aes256gcm, K::p384, S::p384, 48, 32, 12},
}};

constexpr std::array<Suite, 7> all_suites{
    Suite::x25519_aes128gcm_sha256_ed25519,
    Suite::p256_aes128gcm_sha256_p256,
    Suite::x25519_chacha20poly1305_sha256_ed25519,
    Suite::x448_aes256gcm_sha512_ed448,
    Suite::p521_aes256gcm_sha512_p521,
    Suite::x448_chacha20poly1305_sha512_ed448,
    Suite::p384_aes256gcm_sha384_p384,
};
constexpr std::array<Suite, 1> sodium_suites{encuentro_suite};

}  // namespace

std::span<const Suite> supported_suites() {
  if constexpr (with_openssl) return all_suites;
  return sodium_suites;
}

bool supported(Suite suite) {
  auto suites = supported_suites();
  return std::find(suites.begin(), suites.end(), suite) != suites.end();
}

const SuiteParameters& parameters(Suite suite) {
  auto index = static_cast<std::size_t>(suite) - 1;  // suite 0 wraps around and fails the check
  ENC_CHECK(index < table.size());
  return table[index];
}

}  // namespace encuentro::crypto
