// How handshakes are framed and signed (RFC 9420 §6): the content, who sent it, what its signature and
// membership tag cover, and the two forms on the wire.
#pragma once

#include "protocol/mls/public/commit.h"
#include "protocol/mls/public/group_info.h"

namespace encuentro::mls {

enum class WireFormat : std::uint16_t {
  public_message = 1,
  private_message = 2,
  welcome = 3,
  group_info = 4,
  key_package = 5,
};

enum class ContentType : std::uint8_t { application = 1, proposal = 2, commit = 3 };
enum class SenderType : std::uint8_t { member = 1, external = 2, new_member_proposal = 3, new_member_commit = 4 };

// struct { SenderType sender_type; select { member: uint32 leaf_index; external: uint32 sender_index; } } Sender
struct Sender {
  SenderType type = SenderType::member;
  std::uint32_t index = 0;  // member: leaf index; external: place in external_senders; else 0

  static Sender member(LeafIndex leaf) { return {SenderType::member, leaf.value}; }
  static Sender external(std::uint32_t place) { return {SenderType::external, place}; }
  static Sender new_member_proposal() { return {SenderType::new_member_proposal, 0}; }
  static Sender new_member_commit() { return {SenderType::new_member_commit, 0}; }
  // Programmer error unless the type is member.
  LeafIndex leaf() const {
    ENC_CHECK(type == SenderType::member);
    return {index};
  }

  void encode(codec::Writer& writer) const;
  static Result<Sender> decode(codec::Reader& reader);
  friend bool operator==(const Sender&, const Sender&) = default;
};

// struct { opaque group_id<V>; uint64 epoch; Sender sender; opaque authenticated_data<V>; ContentType;
//          select { application: opaque application_data<V>; proposal: Proposal; commit: Commit; } } FramedContent
struct FramedContent {
  Bytes group_id;
  Epoch epoch;
  Sender sender;
  Bytes authenticated_data;
  std::variant<Bytes, Proposal, Commit> body;  // in the order of ContentType

  ContentType type() const { return static_cast<ContentType>(body.index() + 1); }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&body);
  }

  // The body alone, as PrivateMessageContent begins (§6.3.1).
  void encode_body(codec::Writer& writer) const;
  static Result<std::variant<Bytes, Proposal, Commit>> decode_body(codec::Reader& reader, ContentType type);

  void encode(codec::Writer& writer) const;
  static Result<FramedContent> decode(codec::Reader& reader);
};

// struct { opaque signature<V>; select { commit: MAC confirmation_tag; } } FramedContentAuthData
struct FramedContentAuthData {
  Bytes signature;
  Digest confirmation_tag;  // Commits only

  void encode(codec::Writer& writer, ContentType type) const;
  static Result<FramedContentAuthData> decode(codec::Reader& reader, ContentType type);
};

// struct { WireFormat wire_format; FramedContent content; FramedContentAuthData auth; } AuthenticatedContent
struct AuthenticatedContent {
  WireFormat wire_format = WireFormat::public_message;
  FramedContent content;
  FramedContentAuthData auth;

  // Fills auth.signature (label "FramedContentTBS"). The context is the sender's epoch's; nullptr for the
  // senders whose signature doesn't cover it (external, new_member_proposal).
  void sign(crypto::Suite suite, const crypto::SigningKey& key, const GroupContext* context);
  // Errors: bad_signature, bad_key.
  Status verify(crypto::Suite suite, BytesView signature_key, const GroupContext* context) const;
  // FramedContentTBS (§6.1) and AuthenticatedContentTBM (§6.2), what signature and membership tag cover.
  Bytes to_be_signed(const GroupContext* context) const;
  Bytes to_be_maced(const GroupContext& context) const;
  // ProposalRef (§5.2) of a proposal.
  ProposalRef proposal_ref(crypto::Suite suite) const;

  void encode(codec::Writer& writer) const;
  static Result<AuthenticatedContent> decode(codec::Reader& reader);
};

// Whether the signature of such a sender covers the GroupContext (§6.1).
constexpr bool signs_context(SenderType type) {
  return type == SenderType::member || type == SenderType::new_member_commit;
}

// struct { FramedContent content; FramedContentAuthData auth; select { member: MAC membership_tag; } } PublicMessage
struct PublicMessage {
  FramedContent content;
  FramedContentAuthData auth;
  Digest membership_tag;  // sender type member only

  AuthenticatedContent authenticated() const { return {WireFormat::public_message, content, auth}; }

  void encode(codec::Writer& writer) const;
  static Result<PublicMessage> decode(codec::Reader& reader);
};

// struct { opaque group_id<V>; uint64 epoch; ContentType content_type; opaque authenticated_data<V>;
//          opaque encrypted_sender_data<V>; opaque ciphertext<V>; } PrivateMessage
struct PrivateMessage {
  Bytes group_id;
  Epoch epoch;
  ContentType content_type = ContentType::application;
  Bytes authenticated_data;
  Bytes encrypted_sender_data;
  Bytes ciphertext;

  void encode(codec::Writer& writer) const;
  static Result<PrivateMessage> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
