// Diffie-Hellman for the KEMs that libsodium doesn't have: X448 (RFC 7748) and the NIST curves.
#include "protocol/base/secret.h"
#include "protocol/crypto/openssl/nist_curve.h"
#include "protocol/crypto/primitives.h"

namespace encuentro::crypto::openssl {
namespace {

const NistCurve& nist_curve_of(KemAlgorithm algorithm) {
  switch (algorithm) {
    case KemAlgorithm::p256:
      return nist_curve(NistName::p256);
    case KemAlgorithm::p384:
      return nist_curve(NistName::p384);
    case KemAlgorithm::p521:
      return nist_curve(NistName::p521);
    default:
      ENC_CHECK(false);
      return nist_curve(NistName::p256);
  }
}

bool x448_public_key(BytesView private_key, PublicKeyBytes& public_key) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_X448, nullptr, private_key.data(), private_key.size()));
  if (!key) return refused();
  std::size_t size = private_key.size();
  public_key.resize(size);
  return EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size) == 1;
}

bool x448_agree(BytesView private_key, BytesView public_key, MutableBytes shared) {
  Key mine(EVP_PKEY_new_raw_private_key(EVP_PKEY_X448, nullptr, private_key.data(), private_key.size()));
  Key theirs(EVP_PKEY_new_raw_public_key(EVP_PKEY_X448, nullptr, public_key.data(), public_key.size()));
  if (!mine || !theirs) return refused();
  KeyContext context(EVP_PKEY_CTX_new(mine.get(), nullptr));
  ENC_CHECK(context != nullptr && EVP_PKEY_derive_init(context.get()) == 1);
  if (EVP_PKEY_derive_set_peer(context.get(), theirs.get()) != 1) return refused();
  std::size_t size = shared.size();
  if (EVP_PKEY_derive(context.get(), shared.data(), &size) != 1 || size != shared.size()) return refused();
  // A small-order point gives all zeros (RFC 7748 §6.2); looked at without branching on each byte.
  std::uint8_t any = 0;
  for (std::uint8_t byte : shared) any |= byte;
  return any != 0;
}

}  // namespace

bool kem_public_key(KemAlgorithm algorithm, BytesView private_key, PublicKeyBytes& public_key) {
  if (algorithm == KemAlgorithm::x448) return x448_public_key(private_key, public_key);
  return public_key_of(nist_curve_of(algorithm), private_key, public_key);
}

bool kem_check_public_key(KemAlgorithm algorithm, BytesView public_key) {
  if (algorithm == KemAlgorithm::x448) return public_key.size() == 56;
  return read_point(nist_curve_of(algorithm), public_key) != nullptr || refused();
}

bool kem_agree(KemAlgorithm algorithm, BytesView private_key, BytesView public_key, MutableBytes shared) {
  if (algorithm == KemAlgorithm::x448) return x448_agree(private_key, public_key, shared);
  const NistCurve& curve = nist_curve_of(algorithm);
  Number scalar = read_scalar(curve, private_key);
  Point point = read_point(curve, public_key);
  if (!scalar || !point) return refused();
  Point product(EC_POINT_new(curve.group));
  NumberContext context(BN_CTX_secure_new());
  Number x(BN_secure_new());
  ENC_CHECK(product != nullptr && context != nullptr && x != nullptr);
  ENC_CHECK(EC_POINT_mul(curve.group, product.get(), nullptr, point.get(), scalar.get(), context.get()) == 1);
  // The order is prime and the scalar below it, so the product is never the point at infinity.
  ENC_CHECK(EC_POINT_get_affine_coordinates(curve.group, product.get(), x.get(), nullptr, context.get()) == 1);
  ENC_CHECK(BN_bn2binpad(x.get(), shared.data(), static_cast<int>(shared.size())) == static_cast<int>(shared.size()));
  return true;
}

}  // namespace encuentro::crypto::openssl
