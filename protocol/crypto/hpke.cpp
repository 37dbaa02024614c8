#include "protocol/crypto/hpke.h"

#include "protocol/crypto/aead.h"
#include "protocol/crypto/kem.h"
#include "protocol/crypto/labelled_kdf.h"
#include "protocol/crypto/labels.h"

namespace encuentro::crypto {
namespace {

constexpr std::uint8_t mode_base = 0;

// The registries count the hashes and AEADs in the order of our enums, from 1.
std::array<std::uint8_t, 10> suite_id(const SuiteParameters& p) {
  return {'H', 'P',
          'K', 'E',
          0,   kem_id(p.kem),
          0,   static_cast<std::uint8_t>(static_cast<unsigned>(p.hash) + 1),
          0,   static_cast<std::uint8_t>(static_cast<unsigned>(p.aead) + 1)};
}
static_assert(static_cast<int>(HashAlgorithm::sha256) == 0 && static_cast<int>(HashAlgorithm::sha512) == 2);
static_assert(static_cast<int>(AeadAlgorithm::aes128gcm) == 0 &&
              static_cast<int>(AeadAlgorithm::chacha20poly1305) == 2);

// RFC 9180 §5.1 KeySchedule for base mode. What isn't asked for isn't derived.
class Schedule {
 public:
  Schedule(Suite suite, const KemSharedSecret& shared_secret, Parts info)
      : parameters_(parameters(suite)), suite_id_(suite_id(parameters_)) {
    std::size_t n = parameters_.hash_bytes;
    context_.resize(1 + 2 * n);
    context_.span()[0] = mode_base;
    labelled_extract(parameters_.hash, suite_id_, {}, "psk_id_hash", {}, context_.span().subspan(1, n));
    labelled_extract(parameters_.hash, suite_id_, {}, "info_hash", info, context_.span().subspan(1 + n, n));
    secret_.resize(n);
    labelled_extract(parameters_.hash, suite_id_, shared_secret.view(), "secret", {}, secret_.span());
  }

  // Single-shot: the sequence number is 0, so the nonce is base_nonce itself.
  Bytes seal(BytesView associated_data, BytesView plaintext) const {
    const Keys keys = derive_keys();
    return crypto::seal(parameters_.aead, keys.key.view(), keys.nonce.view(), associated_data, plaintext);
  }
  Result<SecretBytes> open(BytesView associated_data, BytesView ciphertext) const {
    const Keys keys = derive_keys();
    return crypto::open(parameters_.aead, keys.key.view(), keys.nonce.view(), associated_data, ciphertext);
  }
  // RFC 9180 §5.3.
  SizedSecret<struct HpkeExportTag> export_secret(BytesView exporter_context, std::size_t bytes) const {
    SizedSecret<struct ExporterSecretTag> exporter;
    exporter.resize(parameters_.hash_bytes);
    labelled_expand(parameters_.hash, suite_id_, secret_.view(), "exp", context_.view(), exporter.span());
    SizedSecret<struct HpkeExportTag> out;
    out.resize(bytes);
    labelled_expand(parameters_.hash, suite_id_, exporter.view(), "sec", exporter_context, out.span());
    return out;
  }

 private:
  struct Keys {
    SizedSecret<struct HpkeAeadKeyTag, 32> key;
    SizedSecret<struct HpkeNonceTag, 12> nonce;
  };
  Keys derive_keys() const {
    Keys keys;
    keys.key.resize(parameters_.aead_key_bytes);
    keys.nonce.resize(parameters_.aead_nonce_bytes);
    labelled_expand(parameters_.hash, suite_id_, secret_.view(), "key", context_.view(), keys.key.span());
    labelled_expand(parameters_.hash, suite_id_, secret_.view(), "base_nonce", context_.view(), keys.nonce.span());
    return keys;
  }

  const SuiteParameters& parameters_;
  std::array<std::uint8_t, 10> suite_id_;
  InlineBytes<129> context_;
  SizedSecret<struct HpkeSecretTag> secret_;
};

Result<HpkeCiphertext> seal_to(Suite suite, BytesView public_key, Parts info, BytesView associated_data,
                               BytesView plaintext, Random& random) {
  TRY(Encapsulation sent, encapsulate(suite, public_key, random));
  const Schedule schedule(suite, sent.shared_secret, info);
  return HpkeCiphertext{to_bytes(sent.kem_output.view()), schedule.seal(associated_data, plaintext)};
}

Result<SecretBytes> open_from(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output,
                              Parts info, BytesView associated_data, BytesView ciphertext) {
  TRY(KemSharedSecret shared_secret, decapsulate(suite, private_key, public_key, kem_output));
  return Schedule(suite, shared_secret, info).open(associated_data, ciphertext);
}

}  // namespace

Result<HpkeCiphertext> hpke_seal(Suite suite, BytesView public_key, BytesView info, BytesView associated_data,
                                 BytesView plaintext, Random& random) {
  return seal_to(suite, public_key, {info}, associated_data, plaintext, random);
}

Result<SecretBytes> hpke_open(Suite suite, BytesView private_key, BytesView public_key, BytesView kem_output,
                              BytesView info, BytesView associated_data, BytesView ciphertext) {
  return open_from(suite, private_key, public_key, kem_output, {info}, associated_data, ciphertext);
}

Result<HpkeExport> hpke_send_export(Suite suite, BytesView public_key, BytesView info, BytesView exporter_context,
                                    std::size_t bytes, Random& random) {
  TRY(Encapsulation sent, encapsulate(suite, public_key, random));
  const Schedule schedule(suite, sent.shared_secret, {info});
  return HpkeExport{to_bytes(sent.kem_output.view()), schedule.export_secret(exporter_context, bytes)};
}

Result<SizedSecret<struct HpkeExportTag>> hpke_receive_export(Suite suite, BytesView private_key, BytesView public_key,
                                                              BytesView kem_output, BytesView info,
                                                              BytesView exporter_context, std::size_t bytes) {
  TRY(KemSharedSecret shared_secret, decapsulate(suite, private_key, public_key, kem_output));
  return Schedule(suite, shared_secret, {info}).export_secret(exporter_context, bytes);
}

Result<HpkeCiphertext> encrypt_with_label(Suite suite, BytesView public_key, std::string_view label, BytesView context,
                                          BytesView plaintext, Random& random) {
  return with_labelled_parts(label, context,
                             [&](Parts info) { return seal_to(suite, public_key, info, {}, plaintext, random); });
}

Result<SecretBytes> decrypt_with_label(Suite suite, BytesView private_key, BytesView public_key, std::string_view label,
                                       BytesView context, BytesView kem_output, BytesView ciphertext) {
  return with_labelled_parts(label, context, [&](Parts info) {
    return open_from(suite, private_key, public_key, kem_output, info, {}, ciphertext);
  });
}

}  // namespace encuentro::crypto
