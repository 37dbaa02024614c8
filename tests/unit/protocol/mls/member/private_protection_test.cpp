#include "protocol/mls/member/private_protection.h"

#include "protocol/crypto/aead.h"
#include "tests/unit/protocol/mls/member/meeting.h"

namespace encuentro::mls::member::testing {

namespace {

const SenderDataSecret sender_data_secret(Bytes(32, 5));

SecretTree fresh_tree() { return SecretTree(suite, leaf_count_for(2), EncryptionSecret(Bytes(32, 6))); }

AuthenticatedContent content_of(Bytes body) {
  AuthenticatedContent out;
  out.wire_format = WireFormat::private_message;
  out.content.group_id = {1};
  out.content.epoch = Epoch{3};
  out.content.sender = Sender::member({1});
  out.content.authenticated_data = {4};
  out.content.body = std::move(body);
  out.auth.signature.assign(64, 2);
  return out;
}

// Seals a PrivateMessageContent whose padding the sender chose.
PrivateMessage sealed_with_padding(BytesView padding) {
  tests::SeededRandom random(1);
  SecretTree tree = fresh_tree();
  const AuthenticatedContent content = content_of({9});
  PrivateMessage out = must(protect_private(content, sender_data_secret, tree, 0, random));
  // The sender data stays right: its key is sampled from the first 32 bytes of the ciphertext, which the longer
  // plaintext doesn't change.
  const SenderData data = must(open_sender_data(out, suite, sender_data_secret));
  SecretTree second = fresh_tree();
  MessageKey key = std::move(must(second.ratchet({1}, RatchetKind::application).next(suite)).key);
  for (std::size_t i = 0; i < 4; ++i) key.nonce.span()[i] ^= data.reuse_guard[i];
  codec::Writer plaintext;
  content.content.encode_body(plaintext);
  content.auth.encode(plaintext, ContentType::application);
  plaintext.raw(padding);
  codec::Writer associated;
  associated.opaque(out.group_id);
  associated.u64(out.epoch.value);
  associated.number(out.content_type);
  associated.opaque(out.authenticated_data);
  out.ciphertext = crypto::seal(suite, key.key.view(), key.nonce.view(), associated.view(), plaintext.view());
  return out;
}

Result<OpenedContent> open(const PrivateMessage& message) {
  TRY(SenderData data, open_sender_data(message, suite, sender_data_secret));
  SecretTree tree = fresh_tree();
  return open_content(message, data, tree);
}

}  // namespace

TEST_CASE("what is sealed opens to the same content") {
  tests::SeededRandom random(1);
  SecretTree tree = fresh_tree();
  for (std::uint32_t padding : {0u, 1u, 100u}) {
    SecretTree receiver = fresh_tree();
    AuthenticatedContent content = content_of(Bytes(50, 1));
    PrivateMessage sealed = must(protect_private(content, sender_data_secret, tree, padding, random));
    if (padding == 100) CHECK(sealed.ciphertext.size() == 200 + crypto::aead_tag_bytes);
    OpenedContent opened =
        must(open_content(sealed, must(open_sender_data(sealed, suite, sender_data_secret)), receiver));
    CHECK(encoded(opened.content) == encoded(content));
  }
}

TEST_CASE("R-MLS-101 the padding of a PrivateMessage is zero") {
  CHECK(open(sealed_with_padding({})).has_value());
  CHECK(open(sealed_with_padding(Bytes(7, 0))).has_value());
  refused(open(sealed_with_padding(Bytes{0, 0, 1})), Rule::padding_is_zero);
  refused(open(sealed_with_padding(Bytes{1, 0})), Rule::padding_is_zero);
}

TEST_CASE("sender data names a leaf inside the tree") {
  tests::SeededRandom random(1);
  SecretTree wide(suite, leaf_count_for(8), EncryptionSecret(Bytes(32, 6)));
  AuthenticatedContent content = content_of({1});
  content.content.sender = Sender::member({5});
  PrivateMessage sealed = must(protect_private(content, sender_data_secret, wide, 0, random));
  CHECK(open(sealed).error().code == Code::not_a_member);
}

TEST_CASE("two seals of one content have nothing in common") {
  tests::SeededRandom random(1);
  SecretTree first = fresh_tree(), second = fresh_tree();
  AuthenticatedContent content = content_of(Bytes(50, 1));
  PrivateMessage a = must(protect_private(content, sender_data_secret, first, 0, random));
  PrivateMessage b = must(protect_private(content, sender_data_secret, second, 0, random));
  // The same generation of the same ratchet, as after a rollback: the reuse guard sets the nonces apart.
  CHECK(a.ciphertext != b.ciphertext);
}

}  // namespace encuentro::mls::member::testing
