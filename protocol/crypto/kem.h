// DHKEM (RFC 9180 §4.1) over the KEMs of the suites, base mode only.
#pragma once

#include "protocol/crypto/hpke.h"

namespace encuentro::crypto {

// RFC 9180 §7.1; the high byte of all of them is 0.
std::uint8_t kem_id(KemAlgorithm algorithm);

using KemSharedSecret = SizedSecret<struct KemSharedSecretTag>;

struct Encapsulation {
  PublicKeyBytes kem_output;
  KemSharedSecret shared_secret;
};

// Errors: bad_key.
Result<Encapsulation> encapsulate(Suite suite, BytesView public_key, Random& random);
// `public_key` belongs to `private_key`. Errors: bad_key.
Result<KemSharedSecret> decapsulate(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output);

}  // namespace encuentro::crypto
