// Ed25519 signing (RFC 8032 §5.1.6) of long messages: the message comes in parts, so that nobody copies it together,
// and is hashed by the faster SHA-512 (`symmetric`); all arithmetic on secrets is libsodium's. The bytes are those of
// libsodium's own signing, which is for everything short.
#pragma once

#include "protocol/crypto/hash.h"

namespace encuentro::crypto {

// From here on two passes of hashing cost more than what signing costs besides. A GroupInfo with its tree is so long.
inline constexpr std::size_t ed25519_long_bytes = 16 * 1024;

// `seed` and `public_key` of 32 bytes, `signature` of 64.
void ed25519_sign_long(BytesView seed, BytesView public_key, Parts message, std::uint8_t* signature);

}  // namespace encuentro::crypto
