#include "protocol/mls/public/leaf_node.h"

namespace encuentro::mls {

void LeafNodeContent::encode(codec::Writer& writer) const {
  writer.opaque(encryption_key.view());
  writer.opaque(signature_key.view());
  credential.encode(writer);
  capabilities.encode(writer);
  writer.number(source);
  if (source == LeafNodeSource::key_package) {
    writer.u64(lifetime.not_before_s);
    writer.u64(lifetime.not_after_s);
  } else if (source == LeafNodeSource::commit) {
    writer.opaque(parent_hash.view());
  }
  extensions.encode(writer);
}

Result<LeafNodeContent> LeafNodeContent::decode(codec::Reader& reader) {
  LeafNodeContent out;
  TRY(out.encryption_key, reader.opaque_inline<PublicKeyBytes>());
  TRY(out.signature_key, reader.opaque_inline<PublicKeyBytes>());
  TRY(out.credential, Credential::decode(reader));
  TRY(out.capabilities, Capabilities::decode(reader));
  TRY(out.source, reader.number<LeafNodeSource>());
  switch (out.source) {
    case LeafNodeSource::key_package: {
      TRY(out.lifetime.not_before_s, reader.u64());
      TRY(out.lifetime.not_after_s, reader.u64());
      break;
    }
    case LeafNodeSource::update:
      break;
    case LeafNodeSource::commit: {
      TRY(out.parent_hash, reader.opaque_inline<Digest>());
      break;
    }
    default:
      return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(out.source));
  }
  TRY(out.extensions, ExtensionList::decode(reader));
  return out;
}

// LeafNodeTBS = content || select { key_package: {}; update, commit: opaque group_id<V>; uint32 leaf_index; }
Bytes LeafNode::to_be_signed(LeafPosition position) const {
  codec::Writer writer(content_bytes_ + position.group_id.size() + 8);
  writer.raw(encoding().first(content_bytes_));
  if (content_.source != LeafNodeSource::key_package) {
    writer.opaque(position.group_id);
    writer.u32(position.leaf.value);
  }
  return writer.take();
}

LeafNode LeafNode::assemble(LeafNodeContent content, BytesView signature) {
  LeafNode leaf;
  leaf.content_ = std::move(content);
  leaf.signature_ = to_bytes(signature);
  codec::Writer writer;
  leaf.content_.encode(writer);
  leaf.content_bytes_ = writer.size();
  writer.opaque(signature);
  leaf.encoding_ = writer.take();
  return leaf;
}

LeafNode LeafNode::sign(LeafNodeContent content, crypto::Suite suite, const crypto::SigningKey& key,
                        LeafPosition position) {
  LeafNode unsigned_leaf = assemble(std::move(content), {});
  Bytes signature = crypto::sign_with_label(suite, key, "LeafNodeTBS", unsigned_leaf.to_be_signed(position));
  return assemble(std::move(unsigned_leaf.content_), signature);
}

Status LeafNode::verify(crypto::Suite suite, LeafPosition position) const {
  return crypto::verify_with_label(suite, content_.signature_key.view(), "LeafNodeTBS", to_be_signed(position),
                                   signature_);
}

Result<LeafNode> LeafNode::decode(codec::Reader& reader) {
  LeafNode leaf;
  BytesView start = reader.rest();
  TRY(leaf.content_, LeafNodeContent::decode(reader));
  leaf.content_bytes_ = start.size() - reader.rest().size();
  TRY(leaf.signature_, decode_opaque(reader));
  leaf.encoding_ = to_bytes(start.first(start.size() - reader.rest().size()));
  return leaf;
}

}  // namespace encuentro::mls
