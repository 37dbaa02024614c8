// Ed448 (RFC 8032) and ECDSA over the NIST curves (FIPS 186-4). ECDSA's per-signature number comes from
// OpenSSL's own generator mixed with key and message: OpenSSL 3.0 has no way to pass it in.
#include <openssl/core_names.h>
#include <openssl/params.h>

#include "protocol/base/secret.h"
#include "protocol/crypto/openssl/nist_curve.h"
#include "protocol/crypto/primitives.h"

namespace encuentro::crypto::openssl {
namespace {

constexpr std::size_t ed448_key_bytes = 57;

const NistCurve& nist_curve_of(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::p256:
      return nist_curve(NistName::p256);
    case SignatureAlgorithm::p384:
      return nist_curve(NistName::p384);
    case SignatureAlgorithm::p521:
      return nist_curve(NistName::p521);
    default:
      ENC_CHECK(false);
      return nist_curve(NistName::p256);
  }
}

// EVP wants the name of the group, the point, and for signing the scalar in the machine's byte order.
Key nist_key(const NistCurve& curve, BytesView scalar, BytesView public_key) {
  Bytes point = to_bytes(public_key);
  SizedSecret<struct NativeScalarTag, 66> native(scalar);
  std::reverse(native.span().begin(), native.span().end());
  std::string name = curve.name;
  std::array<OSSL_PARAM, 4> params{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, name.data(), name.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      scalar.empty() ? OSSL_PARAM_construct_end()
                     : OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.span().data(), native.size()),
      OSSL_PARAM_construct_end()};
  KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  ENC_CHECK(context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  int selection = scalar.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (EVP_PKEY_fromdata(context.get(), &key, selection, params.data()) != 1) return nullptr;
  return Key(key);
}

Key private_key_of(SignatureAlgorithm algorithm, BytesView seed, BytesView public_key) {
  if (algorithm == SignatureAlgorithm::ed448) {
    return Key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED448, nullptr, seed.data(), seed.size()));
  }
  return nist_key(nist_curve_of(algorithm), seed, public_key);
}

Key public_key_object(SignatureAlgorithm algorithm, BytesView public_key) {
  if (algorithm == SignatureAlgorithm::ed448) {
    return Key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED448, nullptr, public_key.data(), public_key.size()));
  }
  return nist_key(nist_curve_of(algorithm), {}, public_key);
}

// Ed448 hashes by itself.
const char* digest_of(SignatureAlgorithm algorithm) {
  return algorithm == SignatureAlgorithm::ed448 ? nullptr : nist_curve_of(algorithm).digest;
}

}  // namespace

bool signature_public_key(SignatureAlgorithm algorithm, BytesView seed, PublicKeyBytes& public_key) {
  if (algorithm != SignatureAlgorithm::ed448) return public_key_of(nist_curve_of(algorithm), seed, public_key);
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED448, nullptr, seed.data(), seed.size()));
  if (!key) return refused();
  std::size_t size = ed448_key_bytes;
  public_key.resize(size);
  return EVP_PKEY_get_raw_public_key(key.get(), public_key.data(), &size) == 1;
}

bool signature_check_public_key(SignatureAlgorithm algorithm, BytesView public_key) {
  if (algorithm == SignatureAlgorithm::ed448) return public_key.size() == ed448_key_bytes;
  return read_point(nist_curve_of(algorithm), public_key) != nullptr || refused();
}

Bytes sign(SignatureAlgorithm algorithm, BytesView seed, BytesView public_key, BytesView message) {
  Key key = private_key_of(algorithm, seed, public_key);
  DigestContext context(EVP_MD_CTX_new());
  ENC_CHECK(key != nullptr && context != nullptr);
  ENC_CHECK(EVP_DigestSignInit_ex(context.get(), nullptr, digest_of(algorithm), nullptr, nullptr, key.get(), nullptr) ==
            1);
  std::size_t size = 0;
  ENC_CHECK(EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) == 1);
  Bytes signature(size);
  ENC_CHECK(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) == 1);
  signature.resize(size);  // DER is often shorter than its bound
  return signature;
}

bool verify(SignatureAlgorithm algorithm, BytesView public_key, BytesView message, BytesView signature) {
  Key key = public_key_object(algorithm, public_key);
  if (!key) return refused();
  DigestContext context(EVP_MD_CTX_new());
  ENC_CHECK(context != nullptr);
  ENC_CHECK(
      EVP_DigestVerifyInit_ex(context.get(), nullptr, digest_of(algorithm), nullptr, nullptr, key.get(), nullptr) == 1);
  bool right = EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
  return right || refused();
}

}  // namespace encuentro::crypto::openssl
