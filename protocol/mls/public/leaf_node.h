// A leaf of the tree: one device's keys, credential and capabilities, signed by itself (RFC 9420 §7.2).
#pragma once

#include <memory>

#include "protocol/crypto/signature.h"
#include "protocol/mls/public/capabilities.h"
#include "protocol/mls/public/tree_math.h"

namespace encuentro::mls {

enum class LeafNodeSource : std::uint8_t { key_package = 1, update = 2, commit = 3 };

// Seconds since 1970-01-01, as the wire has it.
struct Lifetime {
  std::uint64_t not_before_s = 0;
  std::uint64_t not_after_s = 0;
  friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

// Where a leaf of source update or commit stands: part of what its signature covers.
struct LeafPosition {
  BytesView group_id;
  LeafIndex leaf;
};

// Everything but the signature.
//   HPKEPublicKey encryption_key; SignaturePublicKey signature_key; Credential credential;
//   Capabilities capabilities; LeafNodeSource leaf_node_source;
//   select { key_package: Lifetime lifetime; update: {}; commit: opaque parent_hash<V>; }
//   Extension extensions<V>;
struct LeafNodeContent {
  PublicKeyBytes encryption_key;
  PublicKeyBytes signature_key;
  Credential credential;
  Capabilities capabilities;
  LeafNodeSource source = LeafNodeSource::key_package;
  Lifetime lifetime;   // source key_package only
  Digest parent_hash;  // source commit only
  ExtensionList extensions;

  void encode(codec::Writer& writer) const;
  static Result<LeafNodeContent> decode(codec::Reader& reader);
  friend bool operator==(const LeafNodeContent&, const LeafNodeContent&) = default;
};

// LeafNode = LeafNodeContent || opaque signature<V>. Never changes once made, and keeps its encoding, which
// hashes and signatures are over.
class LeafNode {
 public:
  // An empty leaf, to be assigned to.
  LeafNode() = default;
  // LeafNodeTBS under label "LeafNodeTBS". `position` is used unless the source is key_package.
  static LeafNode sign(LeafNodeContent content, crypto::Suite suite, const crypto::SigningKey& key,
                       LeafPosition position = {});
  // With a signature that was made elsewhere.
  static LeafNode assemble(LeafNodeContent content, BytesView signature);

  // Errors: bad_signature, bad_key.
  Status verify(crypto::Suite suite, LeafPosition position = {}) const;

  const LeafNodeContent& content() const { return content_; }
  const LeafNodeContent* operator->() const { return &content_; }
  BytesView signature() const { return signature_; }
  BytesView encoding() const { return encoding_; }

  void encode(codec::Writer& writer) const { writer.raw(encoding_); }
  static Result<LeafNode> decode(codec::Reader& reader);
  friend bool operator==(const LeafNode& a, const LeafNode& b) { return equal(a.encoding_, b.encoding_); }

 private:
  Bytes to_be_signed(LeafPosition position) const;

  LeafNodeContent content_;
  Bytes signature_;
  Bytes encoding_;
  std::size_t content_bytes_ = 0;  // of encoding_
};

// Leaves are shared between the tree, a staged change and its undo log; nobody changes one.
using LeafPointer = std::shared_ptr<const LeafNode>;

}  // namespace encuentro::mls
