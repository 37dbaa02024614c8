#include "protocol/mls/public/group_info.h"

namespace encuentro::mls {

namespace {

// Room for all of it: with the tree inside it is large, and would be copied each time the buffer grows.
std::size_t bytes_max(const GroupInfo& info) {
  std::size_t bytes = 1024;
  for (const Extension& extension : info.extensions.items) bytes += extension.data.size() + 8;
  return bytes;
}

}  // namespace

void GroupInfo::encode_to_be_signed(codec::Writer& writer) const {
  group_context.encode(writer);
  extensions.encode(writer);
  writer.opaque(confirmation_tag.view());
  writer.u32(signer.value);
}

void GroupInfo::sign(const crypto::SigningKey& key) {
  codec::Writer writer(bytes_max(*this));
  encode_to_be_signed(writer);
  signature = crypto::sign_with_label(group_context.cipher_suite, key, "GroupInfoTBS", writer.view());
}

Status GroupInfo::verify(BytesView signature_key) const {
  codec::Writer writer(bytes_max(*this));
  encode_to_be_signed(writer);
  return crypto::verify_with_label(group_context.cipher_suite, signature_key, "GroupInfoTBS", writer.view(), signature);
}

void GroupInfo::encode(codec::Writer& writer) const {
  encode_to_be_signed(writer);
  writer.opaque(signature);
}

Result<GroupInfo> GroupInfo::decode(codec::Reader& reader) {
  GroupInfo out;
  TRY(out.group_context, GroupContext::decode(reader));
  TRY(out.extensions, ExtensionList::decode(reader));
  TRY(out.confirmation_tag, reader.opaque_inline<Digest>());
  TRY(out.signer.value, reader.u32());
  TRY(out.signature, decode_opaque(reader));
  return out;
}

}  // namespace encuentro::mls
