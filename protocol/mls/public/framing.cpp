#include "protocol/mls/public/framing.h"

namespace encuentro::mls {
namespace {

Result<ContentType> decode_content_type(codec::Reader& reader) {
  TRY(auto type, reader.number<ContentType>());
  if (type < ContentType::application || type > ContentType::commit) {
    return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
  }
  return type;
}

void encode_tbs(codec::Writer& writer, WireFormat format, const FramedContent& content, const GroupContext* context) {
  writer.number(ProtocolVersion::mls10);
  writer.number(format);
  content.encode(writer);
  if (context != nullptr) context->encode(writer);
}

}  // namespace

void Sender::encode(codec::Writer& writer) const {
  writer.number(type);
  if (type == SenderType::member || type == SenderType::external) writer.u32(index);
}

Result<Sender> Sender::decode(codec::Reader& reader) {
  Sender out;
  TRY(out.type, reader.number<SenderType>());
  switch (out.type) {
    case SenderType::member:
    case SenderType::external: {
      TRY(out.index, reader.u32());
      return out;
    }
    case SenderType::new_member_proposal:
    case SenderType::new_member_commit:
      return out;
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(out.type));
}

void FramedContent::encode_body(codec::Writer& writer) const {
  if (const auto* data = as<Bytes>()) {
    writer.opaque(*data);
  } else if (const auto* proposal = as<Proposal>()) {
    proposal->encode(writer);
  } else {
    std::get<Commit>(body).encode(writer);
  }
}

Result<std::variant<Bytes, Proposal, Commit>> FramedContent::decode_body(codec::Reader& reader, ContentType type) {
  using Body = std::variant<Bytes, Proposal, Commit>;
  switch (type) {
    case ContentType::application: {
      TRY(Bytes data, decode_opaque(reader));
      return Body{std::move(data)};
    }
    case ContentType::proposal: {
      TRY(Proposal proposal, Proposal::decode(reader));
      return Body{std::move(proposal)};
    }
    case ContentType::commit: {
      TRY(Commit commit, Commit::decode(reader));
      return Body{std::move(commit)};
    }
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
}

void FramedContent::encode(codec::Writer& writer) const {
  writer.opaque(group_id);
  writer.u64(epoch.value);
  sender.encode(writer);
  writer.opaque(authenticated_data);
  writer.number(type());
  encode_body(writer);
}

Result<FramedContent> FramedContent::decode(codec::Reader& reader) {
  FramedContent out;
  TRY(out.group_id, decode_opaque(reader));
  TRY(std::uint64_t epoch, reader.u64());
  out.epoch = Epoch(epoch);
  TRY(out.sender, Sender::decode(reader));
  TRY(out.authenticated_data, decode_opaque(reader));
  TRY(ContentType type, decode_content_type(reader));
  TRY(out.body, decode_body(reader, type));
  return out;
}

void FramedContentAuthData::encode(codec::Writer& writer, ContentType type) const {
  writer.opaque(signature);
  if (type == ContentType::commit) writer.opaque(confirmation_tag.view());
}

Result<FramedContentAuthData> FramedContentAuthData::decode(codec::Reader& reader, ContentType type) {
  FramedContentAuthData out;
  TRY(out.signature, decode_opaque(reader));
  if (type == ContentType::commit) {
    TRY(out.confirmation_tag, reader.opaque_inline<Digest>());
  }
  return out;
}

Bytes AuthenticatedContent::to_be_signed(const GroupContext* context) const {
  codec::Writer writer;
  encode_tbs(writer, wire_format, content, context);
  return writer.take();
}

Bytes AuthenticatedContent::to_be_maced(const GroupContext& context) const {
  codec::Writer writer;
  encode_tbs(writer, wire_format, content, &context);
  auth.encode(writer, content.type());
  return writer.take();
}

void AuthenticatedContent::sign(crypto::Suite suite, const crypto::SigningKey& key, const GroupContext* context) {
  ENC_CHECK(signs_context(content.sender.type) == (context != nullptr));
  auth.signature = crypto::sign_with_label(suite, key, "FramedContentTBS", to_be_signed(context));
}

Status AuthenticatedContent::verify(crypto::Suite suite, BytesView signature_key, const GroupContext* context) const {
  ENC_CHECK(signs_context(content.sender.type) == (context != nullptr));
  return crypto::verify_with_label(suite, signature_key, "FramedContentTBS", to_be_signed(context), auth.signature);
}

ProposalRef AuthenticatedContent::proposal_ref(crypto::Suite suite) const {
  codec::Writer writer;
  encode(writer);
  return {crypto::ref_hash(suite, "Proposal Reference", writer.view())};
}

void AuthenticatedContent::encode(codec::Writer& writer) const {
  writer.number(wire_format);
  content.encode(writer);
  auth.encode(writer, content.type());
}

Result<AuthenticatedContent> AuthenticatedContent::decode(codec::Reader& reader) {
  AuthenticatedContent out;
  TRY(out.wire_format, reader.number<WireFormat>());
  if (out.wire_format != WireFormat::public_message && out.wire_format != WireFormat::private_message) {
    return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(out.wire_format));
  }
  TRY(out.content, FramedContent::decode(reader));
  TRY(out.auth, FramedContentAuthData::decode(reader, out.content.type()));
  return out;
}

void PublicMessage::encode(codec::Writer& writer) const {
  content.encode(writer);
  auth.encode(writer, content.type());
  if (content.sender.type == SenderType::member) writer.opaque(membership_tag.view());
}

Result<PublicMessage> PublicMessage::decode(codec::Reader& reader) {
  PublicMessage out;
  TRY(out.content, FramedContent::decode(reader));
  TRY(out.auth, FramedContentAuthData::decode(reader, out.content.type()));
  if (out.content.sender.type == SenderType::member) {
    TRY(out.membership_tag, reader.opaque_inline<Digest>());
  }
  return out;
}

void PrivateMessage::encode(codec::Writer& writer) const {
  writer.opaque(group_id);
  writer.u64(epoch.value);
  writer.number(content_type);
  writer.opaque(authenticated_data);
  writer.opaque(encrypted_sender_data);
  writer.opaque(ciphertext);
}

Result<PrivateMessage> PrivateMessage::decode(codec::Reader& reader) {
  PrivateMessage out;
  TRY(out.group_id, decode_opaque(reader));
  TRY(std::uint64_t epoch, reader.u64());
  out.epoch = Epoch(epoch);
  TRY(out.content_type, decode_content_type(reader));
  TRY(out.authenticated_data, decode_opaque(reader));
  TRY(out.encrypted_sender_data, decode_opaque(reader));
  TRY(out.ciphertext, decode_opaque(reader));
  return out;
}

}  // namespace encuentro::mls
