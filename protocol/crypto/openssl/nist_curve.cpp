#include "protocol/crypto/openssl/nist_curve.h"

#include <openssl/obj_mac.h>

namespace encuentro::crypto::openssl {

const NistCurve& nist_curve(NistName name) {
  static const std::array<NistCurve, 3> curves{{
      {EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1), "P-256", "SHA256", 32},
      {EC_GROUP_new_by_curve_name(NID_secp384r1), "P-384", "SHA384", 48},
      {EC_GROUP_new_by_curve_name(NID_secp521r1), "P-521", "SHA512", 66},
  }};
  const NistCurve& curve = curves[static_cast<std::size_t>(name)];
  ENC_CHECK(curve.group != nullptr);
  return curve;
}

Number read_scalar(const NistCurve& curve, BytesView bytes) {
  if (bytes.size() != curve.field_bytes) return nullptr;
  Number scalar(BN_secure_new());
  ENC_CHECK(scalar != nullptr);
  ENC_CHECK(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), scalar.get()) != nullptr);
  BN_set_flags(scalar.get(), BN_FLG_CONSTTIME);
  if (BN_is_zero(scalar.get()) || BN_cmp(scalar.get(), EC_GROUP_get0_order(curve.group)) >= 0) return nullptr;
  return scalar;
}

Point read_point(const NistCurve& curve, BytesView bytes) {
  if (bytes.size() != 1 + 2 * curve.field_bytes || bytes[0] != POINT_CONVERSION_UNCOMPRESSED) return nullptr;
  Point point(EC_POINT_new(curve.group));
  ENC_CHECK(point != nullptr);
  // Refuses coordinates outside the field and points off the curve.
  if (EC_POINT_oct2point(curve.group, point.get(), bytes.data(), bytes.size(), nullptr) != 1) return nullptr;
  return point;
}

bool public_key_of(const NistCurve& curve, BytesView scalar_bytes, PublicKeyBytes& public_key) {
  Number scalar = read_scalar(curve, scalar_bytes);
  if (!scalar) return false;
  Point point(EC_POINT_new(curve.group));
  ENC_CHECK(point != nullptr);
  ENC_CHECK(EC_POINT_mul(curve.group, point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1);
  public_key.resize(1 + 2 * curve.field_bytes);
  std::size_t written = EC_POINT_point2oct(curve.group, point.get(), POINT_CONVERSION_UNCOMPRESSED, public_key.data(),
                                           public_key.size(), nullptr);
  ENC_CHECK(written == public_key.size());
  return true;
}

}  // namespace encuentro::crypto::openssl
