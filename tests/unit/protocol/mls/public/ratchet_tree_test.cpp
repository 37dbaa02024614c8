#include "protocol/mls/public/ratchet_tree.h"

#include "tests/unit/protocol/mls/public/random_tree.h"

namespace encuentro::mls::testing {

TEST_CASE("a path skips parents whose other side is empty") {
  RatchetTree tree(suite, some_leaf());
  TreeChange change = tree.begin();
  for (int i = 0; i < 4; ++i) tree.add(change, some_leaf());
  // Leaf 4 is alone in the right half of eight.
  auto path = tree.filtered_direct_path({4});
  REQUIRE(path.size() == 1);
  CHECK(path[0].node == NodeIndex{7});
  CHECK(path[0].copath == NodeIndex{3});
  CHECK(tree.direct_path({4}).size() == 3);
}

TEST_CASE("a tree's encoding is the extension's") {
  RatchetTree tree(suite, some_leaf());
  TreeChange change = tree.begin();
  for (int i = 0; i < 5; ++i) tree.add(change, some_leaf());
  tree.set_path(change, {2}, fresh_keys(3));
  tree.remove(change, {1});
  auto nodes = decoded<RatchetTreeNodes>(encoded(tree));
  REQUIRE(nodes);
  CHECK(nodes->nodes.size() == 11);
  CHECK(encoded(*nodes) == encoded(tree));
  CHECK(tree.leaf({1}) == nullptr);
  CHECK(tree.leaf({99}) == nullptr);
  CHECK_FALSE(tree.leaf_with_signature_key(fresh_key().view()).has_value());
  CHECK_FALSE(tree.node_with_encryption_key(fresh_key().view()).has_value());
}

}  // namespace encuentro::mls::testing
