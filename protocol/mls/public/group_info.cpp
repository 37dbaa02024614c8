#include "protocol/mls/public/group_info.h"

#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls {

namespace {

// A guess at what a member's leaf and a parent take.
constexpr std::size_t member_bytes = 384;

// Room for the extensions: with the tree among them they are large, and would be copied each time the buffer grows.
std::size_t extension_bytes_expected(const GroupInfo& info, const RatchetTree* tree) {
  std::size_t bytes = tree == nullptr ? 0 : member_bytes * tree->leaf_count().value;
  for (const Extension& extension : info.extensions.items) bytes += extension.data.size() + 8;
  return bytes;
}

constexpr std::size_t rest_bytes_expected = 1024;

}  // namespace

void GroupInfo::encode_to_be_signed(codec::Writer& writer, const RatchetTree* tree) const {
  group_context.encode(writer);
  const codec::Writer::Mark list = writer.open(extension_bytes_expected(*this, tree));
  for (const Extension& extension : extensions.items) extension.encode(writer);
  if (tree != nullptr) {
    writer.number(ExtensionType::ratchet_tree);
    const codec::Writer::Mark data = writer.open(member_bytes * tree->leaf_count().value);
    tree->encode(writer);
    writer.close(data);
  }
  writer.close(list);
  writer.opaque(confirmation_tag.view());
  writer.u32(signer.value);
}

Bytes GroupInfo::sign(const crypto::SigningKey& key, const RatchetTree* tree) {
  codec::Writer writer(rest_bytes_expected + extension_bytes_expected(*this, tree));
  encode_to_be_signed(writer, tree);
  signature = crypto::sign_with_label(group_context.cipher_suite, key, "GroupInfoTBS", writer.view());
  writer.opaque(signature);
  return writer.take();
}

Status GroupInfo::verify(BytesView signature_key) const {
  codec::Writer writer(rest_bytes_expected + extension_bytes_expected(*this, nullptr));
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
