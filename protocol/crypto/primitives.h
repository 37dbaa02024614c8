// The seam between our constructions (HMAC, HKDF, HPKE, labelled signatures) and the two libraries that
// carry the arithmetic. Each library stands in its folder and is included nowhere else. Symmetric
// primitives are there twice with one signature and give the same bytes (tested); Ed25519 and X25519 are
// always libsodium's; the other curves are OpenSSL's and exist only natively.
#pragma once

#include "protocol/base/bytes.h"
#include "protocol/crypto/suite.h"

namespace encuentro::crypto {

// Room for the running state of any hash of either library. It may hold key material: whoever owns one
// wipes it.
struct HashState {
  alignas(16) std::array<std::uint8_t, 224> bytes;
};

namespace sodium {

// SHA-256 and SHA-512.
bool has(HashAlgorithm algorithm);
void hash_start(HashAlgorithm algorithm, HashState& state);
void hash_update(HashAlgorithm algorithm, HashState& state, BytesView bytes);
void hash_finish(HashAlgorithm algorithm, HashState& state, std::uint8_t* out);

// ChaCha20-Poly1305 only. `out` holds plaintext.size() + tag, may be the plaintext's place.
bool has(AeadAlgorithm algorithm);
void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          std::uint8_t* out);
// False if the tag doesn't match; `out` is then zero. The ciphertext has room for a tag.
bool open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
          std::uint8_t* out);

// X25519 (RFC 7748); all lengths are 32.
void x25519_public_key(BytesView private_key, std::uint8_t* public_key);
// False if the result is all zero (a point of small order).
bool x25519_agree(BytesView private_key, BytesView public_key, std::uint8_t* shared);

// Ed25519 (RFC 8032): seeds and public keys of 32 bytes, signatures of 64.
void ed25519_public_key(BytesView seed, std::uint8_t* public_key);
void ed25519_sign(BytesView seed, BytesView public_key, BytesView message, std::uint8_t* signature);
bool ed25519_verify(BytesView public_key, BytesView message, BytesView signature);

// The arithmetic of an Ed25519 signature, all in constant time. Scalars have 32 bytes and are below the group's order,
// except for `wide` (64 bytes) and `b` (any 32).
void ed25519_reduce(BytesView wide, std::uint8_t* scalar);
// The encoded product with the base point. A scalar of zero is a programmer error.
void ed25519_base_times(BytesView scalar, std::uint8_t* point);
// a b + c
void ed25519_multiply_add(BytesView a, BytesView b, BytesView c, std::uint8_t* scalar);

}  // namespace sodium

namespace openssl {

bool has(HashAlgorithm algorithm);
void hash_start(HashAlgorithm algorithm, HashState& state);
void hash_update(HashAlgorithm algorithm, HashState& state, BytesView bytes);
void hash_finish(HashAlgorithm algorithm, HashState& state, std::uint8_t* out);

bool has(AeadAlgorithm algorithm);
void seal(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView plaintext,
          std::uint8_t* out);
bool open(AeadAlgorithm algorithm, BytesView key, BytesView nonce, BytesView associated_data, BytesView ciphertext,
          std::uint8_t* out);

// Diffie-Hellman on X448 and the NIST curves. Lengths of private keys and of `shared` are the curve's.
// False: the private key is none (zero, not below the order).
bool kem_public_key(KemAlgorithm algorithm, BytesView private_key, PublicKeyBytes& public_key);
// False: not an uncompressed point of this curve.
bool kem_check_public_key(KemAlgorithm algorithm, BytesView public_key);
// False: either key is bad, or the result is all zero.
bool kem_agree(KemAlgorithm algorithm, BytesView private_key, BytesView public_key, MutableBytes shared);

// Ed448 and ECDSA with the curve's hash, DER-encoded as in TLS 1.3.
bool signature_public_key(SignatureAlgorithm algorithm, BytesView seed, PublicKeyBytes& public_key);
bool signature_check_public_key(SignatureAlgorithm algorithm, BytesView public_key);
Bytes sign(SignatureAlgorithm algorithm, BytesView seed, BytesView public_key, BytesView message);
bool verify(SignatureAlgorithm algorithm, BytesView public_key, BytesView message, BytesView signature);

}  // namespace openssl

// Which library carries the symmetric primitives: natively OpenSSL, 3 to 4 times faster here than
// libsodium for SHA-2 and ChaCha20-Poly1305.
#ifdef ENCUENTRO_WASM
inline constexpr bool with_openssl = false;
namespace symmetric = sodium;
#else
inline constexpr bool with_openssl = true;
namespace symmetric = openssl;
#endif

}  // namespace encuentro::crypto
