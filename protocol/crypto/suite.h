// The MLS cipher suites (RFC 9420 §17.1). Suite 3 is the product's own and the only one in WebAssembly,
// where libsodium carries all of it; natively suites 1 to 7 are there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "protocol/base/error.h"

namespace encuentro::crypto {

// Values of the IANA registry. A Suite from outside goes through `supported` first; every other call
// treats an unsupported suite as a programmer's error.
enum class Suite : std::uint16_t {
  x25519_aes128gcm_sha256_ed25519 = 1,
  p256_aes128gcm_sha256_p256 = 2,
  x25519_chacha20poly1305_sha256_ed25519 = 3,
  x448_aes256gcm_sha512_ed448 = 4,
  p521_aes256gcm_sha512_p521 = 5,
  x448_chacha20poly1305_sha512_ed448 = 6,
  p384_aes256gcm_sha384_p384 = 7,
};

inline constexpr Suite encuentro_suite = Suite::x25519_chacha20poly1305_sha256_ed25519;

enum class HashAlgorithm : std::uint8_t { sha256, sha384, sha512 };
enum class AeadAlgorithm : std::uint8_t { aes128gcm, aes256gcm, chacha20poly1305 };
enum class KemAlgorithm : std::uint8_t { x25519, x448, p256, p384, p521 };
enum class SignatureAlgorithm : std::uint8_t { ed25519, ed448, p256, p384, p521 };

struct SuiteParameters {
  HashAlgorithm hash;
  AeadAlgorithm aead;
  KemAlgorithm kem;
  SignatureAlgorithm signature;
  std::size_t hash_bytes;        // Nh, also the size of every key schedule secret
  std::size_t aead_key_bytes;    // Nk
  std::size_t aead_nonce_bytes;  // Nn
};

inline constexpr std::size_t aead_tag_bytes = 16;

bool supported(Suite suite);
std::span<const Suite> supported_suites();
const SuiteParameters& parameters(Suite suite);

}  // namespace encuentro::crypto
