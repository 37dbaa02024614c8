// PrivateMessage (RFC 9420 §6.3): content and signature encrypted with a key of the sender's ratchet, and the
// sender's place in its ratchet encrypted besides.
#pragma once

#include "protocol/mls/member/secret_tree.h"

namespace encuentro::mls::member {

// struct { uint32 leaf_index; uint32 generation; opaque reuse_guard[4]; } SenderData
struct SenderData {
  LeafIndex leaf;
  std::uint32_t generation = 0;
  std::array<std::uint8_t, 4> reuse_guard{};
};

// §6.3.2: key and nonce come from a sample of the ciphertext.
struct SenderDataKey {
  SizedSecret<struct SenderDataKeyTag, 32> key;
  SizedSecret<struct SenderDataNonceTag, 12> nonce;

  static SenderDataKey derive(crypto::Suite suite, const SenderDataSecret& secret, BytesView ciphertext);
};

// Encrypts signed content of member `content.content.sender`, taking the next key of its ratchet. The content's
// wire_format must be private_message, the signature covers it. Padded with zeros so that the plaintext's
// length is a multiple of `padding_multiple` (at least 1).
// Errors: generation_too_far.
Result<PrivateMessage> protect_private(const AuthenticatedContent& content, const SenderDataSecret& secret,
                                       SecretTree& tree, std::uint32_t padding_multiple, Random& random);

// First step of opening. Errors: bad_tag, malformed. Whether the leaf is a member is the caller's next question.
Result<SenderData> open_sender_data(const PrivateMessage& message, crypto::Suite suite, const SenderDataSecret& secret);

struct OpenedContent {
  AuthenticatedContent content;
  HashRatchet::Reached reached;  // for `consume` once the signature was found good
};
// Second step. The ratchet stays where it is. Errors: key_consumed, generation_too_far, bad_tag, malformed
// (R-MLS-101: padding that isn't zero).
Result<OpenedContent> open_content(const PrivateMessage& message, const SenderData& sender, SecretTree& tree);

}  // namespace encuentro::mls::member
