#include "protocol/mls/member/secret_tree.h"

#include "protocol/mls/member/private_protection.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

using namespace mls::member;

// One derivation a step: what lies further ahead isn't waited for.
constexpr std::uint64_t generation_max = 1u << 20;

Verdict verify_sender_data(const Fields& vector, crypto::Suite suite) {
  TAKE(SenderDataSecret secret, vector.sized<SenderDataSecret>("sender_data_secret"));
  TAKE(Bytes ciphertext, vector.bytes("ciphertext"));
  TAKE(Bytes key, vector.bytes("key"));
  TAKE(Bytes nonce, vector.bytes("nonce"));
  auto derived = SenderDataKey::derive(suite, secret, ciphertext);
  EXPECT(equal(derived.key.view(), key));
  EXPECT(equal(derived.nonce.view(), nonce));
  return {};
}

// Steps of at most the skip limit, each with a key used up: a file may look further ahead than a message may.
Taken<MessageKey> key_at(HashRatchet& ratchet, crypto::Suite suite, std::uint32_t generation) {
  constexpr auto stride = static_cast<std::uint32_t>(limits::generation_skip_max);
  while (generation > ratchet.next_generation() && generation - ratchet.next_generation() > stride) {
    TAKE(auto reached, ratchet.reach(suite, ratchet.next_generation() + stride));
    ratchet.consume(std::move(reached));
  }
  TAKE(auto reached, ratchet.reach(suite, generation));
  MessageKey key = reached.key.duplicate();
  ratchet.consume(std::move(reached));
  EXPECT(!ratchet.reach(suite, generation));
  return key;
}

Verdict verify_generation(const Fields& vector, SecretTree& tree, mls::LeafIndex leaf) {
  TAKE(std::uint64_t wide, vector.number("generation"));
  EXPECT(wide <= generation_max);
  const auto generation = static_cast<std::uint32_t>(wide);
  TAKE(Bytes handshake_key, vector.bytes("handshake_key"));
  TAKE(Bytes handshake_nonce, vector.bytes("handshake_nonce"));
  TAKE(Bytes application_key, vector.bytes("application_key"));
  TAKE(Bytes application_nonce, vector.bytes("application_nonce"));
  TAKE(MessageKey handshake, key_at(tree.ratchet(leaf, RatchetKind::handshake), tree.suite(), generation));
  EXPECT(equal(handshake.key.view(), handshake_key) && equal(handshake.nonce.view(), handshake_nonce));
  TAKE(MessageKey application, key_at(tree.ratchet(leaf, RatchetKind::application), tree.suite(), generation));
  EXPECT(equal(application.key.view(), application_key) && equal(application.nonce.view(), application_nonce));
  return {};
}

}  // namespace

Verdict verify_secret_tree(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Fields sender_data, vector.object("sender_data"));
  TAKE_OK(verify_sender_data(sender_data, suite));
  TAKE(EncryptionSecret secret, vector.sized<EncryptionSecret>("encryption_secret"));
  TAKE(const Json* leaves, vector.array("leaves"));
  SecretTree tree(suite, mls::leaf_count_for(static_cast<std::uint32_t>(leaves->size())), std::move(secret));
  for (std::uint32_t i = 0; i < leaves->size(); ++i) {
    EXPECT((*leaves)[i].is_array());
    for (const Json& generation : (*leaves)[i]) TAKE_OK(verify_generation(Fields(generation), tree, {i}));
  }
  return {};
}

}  // namespace encuentro::vectors
