// The arithmetic of the array form of a left-balanced tree (RFC 9420 §7.1, Appendix C). Leaves are the even
// node indices, parents the odd ones; the tree always has 2^d leaves.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>

#include "protocol/base/check.h"

namespace encuentro::mls {

struct NodeIndex {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(NodeIndex, NodeIndex) = default;
};

struct LeafIndex {
  std::uint32_t value = 0;
  friend constexpr auto operator<=>(LeafIndex, LeafIndex) = default;
};

// How many leaves a tree has, blank ones included: a power of two.
struct LeafCount {
  std::uint32_t value = 1;
  friend constexpr auto operator<=>(LeafCount, LeafCount) = default;
};

constexpr NodeIndex node_of(LeafIndex leaf) { return {leaf.value * 2}; }
constexpr bool is_leaf(NodeIndex node) { return (node.value & 1) == 0; }
constexpr LeafIndex leaf_of(NodeIndex node) {
  ENC_CHECK(is_leaf(node));
  return {node.value / 2};
}

// Height above the leaves: the number of trailing one bits.
constexpr std::uint32_t level(NodeIndex node) { return static_cast<std::uint32_t>(std::countr_one(node.value)); }

// The smallest tree that holds `leaves` leaves (at least one).
constexpr LeafCount leaf_count_for(std::uint32_t leaves) { return {std::bit_ceil(leaves == 0 ? 1u : leaves)}; }
constexpr std::uint32_t node_count(LeafCount leaves) { return 2 * leaves.value - 1; }
constexpr NodeIndex root(LeafCount leaves) { return {leaves.value - 1}; }
// The depth of every leaf, which is also the length of a direct path.
constexpr std::uint32_t depth(LeafCount leaves) { return static_cast<std::uint32_t>(std::countr_zero(leaves.value)); }

// Programmer error for a leaf.
constexpr NodeIndex left(NodeIndex parent) {
  ENC_CHECK(!is_leaf(parent));
  return {parent.value ^ (1u << (level(parent) - 1))};
}
constexpr NodeIndex right(NodeIndex parent) {
  ENC_CHECK(!is_leaf(parent));
  return {parent.value ^ (3u << (level(parent) - 1))};
}
// The parent in an unbounded tree; the caller stops at the root.
constexpr NodeIndex parent(NodeIndex node) {
  std::uint32_t k = level(node);
  std::uint32_t bit = (node.value >> (k + 1)) & 1;
  return {(node.value | (1u << k)) ^ (bit << (k + 1))};
}
constexpr NodeIndex sibling(NodeIndex node) {
  NodeIndex above = parent(node);
  return node < above ? right(above) : left(above);
}

// The first and last leaf below `node` (itself for a leaf).
constexpr LeafIndex first_leaf(NodeIndex node) { return {(node.value - ((1u << level(node)) - 1)) / 2}; }
constexpr LeafIndex last_leaf(NodeIndex node) { return {(node.value + ((1u << level(node)) - 1)) / 2}; }
constexpr bool is_below(LeafIndex leaf, NodeIndex node) { return first_leaf(node) <= leaf && leaf <= last_leaf(node); }

// The lowest node above both leaves (the leaf's own node when they are equal).
constexpr NodeIndex common_ancestor(LeafIndex a, LeafIndex b) {
  if (a == b) return node_of(a);
  auto height = static_cast<std::uint32_t>(std::bit_width(a.value ^ b.value));
  return {((a.value >> height) << (height + 1)) + (1u << height) - 1};
}

}  // namespace encuentro::mls
