#include "protocol/mls/member/key_schedule.h"

#include "protocol/crypto/kdf.h"

namespace encuentro::mls::member {

namespace {

// §8.3, as HPKE's exporter context; the prefix is part of it.
constexpr std::string_view external_init_label = "MLS 1.0 external init secret";

template <class Out>
Out extract(crypto::Suite suite, BytesView salt, BytesView key_material) {
  Out out;
  out.resize(crypto::parameters(suite).hash_bytes);
  crypto::hkdf_extract(crypto::parameters(suite).hash, salt, key_material, out.span());
  return out;
}

}  // namespace

JoinerSecret joiner_secret(crypto::Suite suite, const InitSecret& init, const CommitSecret& commit,
                           BytesView group_context) {
  auto extracted = extract<SizedSecret<struct ExtractedTag>>(suite, init.view(), commit.view());
  return crypto::expand_with_label<JoinerSecret>(suite, extracted.view(), "joiner", group_context,
                                                 crypto::parameters(suite).hash_bytes);
}

MemberSecret member_secret(crypto::Suite suite, const JoinerSecret& joiner, const PskSecret& psk) {
  return extract<MemberSecret>(suite, joiner.view(), psk.view());
}

WelcomeSecret welcome_secret(crypto::Suite suite, const MemberSecret& member) {
  return crypto::derive_secret<WelcomeSecret>(suite, member.view(), "welcome");
}

EpochSecret epoch_secret(crypto::Suite suite, const MemberSecret& member, BytesView group_context) {
  return crypto::expand_with_label<EpochSecret>(suite, member.view(), "epoch", group_context,
                                                crypto::parameters(suite).hash_bytes);
}

CommitSecret no_commit_secret(crypto::Suite suite) { return CommitSecret::zero(crypto::parameters(suite).hash_bytes); }

EpochSecrets EpochSecrets::derive(crypto::Suite suite, const EpochSecret& epoch) {
  return {
      .init = crypto::derive_secret<InitSecret>(suite, epoch.view(), "init"),
      .sender_data = crypto::derive_secret<SenderDataSecret>(suite, epoch.view(), "sender data"),
      .encryption = crypto::derive_secret<EncryptionSecret>(suite, epoch.view(), "encryption"),
      .exporter = crypto::derive_secret<ExporterSecret>(suite, epoch.view(), "exporter"),
      .external = crypto::derive_secret<ExternalSecret>(suite, epoch.view(), "external"),
      .confirmation = crypto::derive_secret<ConfirmationKey>(suite, epoch.view(), "confirm"),
      .membership = crypto::derive_secret<MembershipKey>(suite, epoch.view(), "membership"),
      .resumption = crypto::derive_secret<ResumptionPskSecret>(suite, epoch.view(), "resumption"),
      .authenticator = crypto::derive_secret<EpochAuthenticator>(suite, epoch.view(), "authentication"),
  };
}

WelcomeKey WelcomeKey::derive(crypto::Suite suite, const WelcomeSecret& welcome) {
  const crypto::SuiteParameters& parameters = crypto::parameters(suite);
  WelcomeKey out;
  out.key.resize(parameters.aead_key_bytes);
  out.nonce.resize(parameters.aead_nonce_bytes);
  crypto::expand_with_label(suite, welcome.view(), "key", {}, out.key.span());
  crypto::expand_with_label(suite, welcome.view(), "nonce", {}, out.nonce.span());
  return out;
}

crypto::HpkeKeyPair external_key_pair(crypto::Suite suite, const ExternalSecret& external) {
  return crypto::hpke_derive_key_pair(suite, external.view());
}

Result<ExternalInitSecret> draw_external_init(crypto::Suite suite, BytesView external_pub, Random& random) {
  TRY(auto exported, crypto::hpke_send_export(suite, external_pub, {}, as_bytes(external_init_label),
                                              crypto::parameters(suite).hash_bytes, random));
  return ExternalInitSecret{std::move(exported.kem_output), InitSecret(exported.secret.view())};
}

Result<InitSecret> receive_external_init(crypto::Suite suite, const ExternalSecret& external, BytesView kem_output) {
  crypto::HpkeKeyPair pair = external_key_pair(suite, external);
  TRY(auto secret, crypto::hpke_receive_export(suite, pair.private_key.view(), pair.public_key.view(), kem_output, {},
                                               as_bytes(external_init_label), crypto::parameters(suite).hash_bytes));
  return InitSecret(secret.view());
}

Digest confirmation_tag(crypto::Suite suite, const ConfirmationKey& key, const Digest& confirmed_transcript_hash) {
  return crypto::mac(suite, key.view(), {confirmed_transcript_hash.view()});
}

}  // namespace encuentro::mls::member
