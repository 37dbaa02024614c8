// Tree hashes and parent hashes (RFC 9420 §7.8, §7.9).
#include <algorithm>
#include <array>

#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls {
namespace {

// The part of `leaves` (ascending) that is below `node`.
std::span<const LeafIndex> below(std::span<const LeafIndex> leaves, NodeIndex node) {
  auto first = std::lower_bound(leaves.begin(), leaves.end(), first_leaf(node));
  auto last = std::upper_bound(first, leaves.end(), last_leaf(node));
  return {first, last};
}

}  // namespace

// struct { NodeType = leaf; uint32 leaf_index; optional<LeafNode> leaf_node; }
Digest RatchetTree::hash_leaf(LeafIndex leaf, const LeafNode* value) const {
  const auto at = [&](int shift) { return static_cast<std::uint8_t>(leaf.value >> shift); };
  const std::array<std::uint8_t, 6> head{
      static_cast<std::uint8_t>(NodeType::leaf),           at(24), at(16), at(8), at(0),
      value != nullptr ? std::uint8_t{1} : std::uint8_t{0}};
  return crypto::hash(suite_, {BytesView(head), value != nullptr ? value->encoding() : BytesView{}});
}

// struct { NodeType = parent; optional<ParentNode> parent_node; opaque left_hash<V>; opaque right_hash<V>; }
Digest RatchetTree::hash_parent(const ParentNode* parent, std::span<const LeafIndex> excluded, const Digest& left_hash,
                                const Digest& right_hash) const {
  codec::Writer writer(384);
  writer.number(NodeType::parent);
  writer.u8(parent != nullptr ? 1 : 0);
  if (parent != nullptr && excluded.empty()) {
    parent->encode(writer);
  } else if (parent != nullptr) {
    ParentNode without = *parent;
    std::erase_if(without.unmerged_leaves,
                  [&](LeafIndex leaf) { return std::binary_search(excluded.begin(), excluded.end(), leaf); });
    without.encode(writer);
  }
  writer.opaque(left_hash.view());
  writer.opaque(right_hash.view());
  return crypto::hash(suite_, {writer.view()});
}

const Digest& RatchetTree::tree_hash(NodeIndex node) {
  Digest& hash = hashes_[node.value];
  if (!hash.empty()) return hash;
  if (is_leaf(node)) {
    hash = hash_leaf(leaf_of(node), leaf(leaf_of(node)));
  } else {
    const Digest& left_hash = tree_hash(left(node));
    const Digest& right_hash = tree_hash(right(node));
    hash = hash_parent(parent(node), {}, left_hash, right_hash);
  }
  return hash;
}

Digest RatchetTree::original_tree_hash(NodeIndex node, std::span<const LeafIndex> excluded) {
  std::span<const LeafIndex> here = below(excluded, node);
  // Nothing to leave out in this subtree, so what is kept holds.
  if (here.empty()) return tree_hash(node);
  if (is_leaf(node)) return hash_leaf(leaf_of(node), nullptr);
  Digest left_hash = original_tree_hash(left(node), here);
  Digest right_hash = original_tree_hash(right(node), here);
  return hash_parent(parent(node), here, left_hash, right_hash);
}

// struct { HPKEPublicKey encryption_key; opaque parent_hash<V>; opaque original_sibling_tree_hash<V>; }
Digest RatchetTree::parent_hash(NodeIndex node, NodeIndex copath) {
  const ParentNode* value = parent(node);
  ENC_CHECK(value != nullptr);
  Digest sibling_hash = original_tree_hash(copath, value->unmerged_leaves);
  codec::Writer writer(384);
  writer.opaque(value->encryption_key.view());
  writer.opaque(value->parent_hash.view());
  writer.opaque(sibling_hash.view());
  return crypto::hash(suite_, {writer.view()});
}

}  // namespace encuentro::mls
