#include "protocol/mls/member/private_protection.h"
#include "protocol/mls/member/public_protection.h"
#include "protocol/mls/public/message.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

using namespace mls;
using namespace mls::member;

constexpr LeafIndex sender{1};

// The epoch that all messages of a case are sent in: two members, the second sends.
struct Scene {
  GroupContext context;
  crypto::SigningKey signing_key;
  Bytes signature_pub;
  EncryptionSecret encryption;
  SenderDataSecret sender_data;
  MembershipKey membership;

  crypto::Suite suite() const { return context.cipher_suite; }
  SecretTree secret_tree() const { return SecretTree(suite(), leaf_count_for(2), encryption.duplicate()); }
};

Taken<Scene> scene_of(const Fields& vector) {
  Scene out;
  TAKE(out.context.cipher_suite, vector.suite());
  TAKE(out.context.group_id, vector.bytes("group_id"));
  TAKE(std::uint64_t epoch, vector.number("epoch"));
  out.context.epoch = Epoch(epoch);
  TAKE(out.context.tree_hash, vector.sized<Digest>("tree_hash"));
  TAKE(out.context.confirmed_transcript_hash, vector.sized<Digest>("confirmed_transcript_hash"));
  TAKE(Bytes seed, vector.private_key("signature_priv", out.suite()));
  TAKE(out.signing_key, crypto::signing_key_from_seed(out.suite(), seed));
  TAKE(out.signature_pub, vector.bytes("signature_pub"));
  TAKE(out.encryption, vector.sized<EncryptionSecret>("encryption_secret"));
  TAKE(out.sender_data, vector.sized<SenderDataSecret>("sender_data_secret"));
  TAKE(out.membership, vector.sized<MembershipKey>("membership_key"));
  return out;
}

Bytes raw_body(const FramedContent& content) {
  if (const auto* data = content.as<Bytes>()) return *data;
  codec::Writer writer;
  content.encode_body(writer);
  return writer.take();
}

Taken<std::variant<Bytes, Proposal, Commit>> body_of(const Bytes& raw, ContentType type) {
  using Body = std::variant<Bytes, Proposal, Commit>;
  if (type == ContentType::application) return Body{raw};
  codec::Reader reader(raw);
  TAKE(Body body, FramedContent::decode_body(reader, type));
  TAKE_OK(reader.end());
  return body;
}

Verdict verify_opened(const Scene& scene, const AuthenticatedContent& content, const Bytes& raw) {
  TAKE_OK(content.verify(scene.suite(), scene.signature_pub, &scene.context));
  EXPECT(content.content.sender == Sender::member(sender));
  EXPECT(raw_body(content.content) == raw);
  return {};
}

Verdict unprotect_public_form(const Scene& scene, const PublicMessage& message, const Bytes& raw) {
  TAKE(AuthenticatedContent content, unprotect_public(message, scene.membership, scene.context));
  return verify_opened(scene, content, raw);
}

Verdict unprotect_private_form(const Scene& scene, const PrivateMessage& message, const Bytes& raw) {
  SecretTree tree = scene.secret_tree();
  TAKE(SenderData data, open_sender_data(message, scene.suite(), scene.sender_data));
  TAKE(OpenedContent opened, open_content(message, data, tree));
  TAKE_OK(verify_opened(scene, opened.content, raw));
  tree.ratchet(data.leaf, ratchet_of(message.content_type)).consume(std::move(opened.reached));
  EXPECT(!open_content(message, data, tree));
  return {};
}

Taken<AuthenticatedContent> signed_content(const Scene& scene, WireFormat format, ContentType type, const Bytes& raw) {
  AuthenticatedContent out;
  out.wire_format = format;
  out.content.group_id = scene.context.group_id;
  out.content.epoch = scene.context.epoch;
  out.content.sender = Sender::member(sender);
  TAKE(out.content.body, body_of(raw, type));
  out.sign(scene.suite(), scene.signing_key, &scene.context);
  // Any tag: the cases don't check it.
  if (type == ContentType::commit) out.auth.confirmation_tag.resize(crypto::parameters(scene.suite()).hash_bytes);
  return out;
}

Verdict verify_public_round(const Scene& scene, ContentType type, const Bytes& raw) {
  TAKE(AuthenticatedContent content, signed_content(scene, WireFormat::public_message, type, raw));
  auto sealed = protect_public(std::move(content), scene.membership, scene.context);
  if (type == ContentType::application) {
    EXPECT(!sealed);
    return {};
  }
  EXPECT(sealed.has_value());
  TAKE(auto decoded_again, decoded<PublicMessage>(encoded(*sealed)));
  return unprotect_public_form(scene, decoded_again, raw);
}

Verdict verify_private_round(const Scene& scene, ContentType type, const Bytes& raw, Random& random) {
  TAKE(AuthenticatedContent content, signed_content(scene, WireFormat::private_message, type, raw));
  for (std::uint32_t padding : {0u, 64u}) {
    SecretTree tree = scene.secret_tree();
    TAKE(PrivateMessage sealed, protect_private(content, scene.sender_data, tree, padding, random));
    TAKE(auto decoded_again, decoded<PrivateMessage>(encoded(sealed)));
    TAKE_OK(unprotect_private_form(scene, decoded_again, raw));
  }
  return {};
}

struct Kind {
  ContentType type;
  const char* raw;
  const char* readable;  // null: there is no such form
  const char* sealed;
};

Verdict verify_kind(const Fields& vector, const Scene& scene, const Kind& kind, Random& random) {
  TAKE(Bytes raw, vector.bytes(kind.raw));
  if (kind.readable != nullptr) {
    TAKE(Bytes bytes, vector.bytes(kind.readable));
    TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
    EXPECT(message.as<PublicMessage>() != nullptr);
    TAKE_OK(unprotect_public_form(scene, *message.as<PublicMessage>(), raw));
  }
  TAKE(Bytes bytes, vector.bytes(kind.sealed));
  TAKE(MlsMessage message, decoded<MlsMessage>(bytes));
  EXPECT(message.as<PrivateMessage>() != nullptr);
  TAKE_OK(unprotect_private_form(scene, *message.as<PrivateMessage>(), raw));
  TAKE_OK(verify_public_round(scene, kind.type, raw));
  return verify_private_round(scene, kind.type, raw, random);
}

}  // namespace

Verdict verify_message_protection(const Fields& vector, Random& random) {
  TAKE(Scene scene, scene_of(vector));
  constexpr Kind kinds[] = {
      {ContentType::proposal, "proposal", "proposal_pub", "proposal_priv"},
      {ContentType::commit, "commit", "commit_pub", "commit_priv"},
      {ContentType::application, "application", nullptr, "application_priv"},
  };
  for (const Kind& kind : kinds) TAKE_OK(verify_kind(vector, scene, kind, random));
  return {};
}

}  // namespace encuentro::vectors
