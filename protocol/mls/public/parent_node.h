// An inner node of the tree and the tree's serialized form (RFC 9420 §7.1, §12.4.3.3).
#pragma once

#include <variant>

#include "protocol/mls/public/leaf_node.h"

namespace encuentro::mls {

enum class NodeType : std::uint8_t { leaf = 1, parent = 2 };

// struct { HPKEPublicKey encryption_key; opaque parent_hash<V>; uint32 unmerged_leaves<V>; } ParentNode
struct ParentNode {
  PublicKeyBytes encryption_key;
  Digest parent_hash;
  std::vector<LeafIndex> unmerged_leaves;  // strictly increasing: a decoded node is so, §7.9.2 keeps it

  void encode(codec::Writer& writer) const;
  static Result<ParentNode> decode(codec::Reader& reader);
  friend bool operator==(const ParentNode&, const ParentNode&) = default;
};

// struct { NodeType node_type; select { leaf: LeafNode; parent: ParentNode; } } Node
struct Node {
  std::variant<LeafPointer, ParentNode> value;

  void encode(codec::Writer& writer) const;
  static Result<Node> decode(codec::Reader& reader);
};

// optional<Node> ratchet_tree<V> as it stands in the extension: the order of node indices, blank nodes at
// the right end left out. Whether it makes a tree is RatchetTree's question.
struct RatchetTreeNodes {
  std::vector<std::optional<Node>> nodes;

  void encode(codec::Writer& writer) const;
  static Result<RatchetTreeNodes> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
