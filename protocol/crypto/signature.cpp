#include "protocol/crypto/signature.h"

#include "protocol/codec/writer.h"
#include "protocol/crypto/ed25519.h"
#include "protocol/crypto/hash.h"
#include "protocol/crypto/labels.h"
#include "protocol/crypto/primitives.h"

namespace encuentro::crypto {
namespace {

constexpr std::string_view encuentro_prefix = "Encuentro 1.0 ";
constexpr std::size_t ed25519_signature_bytes = 64;

struct SignatureParameters {
  std::size_t seed_bytes;
  std::size_t public_bytes;
  std::uint8_t top_mask;  // clears the bits above the order in a candidate scalar
};

SignatureParameters signature_parameters(SignatureAlgorithm algorithm) {
  switch (algorithm) {
    case SignatureAlgorithm::ed25519:
      return {32, 32, 0xff};
    case SignatureAlgorithm::ed448:
      return {57, 57, 0xff};
    case SignatureAlgorithm::p256:
      return {32, 65, 0xff};
    case SignatureAlgorithm::p384:
      return {48, 97, 0xff};
    case SignatureAlgorithm::p521:
      break;
  }
  return {66, 133, 0x01};
}

// False: the seed is no scalar of the curve. Its length is right already.
bool public_from_seed(SignatureAlgorithm algorithm, BytesView seed, SignaturePublicKey& public_key) {
  if (algorithm == SignatureAlgorithm::ed25519) {
    public_key.resize(32);
    sodium::ed25519_public_key(seed, public_key.data());
    return true;
  }
  if constexpr (with_openssl) return openssl::signature_public_key(algorithm, seed, public_key);
  ENC_CHECK(false);
  return false;
}

Bytes encuentro_content(std::string_view label, const NetworkId& network, BytesView body) {
  codec::Writer writer(encuentro_prefix.size() + label.size() + 1 + NetworkId::bytes + body.size());
  writer.raw(as_bytes(encuentro_prefix));
  writer.raw(as_bytes(label));
  writer.u8(0);
  writer.id(network);
  writer.raw(body);
  return writer.take();
}

}  // namespace

SigningKey generate_signing_key(Suite suite, Random& random) {
  SignatureAlgorithm algorithm = parameters(suite).signature;
  SignatureParameters p = signature_parameters(algorithm);
  SigningKey key;
  key.seed.resize(p.seed_bytes);
  do {
    random.fill(key.seed.span());
    key.seed.span()[0] &= p.top_mask;
  } while (!public_from_seed(algorithm, key.seed.view(), key.public_key));
  return key;
}

Result<SigningKey> signing_key_from_seed(Suite suite, BytesView seed) {
  SignatureAlgorithm algorithm = parameters(suite).signature;
  SignatureParameters p = signature_parameters(algorithm);
  if (seed.size() != p.seed_bytes) return fail(Code::bad_key, "", p.seed_bytes, seed.size());
  SigningKey key{SizedSecret<struct SignatureSeedTag, 66>(seed), {}};
  if (!public_from_seed(algorithm, seed, key.public_key)) return fail(Code::bad_key);
  return key;
}

Bytes sign(Suite suite, const SigningKey& key, BytesView message) {
  SignatureAlgorithm algorithm = parameters(suite).signature;
  ENC_CHECK(key.seed.size() == signature_parameters(algorithm).seed_bytes);
  if (algorithm == SignatureAlgorithm::ed25519) {
    Bytes signature(ed25519_signature_bytes);
    sodium::ed25519_sign(key.seed.view(), key.public_key.view(), message, signature.data());
    return signature;
  }
  if constexpr (with_openssl) return openssl::sign(algorithm, key.seed.view(), key.public_key.view(), message);
  ENC_CHECK(false);
  return {};
}

Status verify(Suite suite, BytesView public_key, BytesView message, BytesView signature) {
  SignatureAlgorithm algorithm = parameters(suite).signature;
  SignatureParameters p = signature_parameters(algorithm);
  if (public_key.size() != p.public_bytes) return fail(Code::bad_key, "", p.public_bytes, public_key.size());
  if (algorithm == SignatureAlgorithm::ed25519) {
    bool right = signature.size() == ed25519_signature_bytes && sodium::ed25519_verify(public_key, message, signature);
    if (!right) return fail(Code::bad_signature);
    return {};
  }
  if constexpr (with_openssl) {
    if (!openssl::signature_check_public_key(algorithm, public_key)) return fail(Code::bad_key);
    if (!openssl::verify(algorithm, public_key, message, signature)) return fail(Code::bad_signature);
    return {};
  }
  ENC_CHECK(false);
  return fail(Code::bad_signature);
}

Bytes sign_with_label(Suite suite, const SigningKey& key, std::string_view label, BytesView content) {
  const bool is_ed25519 = parameters(suite).signature == SignatureAlgorithm::ed25519;
  // Without OpenSSL there is only libsodium's SHA-512, and nothing to be won.
  if (with_openssl && is_ed25519 && content.size() >= ed25519_long_bytes) {
    Bytes signature(ed25519_signature_bytes);
    with_labelled_parts(label, content, [&](Parts message) {
      ed25519_sign_long(key.seed.view(), key.public_key.view(), message, signature.data());
    });
    return signature;
  }
  return sign(suite, key, labelled_content(label, content));
}

Status verify_with_label(Suite suite, BytesView public_key, std::string_view label, BytesView content,
                         BytesView signature) {
  return verify(suite, public_key, labelled_content(label, content), signature);
}

Ed25519Key ed25519_from_seed(Ed25519Seed seed) {
  std::array<std::uint8_t, 32> public_key;
  sodium::ed25519_public_key(seed.view(), public_key.data());
  return {std::move(seed), Ed25519PublicKey(public_key)};
}

Ed25519Key ed25519_generate(Random& random) {
  Ed25519Seed seed;
  random.fill(seed.span());
  return ed25519_from_seed(std::move(seed));
}

SigningKey to_mls(const Ed25519Key& key) {
  return {SizedSecret<struct SignatureSeedTag, 66>(key.seed.view()), SignaturePublicKey(key.public_key.view())};
}

Ed25519Signature sign_as_encuentro(const Ed25519Key& key, std::string_view label, const NetworkId& network,
                                   BytesView body) {
  std::array<std::uint8_t, ed25519_signature_bytes> signature;
  Bytes content = encuentro_content(label, network, body);
  sodium::ed25519_sign(key.seed.view(), key.public_key.view(), content, signature.data());
  return Ed25519Signature(signature);
}

Status verify_as_encuentro(const Ed25519PublicKey& key, std::string_view label, const NetworkId& network,
                           BytesView body, const Ed25519Signature& signature) {
  Bytes content = encuentro_content(label, network, body);
  if (!sodium::ed25519_verify(key.view(), content, signature.view())) return fail(Code::bad_signature);
  return {};
}

Digest ref_hash(Suite suite, std::string_view label, BytesView value) {
  const VectorHeader label_header(mls_label_prefix.size() + label.size());
  const VectorHeader value_header(value.size());
  return hash(suite, {label_header.view(), as_bytes(mls_label_prefix), as_bytes(label), value_header.view(), value});
}

Digest ref_hash_whole_label(Suite suite, std::string_view label, BytesView value) {
  return hash(suite, {VectorHeader(label.size()).view(), as_bytes(label), VectorHeader(value.size()).view(), value});
}

}  // namespace encuentro::crypto
