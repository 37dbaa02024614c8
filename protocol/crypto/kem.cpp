#include "protocol/crypto/kem.h"

#include "protocol/crypto/labelled_kdf.h"
#include "protocol/crypto/primitives.h"
#include "protocol/crypto/small_order.h"

namespace encuentro::crypto {
namespace {

// RFC 9180 §7.1. For these KEMs Nenc = Npk and Ndh is the length of a coordinate.
struct KemParameters {
  std::uint8_t id;
  std::size_t private_bytes;  // Nsk, also Ndh
  std::size_t public_bytes;
  std::uint8_t top_mask;  // clears the bits above the order in a candidate scalar; 0: every string is a key
};

const KemParameters& kem_parameters(KemAlgorithm algorithm) {
  static constexpr KemParameters x25519{0x20, 32, 32, 0};
  static constexpr KemParameters x448{0x21, 56, 56, 0};
  static constexpr KemParameters p256{0x10, 32, 65, 0xff};
  static constexpr KemParameters p384{0x11, 48, 97, 0xff};
  static constexpr KemParameters p521{0x12, 66, 133, 0x01};
  switch (algorithm) {
    case KemAlgorithm::x25519:
      return x25519;
    case KemAlgorithm::x448:
      return x448;
    case KemAlgorithm::p256:
      return p256;
    case KemAlgorithm::p384:
      return p384;
    case KemAlgorithm::p521:
      break;
  }
  return p521;
}

struct KemSuiteId {
  std::array<std::uint8_t, 5> bytes;
  explicit KemSuiteId(const KemParameters& kem) : bytes{'K', 'E', 'M', 0, kem.id} {}
  BytesView view() const { return bytes; }
};

// False: not a private key of this KEM. The length is right already.
bool public_from_private(KemAlgorithm algorithm, BytesView private_key, HpkePublicKey& public_key) {
  if (algorithm == KemAlgorithm::x25519) {
    public_key.resize(32);
    sodium::x25519_public_key(private_key, public_key.data());
    return true;
  }
  if constexpr (with_openssl) return openssl::kem_public_key(algorithm, private_key, public_key);
  ENC_CHECK(false);
  return false;
}

// RFC 9180 §4.1 ExtractAndExpand, the context being kem_output || public_key.
KemSharedSecret extract_and_expand(Suite suite, const DhResult& dh, BytesView kem_output, BytesView public_key) {
  const SuiteParameters& p = parameters(suite);
  const KemSuiteId suite_id(kem_parameters(p.kem));
  SizedSecret<struct EaePrkTag> prk;
  prk.resize(p.hash_bytes);
  labelled_extract(p.hash, suite_id.view(), {}, "eae_prk", {dh.view()}, prk.span());
  const BigEndian<2> length(p.hash_bytes);
  KemSharedSecret shared;
  shared.resize(p.hash_bytes);
  hkdf_expand(
      p.hash, prk.view(),
      {length.view(), as_bytes(hpke_version), suite_id.view(), as_bytes("shared_secret"), kem_output, public_key},
      shared.span());
  return shared;
}

}  // namespace

std::uint8_t kem_id(KemAlgorithm algorithm) { return kem_parameters(algorithm).id; }

HpkeKeyPair hpke_derive_key_pair(Suite suite, BytesView key_material) {
  const SuiteParameters& p = parameters(suite);
  const KemParameters& kem = kem_parameters(p.kem);
  const KemSuiteId suite_id(kem);
  SizedSecret<struct DkpPrkTag> prk;
  prk.resize(p.hash_bytes);
  labelled_extract(p.hash, suite_id.view(), {}, "dkp_prk", {key_material}, prk.span());
  HpkeKeyPair pair;
  pair.private_key.resize(kem.private_bytes);
  if (kem.top_mask == 0) {
    labelled_expand(p.hash, suite_id.view(), prk.view(), "sk", {}, pair.private_key.span());
    ENC_CHECK(public_from_private(p.kem, pair.private_key.view(), pair.public_key));
    return pair;
  }
  for (std::uint8_t counter = 0; counter < 255; ++counter) {
    labelled_expand(p.hash, suite_id.view(), prk.view(), "candidate", {&counter, 1}, pair.private_key.span());
    pair.private_key.span()[0] &= kem.top_mask;
    if (public_from_private(p.kem, pair.private_key.view(), pair.public_key)) return pair;
  }
  ENC_CHECK(false);  // probability below 2^-8000 (RFC 9180 §7.1.3)
  return pair;
}

HpkeKeyPair hpke_generate(Suite suite, Random& random) {
  const SuiteParameters& p = parameters(suite);
  const KemParameters& kem = kem_parameters(p.kem);
  HpkeKeyPair pair;
  pair.private_key.resize(kem.private_bytes);
  do {
    random.fill(pair.private_key.span());
    if (kem.top_mask != 0) pair.private_key.span()[0] &= kem.top_mask;
  } while (!public_from_private(p.kem, pair.private_key.view(), pair.public_key));
  return pair;
}

Result<HpkePublicKey> hpke_public_key(Suite suite, BytesView private_key) {
  KemAlgorithm algorithm = parameters(suite).kem;
  const KemParameters& kem = kem_parameters(algorithm);
  if (private_key.size() != kem.private_bytes) {
    return fail(Code::bad_key, "", kem.private_bytes, private_key.size());
  }
  HpkePublicKey public_key;
  if (!public_from_private(algorithm, private_key, public_key)) return fail(Code::bad_key);
  return public_key;
}

Status hpke_check_public_key(Suite suite, BytesView public_key) {
  KemAlgorithm algorithm = parameters(suite).kem;
  const KemParameters& kem = kem_parameters(algorithm);
  if (public_key.size() != kem.public_bytes) return fail(Code::bad_key, "", kem.public_bytes, public_key.size());
  if (algorithm == KemAlgorithm::x25519 && x25519_has_small_order(public_key)) return fail(Code::bad_key);
  if constexpr (with_openssl) {
    if (kem.top_mask != 0 && !openssl::kem_check_public_key(algorithm, public_key)) return fail(Code::bad_key);
  }
  return {};
}

Result<DhResult> diffie_hellman(Suite suite, BytesView private_key, BytesView public_key) {
  const KemAlgorithm algorithm = parameters(suite).kem;
  const KemParameters& kem = kem_parameters(algorithm);
  if (private_key.size() != kem.private_bytes) {
    return fail(Code::bad_key, "", kem.private_bytes, private_key.size());
  }
  if (public_key.size() != kem.public_bytes) return fail(Code::bad_key, "", kem.public_bytes, public_key.size());
  auto shared = DhResult::zero(kem.private_bytes);
  if (algorithm == KemAlgorithm::x25519) {
    if (!sodium::x25519_agree(private_key, public_key, shared.span().data())) return fail(Code::bad_key);
    return shared;
  }
  if constexpr (with_openssl) {
    if (!openssl::kem_agree(algorithm, private_key, public_key, shared.span())) return fail(Code::bad_key);
    return shared;
  }
  ENC_CHECK(false);
  return fail(Code::bad_key);
}

Result<Encapsulation> encapsulate(Suite suite, BytesView public_key, Random& random) {
  TRY_OK(hpke_check_public_key(suite, public_key));
  HpkeKeyPair ephemeral = hpke_generate(suite, random);
  TRY(DhResult dh, diffie_hellman(suite, ephemeral.private_key.view(), public_key));
  return Encapsulation{ephemeral.public_key, extract_and_expand(suite, dh, ephemeral.public_key.view(), public_key)};
}

Result<KemSharedSecret> decapsulate(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output) {
  TRY(DhResult dh, diffie_hellman(suite, private_key, kem_output));
  return extract_and_expand(suite, dh, kem_output, public_key);
}

}  // namespace encuentro::crypto
