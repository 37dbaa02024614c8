#include "protocol/mls/member/private_protection.h"

#include "protocol/crypto/aead.h"
#include "protocol/crypto/kdf.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

constexpr std::size_t sender_data_bytes = 12;

// struct { opaque group_id<V>; uint64 epoch; ContentType content_type; } SenderDataAAD; PrivateContentAAD goes on
// with opaque authenticated_data<V>.
Bytes associated_data(BytesView group_id, Epoch epoch, ContentType type, const Bytes* authenticated_data) {
  codec::Writer writer(group_id.size() + 16 + (authenticated_data == nullptr ? 0 : authenticated_data->size() + 4));
  writer.opaque(group_id);
  writer.u64(epoch.value);
  writer.number(type);
  if (authenticated_data != nullptr) writer.opaque(*authenticated_data);
  return writer.take();
}

void guard(MessageKey& key, const std::array<std::uint8_t, 4>& reuse_guard) {
  for (std::size_t i = 0; i < reuse_guard.size(); ++i) key.nonce.span()[i] ^= reuse_guard[i];
}

// PrivateMessageContent: body, auth, padding. The size is known before, so that the secret never moves.
SecretBytes plaintext_of(const AuthenticatedContent& content, std::uint32_t padding_multiple) {
  codec::Writer writer(content.content.type() == ContentType::application
                           ? content.content.as<Bytes>()->size() + content.auth.signature.size() + 16
                           : 1024);
  content.content.encode_body(writer);
  content.auth.encode(writer, content.content.type());
  const std::size_t used = writer.size();
  const std::size_t multiple = padding_multiple == 0 ? 1 : padding_multiple;
  SecretBytes out((used + multiple - 1) / multiple * multiple);
  Bytes encoded = writer.take();
  std::copy(encoded.begin(), encoded.end(), out.span().begin());
  wipe(encoded.data(), encoded.size());
  return out;
}

Bytes seal_sender_data(const SenderData& data, crypto::Suite suite, const SenderDataSecret& secret,
                       const PrivateMessage& message) {
  codec::Writer writer(sender_data_bytes);
  writer.u32(data.leaf.value);
  writer.u32(data.generation);
  writer.raw(data.reuse_guard);
  auto key = SenderDataKey::derive(suite, secret, message.ciphertext);
  return crypto::seal(suite, key.key.view(), key.nonce.view(),
                      associated_data(message.group_id, message.epoch, message.content_type, nullptr), writer.view());
}

}  // namespace

SenderDataKey SenderDataKey::derive(crypto::Suite suite, const SenderDataSecret& secret, BytesView ciphertext) {
  const crypto::SuiteParameters& parameters = crypto::parameters(suite);
  BytesView sample = ciphertext.first(std::min(ciphertext.size(), parameters.hash_bytes));
  SenderDataKey out;
  out.key.resize(parameters.aead_key_bytes);
  out.nonce.resize(parameters.aead_nonce_bytes);
  crypto::expand_with_label(suite, secret.view(), "key", sample, out.key.span());
  crypto::expand_with_label(suite, secret.view(), "nonce", sample, out.nonce.span());
  return out;
}

Result<PrivateMessage> protect_private(const AuthenticatedContent& content, const SenderDataSecret& secret,
                                       SecretTree& tree, std::uint32_t padding_multiple, Random& random) {
  ENC_CHECK(content.wire_format == WireFormat::private_message);
  const crypto::Suite suite = tree.suite();
  const FramedContent& framed = content.content;
  SenderData data{.leaf = framed.sender.leaf()};
  random.fill(data.reuse_guard);
  TRY(HashRatchet::Sent sent, tree.ratchet(data.leaf, ratchet_of(framed.type())).next(suite));
  data.generation = sent.generation;
  guard(sent.key, data.reuse_guard);

  PrivateMessage out;
  out.group_id = framed.group_id;
  out.epoch = framed.epoch;
  out.content_type = framed.type();
  out.authenticated_data = framed.authenticated_data;
  out.ciphertext = crypto::seal(suite, sent.key.key.view(), sent.key.nonce.view(),
                                associated_data(out.group_id, out.epoch, out.content_type, &out.authenticated_data),
                                plaintext_of(content, padding_multiple).view());
  out.encrypted_sender_data = seal_sender_data(data, suite, secret, out);
  return out;
}

Result<SenderData> open_sender_data(const PrivateMessage& message, crypto::Suite suite,
                                    const SenderDataSecret& secret) {
  auto key = SenderDataKey::derive(suite, secret, message.ciphertext);
  TRY(SecretBytes plaintext,
      crypto::open(suite, key.key.view(), key.nonce.view(),
                   associated_data(message.group_id, message.epoch, message.content_type, nullptr),
                   message.encrypted_sender_data));
  codec::Reader reader(plaintext.view());
  SenderData out;
  TRY(out.leaf.value, reader.u32());
  TRY(out.generation, reader.u32());
  TRY(BytesView reuse_guard, reader.raw(out.reuse_guard.size()));
  std::copy(reuse_guard.begin(), reuse_guard.end(), out.reuse_guard.begin());
  TRY_OK(reader.end());
  return out;
}

Result<OpenedContent> open_content(const PrivateMessage& message, const SenderData& sender, SecretTree& tree) {
  const crypto::Suite suite = tree.suite();
  if (sender.leaf.value >= tree.leaf_count().value) return fail(Code::not_a_member);
  const HashRatchet& ratchet = tree.ratchet(sender.leaf, ratchet_of(message.content_type));
  OpenedContent out;
  TRY(out.reached, ratchet.reach(suite, sender.generation));
  guard(out.reached.key, sender.reuse_guard);
  TRY(SecretBytes plaintext,
      crypto::open(suite, out.reached.key.key.view(), out.reached.key.nonce.view(),
                   associated_data(message.group_id, message.epoch, message.content_type, &message.authenticated_data),
                   message.ciphertext));
  codec::Reader reader(plaintext.view());
  FramedContent& content = out.content.content;
  TRY(content.body, FramedContent::decode_body(reader, message.content_type));
  TRY(out.content.auth, FramedContentAuthData::decode(reader, message.content_type));
  BytesView padding = reader.rest();
  if (enforced(Rule::padding_is_zero) &&
      !std::all_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte == 0; })) {
    return broken(Rule::padding_is_zero);
  }
  out.content.wire_format = WireFormat::private_message;
  content.group_id = message.group_id;
  content.epoch = message.epoch;
  content.sender = Sender::member(sender.leaf);
  content.authenticated_data = message.authenticated_data;
  return out;
}

}  // namespace encuentro::mls::member
