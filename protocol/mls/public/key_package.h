// What a device publishes so that others can add it while it is away (RFC 9420 §10).
#pragma once

#include "protocol/mls/public/leaf_node.h"

namespace encuentro::mls {

// Everything but the signature.
//   ProtocolVersion version; CipherSuite cipher_suite; HPKEPublicKey init_key; LeafNode leaf_node;
//   Extension extensions<V>;
struct KeyPackageContent {
  ProtocolVersion version = ProtocolVersion::mls10;
  crypto::Suite cipher_suite{};
  PublicKeyBytes init_key;
  LeafPointer leaf_node;  // never null in a decoded one
  ExtensionList extensions;

  void encode(codec::Writer& writer) const;
  static Result<KeyPackageContent> decode(codec::Reader& reader);
};

// KeyPackage = KeyPackageContent || opaque signature<V>. Never changes once made.
class KeyPackage {
 public:
  KeyPackage() = default;
  static KeyPackage sign(KeyPackageContent content, const crypto::SigningKey& key);
  static KeyPackage assemble(KeyPackageContent content, BytesView signature);

  // The KeyPackage's own signature only, by the leaf's key. Errors: bad_signature, bad_key. The suite must
  // be a supported one.
  Status verify() const;
  // KeyPackageRef (§5.2), of a supported suite.
  Digest reference() const;

  const KeyPackageContent& content() const { return content_; }
  const KeyPackageContent* operator->() const { return &content_; }
  const LeafNode& leaf() const { return *content_.leaf_node; }
  BytesView signature() const { return signature_; }
  BytesView encoding() const { return encoding_; }

  void encode(codec::Writer& writer) const { writer.raw(encoding_); }
  static Result<KeyPackage> decode(codec::Reader& reader);
  friend bool operator==(const KeyPackage& a, const KeyPackage& b) { return equal(a.encoding_, b.encoding_); }

 private:
  KeyPackageContent content_;
  Bytes signature_;
  Bytes encoding_;
  std::size_t content_bytes_ = 0;  // of encoding_
};

}  // namespace encuentro::mls
