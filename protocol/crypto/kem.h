// DHKEM (RFC 9180 §4.1) over the KEMs of the suites, base mode only.
#pragma once

#include "protocol/crypto/hpke.h"

namespace encuentro::crypto {

// RFC 9180 §7.1; the high byte of all of them is 0.
std::uint8_t kem_id(KemAlgorithm algorithm);

using KemSharedSecret = SizedSecret<struct KemSharedSecretTag>;

// RFC 9180 §4.1 DH; as long as a private key. Errors: bad_key (lengths, the curve, a result of zeros).
using DhResult = SizedSecret<struct DhResultTag, 66>;
Result<DhResult> diffie_hellman(Suite suite, BytesView private_key, BytesView public_key);

struct Encapsulation {
  PublicKeyBytes kem_output;
  KemSharedSecret shared_secret;
};

// Errors: bad_key.
Result<Encapsulation> encapsulate(Suite suite, BytesView public_key, Random& random);
// `public_key` belongs to `private_key`. Errors: bad_key.
Result<KemSharedSecret> decapsulate(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output);

}  // namespace encuentro::crypto
