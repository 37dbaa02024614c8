#include "protocol/mls/member/group.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;
using namespace mls::member;

namespace {

// A client that is added and then only listens.
struct Listener {
  Group group;
  std::vector<ExternalPsk> psks;

  PskSource source() const { return {psks, {}}; }
};

Taken<std::vector<ExternalPsk>> psks_of(const Fields& vector) {
  std::vector<ExternalPsk> out;
  TAKE(std::vector<Fields> psks, vector.objects("external_psks"));
  for (const Fields& psk : psks) {
    TAKE(Bytes id, psk.bytes("psk_id"));
    TAKE(Bytes secret, psk.bytes("psk"));
    out.push_back({std::move(id), SecretBytes(BytesView(secret))});
  }
  return out;
}

Taken<KeyPackageSecrets> own_keys_of(const Fields& vector, crypto::Suite suite) {
  TAKE(Bytes bytes, vector.bytes("key_package"));
  TAKE(Bytes init, vector.private_key("init_priv", suite));
  TAKE(Bytes encryption, vector.private_key("encryption_priv", suite));
  TAKE(Bytes signature, vector.private_key("signature_priv", suite));
  TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
  EXPECT(message.as<KeyPackage>() != nullptr);
  TAKE(KeyPackageSecrets own, KeyPackageSecrets::assemble(*message.as<KeyPackage>(), init, encryption, signature));
  return own;
}

Taken<Listener> join(const Fields& vector, crypto::Suite suite) {
  TAKE(std::vector<ExternalPsk> psks, psks_of(vector));
  TAKE(KeyPackageSecrets own, own_keys_of(vector, suite));
  TAKE(Bytes welcome_bytes, vector.bytes("welcome"));
  TAKE(MlsMessage welcome, decoded<MlsMessage>(welcome_bytes));
  EXPECT(welcome.as<Welcome>() != nullptr);
  JoinParameters parameters;
  RatchetTreeNodes tree;
  if (!vector.is_null("ratchet_tree")) {
    TAKE(Bytes tree_bytes, vector.bytes("ratchet_tree"));
    TAKE(tree, decoded<RatchetTreeNodes>(tree_bytes));
    parameters.tree = &tree;
  }
  parameters.psks = {psks, {}};
  parameters.options.past_resumption_psks = 1024;
  TAKE(Group group, Group::join(*welcome.as<Welcome>(), std::move(own), parameters));
  return Listener{std::move(group), std::move(psks)};
}

// A state that was stored goes on where the other left off.
Verdict store_and_load(Listener& listener) {
  const SecretBytes stored = listener.group.encode();
  TAKE(Group loaded, Group::decode(stored.view()));
  EXPECT(equal(loaded.encode().view(), stored.view()));
  listener.group = std::move(loaded);
  return {};
}

Verdict follow(Listener& listener, const Fields& epoch) {
  TAKE(const Json* proposals, epoch.array("proposals"));
  for (const Json& proposal : *proposals) {
    TAKE(Bytes bytes, bytes_of(proposal));
    TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
    TAKE_OK(listener.group.handle_proposal(message));
  }
  TAKE_OK(store_and_load(listener));
  TAKE(Bytes bytes, epoch.bytes("commit"));
  TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
  TAKE(StagedCommit staged, listener.group.stage(message, listener.source()));
  listener.group.merge(std::move(staged));
  EXPECT(listener.group.is_active());
  TAKE(Bytes authenticator, epoch.bytes("epoch_authenticator"));
  EXPECT(equal(listener.group.epoch_authenticator(), authenticator));
  return {};
}

}  // namespace

Verdict verify_passive_client(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Listener listener, join(vector, suite));
  EXPECT(listener.group.context().cipher_suite == suite);
  TAKE(Bytes authenticator, vector.bytes("initial_epoch_authenticator"));
  EXPECT(equal(listener.group.epoch_authenticator(), authenticator));
  TAKE(std::vector<Fields> epochs, vector.objects("epochs"));
  for (std::size_t i = 0; i < epochs.size(); ++i) {
    if (Verdict verdict = follow(listener, epochs[i]); !verdict) {
      return std::unexpected("epoch " + std::to_string(i) + ": " + verdict.error());
    }
  }
  return {};
}

}  // namespace encuentro::vectors
