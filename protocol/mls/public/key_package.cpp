#include "protocol/mls/public/key_package.h"

namespace encuentro::mls {

void KeyPackageContent::encode(codec::Writer& writer) const {
  writer.number(version);
  writer.number(cipher_suite);
  writer.opaque(init_key.view());
  leaf_node->encode(writer);
  extensions.encode(writer);
}

Result<KeyPackageContent> KeyPackageContent::decode(codec::Reader& reader) {
  KeyPackageContent out;
  TRY(out.version, reader.number<ProtocolVersion>());
  TRY(out.cipher_suite, reader.number<crypto::Suite>());
  TRY(out.init_key, reader.opaque_inline<PublicKeyBytes>());
  TRY(LeafNode leaf, LeafNode::decode(reader));
  out.leaf_node = std::make_shared<const LeafNode>(std::move(leaf));
  TRY(out.extensions, ExtensionList::decode(reader));
  return out;
}

KeyPackage KeyPackage::assemble(KeyPackageContent content, BytesView signature) {
  KeyPackage out;
  out.content_ = std::move(content);
  out.signature_ = to_bytes(signature);
  codec::Writer writer;
  out.content_.encode(writer);
  out.content_bytes_ = writer.size();
  writer.opaque(signature);
  out.encoding_ = writer.take();
  return out;
}

KeyPackage KeyPackage::sign(KeyPackageContent content, const crypto::SigningKey& key) {
  Bytes signature = crypto::sign_with_label(content.cipher_suite, key, "KeyPackageTBS", encoded(content));
  return assemble(std::move(content), signature);
}

Status KeyPackage::verify() const {
  return crypto::verify_with_label(content_.cipher_suite, leaf()->signature_key.view(), "KeyPackageTBS",
                                   encoding().first(content_bytes_), signature_);
}

Digest KeyPackage::reference() const {
  return crypto::ref_hash(content_.cipher_suite, "KeyPackage Reference", encoding_);
}

Result<KeyPackage> KeyPackage::decode(codec::Reader& reader) {
  KeyPackage out;
  BytesView start = reader.rest();
  TRY(out.content_, KeyPackageContent::decode(reader));
  out.content_bytes_ = start.size() - reader.rest().size();
  TRY(out.signature_, decode_opaque(reader));
  out.encoding_ = to_bytes(start.first(start.size() - reader.rest().size()));
  return out;
}

}  // namespace encuentro::mls
