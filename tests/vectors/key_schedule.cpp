#include "protocol/mls/member/key_schedule.h"

#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

using namespace mls::member;

struct ExpectedSecret {
  const char* field;
  BytesView computed;
};

Verdict verify_exporter(const Fields& vector, crypto::Suite suite, const ExporterSecret& secret) {
  TAKE(std::string label, vector.text("label"));
  TAKE(Bytes context, vector.bytes("context"));
  TAKE(std::uint64_t length, vector.number("length"));
  TAKE(Bytes expected, vector.bytes("secret"));
  TAKE(SecretBytes exported, EpochExporter(suite, secret).derive(label, context, length));
  EXPECT(equal(exported.view(), expected));
  return {};
}

Taken<mls::GroupContext> context_of(const Fields& epoch, crypto::Suite suite, const Bytes& group_id, Epoch number) {
  mls::GroupContext context;
  context.cipher_suite = suite;
  context.group_id = group_id;
  context.epoch = number;
  TAKE(context.tree_hash, epoch.sized<Digest>("tree_hash"));
  TAKE(context.confirmed_transcript_hash, epoch.sized<Digest>("confirmed_transcript_hash"));
  return context;
}

// Checks one epoch and leaves its init secret in `init`.
Verdict verify_epoch(const Fields& epoch, crypto::Suite suite, const mls::GroupContext& context, InitSecret& init) {
  const Bytes encoded_context = mls::encoded(context);
  TAKE(Bytes group_context, epoch.bytes("group_context"));
  EXPECT(encoded_context == group_context);
  TAKE(CommitSecret commit_secret, epoch.sized<CommitSecret>("commit_secret"));
  PskSecret psk = PskSecret::zero(crypto::parameters(suite).hash_bytes);
  if (!epoch.is_null("psk_secret")) {
    TAKE(psk, epoch.sized<PskSecret>("psk_secret"));
  }
  JoinerSecret joiner = joiner_secret(suite, init, commit_secret, encoded_context);
  MemberSecret member = member_secret(suite, joiner, psk);
  WelcomeSecret welcome = welcome_secret(suite, member);
  EpochSecrets secrets = EpochSecrets::derive(suite, epoch_secret(suite, member, encoded_context));
  const auto external_pub = external_key_pair(suite, secrets.external).public_key;
  const ExpectedSecret expected[] = {
      {"joiner_secret", joiner.view()},
      {"welcome_secret", welcome.view()},
      {"init_secret", secrets.init.view()},
      {"sender_data_secret", secrets.sender_data.view()},
      {"encryption_secret", secrets.encryption.view()},
      {"exporter_secret", secrets.exporter.view()},
      {"epoch_authenticator", secrets.authenticator.view()},
      {"external_secret", secrets.external.view()},
      {"confirmation_key", secrets.confirmation.view()},
      {"membership_key", secrets.membership.view()},
      {"resumption_psk", secrets.resumption.view()},
      {"external_pub", external_pub.view()},
  };
  for (const ExpectedSecret& secret : expected) {
    TAKE(Bytes wanted, epoch.bytes(secret.field));
    if (!equal(secret.computed, wanted)) return std::unexpected(std::string("another ") + secret.field);
  }
  TAKE(Fields exporter, epoch.object("exporter"));
  TAKE_OK(verify_exporter(exporter, suite, secrets.exporter));
  init = std::move(secrets.init);
  return {};
}

}  // namespace

Verdict verify_key_schedule(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Bytes group_id, vector.bytes("group_id"));
  TAKE(InitSecret init, vector.sized<InitSecret>("initial_init_secret"));
  TAKE(std::vector<Fields> epochs, vector.objects("epochs"));
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    TAKE(mls::GroupContext context, context_of(epochs[i], suite, group_id, Epoch(i)));
    TAKE_OK(verify_epoch(epochs[i], suite, context, init));
  }
  return {};
}

}  // namespace encuentro::vectors
