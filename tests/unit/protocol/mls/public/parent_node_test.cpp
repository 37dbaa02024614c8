#include "protocol/mls/public/parent_node.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a parent node: valid, cut, longer, unsorted") {
  ParentNode node{fresh_key(), Digest(Bytes(32, 1)), {{1}, {4}, {7}}};
  check_encoding(node);
  node.unmerged_leaves = {{4}, {1}};
  check_refused<ParentNode>(encoded(node), Code::malformed);
  node.unmerged_leaves = {{4}, {4}};
  check_refused<ParentNode>(encoded(node), Code::malformed);
}

TEST_CASE("nodes and trees of them: valid, cut, longer, unknown kind, bad presence byte") {
  RatchetTreeNodes tree;
  tree.nodes.emplace_back(Node{Client().leaf()});
  tree.nodes.emplace_back();
  tree.nodes.emplace_back(Node{ParentNode{fresh_key(), {}, {}}});
  check_encoding(tree);
  check_encoding(*tree.nodes[0]);
  check_refused<Node>(Bytes{3}, Code::unknown_kind);
  check_refused<RatchetTreeNodes>(Bytes{1, 2}, Code::malformed);
}

TEST_CASE("a tree has at most as many nodes as the limit allows leaves") {
  RatchetTreeNodes tree;
  tree.nodes.resize(2 * limits::mls_leaves_max - 1);
  CHECK(decoded<RatchetTreeNodes>(encoded(tree)).has_value());
  tree.nodes.emplace_back();
  check_refused<RatchetTreeNodes>(encoded(tree), Code::too_large);
}

}  // namespace encuentro::mls::testing
