// P-256, P-384 and P-521: points and scalars as raw bytes (SEC 1, uncompressed).
#pragma once

#include "protocol/base/bytes.h"
#include "protocol/crypto/openssl/handle.h"

namespace encuentro::crypto::openssl {

struct NistCurve {
  EC_GROUP* group;
  const char* name;         // as EVP parameters want it
  const char* digest;       // ECDSA's hash in MLS
  std::size_t field_bytes;  // of a coordinate and of a scalar
};

enum class NistName : std::uint8_t { p256, p384, p521 };
const NistCurve& nist_curve(NistName name);

// Null: zero or not below the order, wrong length.
Number read_scalar(const NistCurve& curve, BytesView bytes);
// Null: not an uncompressed point on the curve.
Point read_point(const NistCurve& curve, BytesView bytes);
bool public_key_of(const NistCurve& curve, BytesView scalar, PublicKeyBytes& public_key);

}  // namespace encuentro::crypto::openssl
