#include "tests/vectors/families.h"

namespace encuentro::vectors {

namespace {

using mls::NodeIndex;

Json index_or_null(bool there, NodeIndex node) { return there ? Json(node.value) : Json(); }

}  // namespace

Verdict verify_tree_math(const Fields& vector, Random&) {
  TAKE(std::uint64_t n_leaves, vector.number("n_leaves"));
  TAKE(std::uint64_t n_nodes, vector.number("n_nodes"));
  TAKE(std::uint64_t root, vector.number("root"));
  TAKE(const Json* left, vector.array("left"));
  TAKE(const Json* right, vector.array("right"));
  TAKE(const Json* parent, vector.array("parent"));
  TAKE(const Json* sibling, vector.array("sibling"));
  const mls::LeafCount leaves = mls::leaf_count_for(static_cast<std::uint32_t>(n_leaves));
  EXPECT(leaves.value == n_leaves);
  EXPECT(mls::node_count(leaves) == n_nodes);
  EXPECT(mls::root(leaves).value == root);
  EXPECT(left->size() == n_nodes && right->size() == n_nodes);
  EXPECT(parent->size() == n_nodes && sibling->size() == n_nodes);
  for (std::uint32_t i = 0; i < n_nodes; ++i) {
    const NodeIndex node{i};
    const bool inner = !mls::is_leaf(node);
    const bool below = i != root;
    EXPECT((*left)[i] == index_or_null(inner, inner ? mls::left(node) : node));
    EXPECT((*right)[i] == index_or_null(inner, inner ? mls::right(node) : node));
    EXPECT((*parent)[i] == index_or_null(below, mls::parent(node)));
    EXPECT((*sibling)[i] == index_or_null(below, mls::sibling(node)));
  }
  return {};
}

}  // namespace encuentro::vectors
