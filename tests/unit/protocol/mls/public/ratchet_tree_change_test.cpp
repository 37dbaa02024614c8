// The changing half of ratchet_tree.h.
#include "tests/unit/protocol/mls/public/random_tree.h"

namespace encuentro::mls::testing {

TEST_CASE("a tree that changed by many steps is the tree its encoding gives") {
  RatchetTree tree(suite, some_leaf());
  for (int round = 0; round < 150; ++round) {
    TreeChange change = tree.begin();
    for (std::uint32_t steps = 1 + draw(4); steps > 0; --steps) random_step(tree, change);
    tree.keep(std::move(change));
    same_as_rebuilt(tree);
  }
}

TEST_CASE("a change can be taken back and done again") {
  RatchetTree tree(suite, some_leaf());
  for (int round = 0; round < 150; ++round) {
    // Sometimes before the hashes are known, so that undoing can't rely on them.
    if (round % 3 != 0) tree.tree_hash();
    Bytes before = encoded(tree);
    TreeChange change = tree.begin();
    for (std::uint32_t steps = 1 + draw(4); steps > 0; --steps) random_step(tree, change);
    Bytes after = encoded(tree);
    if (round % 2 == 0) tree.tree_hash();
    tree.undo(change);
    CHECK(encoded(tree) == before);
    same_as_rebuilt(tree);
    tree.redo(change);
    CHECK(encoded(tree) == after);
    same_as_rebuilt(tree);
    if (round % 4 == 0) {
      tree.undo(change);
      same_as_rebuilt(tree);
    } else {
      tree.keep(std::move(change));
    }
  }
}

TEST_CASE("a tree doubles when it is full and halves when its right half is empty") {
  RatchetTree tree(suite, some_leaf());
  TreeChange change = tree.begin();
  CHECK(tree.add(change, some_leaf()) == LeafIndex{1});
  CHECK(tree.add(change, some_leaf()) == LeafIndex{2});
  CHECK(tree.leaf_count().value == 4);
  CHECK(tree.next_free_leaf() == LeafIndex{3});
  tree.remove(change, {1});
  CHECK(tree.leaf_count().value == 4);
  CHECK(tree.next_free_leaf() == LeafIndex{1});
  tree.remove(change, {2});
  CHECK(tree.leaf_count().value == 1);
  CHECK(tree.member_count() == 1);
}

TEST_CASE("an added leaf is unmerged above, and a path merges it") {
  RatchetTree tree(suite, some_leaf());
  TreeChange change = tree.begin();
  for (int i = 0; i < 2; ++i) tree.add(change, some_leaf());
  tree.set_path(change, {0}, fresh_keys(2));
  REQUIRE(tree.parent({3}) != nullptr);
  CHECK(tree.add(change, some_leaf()) == LeafIndex{3});
  CHECK(tree.parent({3})->unmerged_leaves == std::vector<LeafIndex>{{3}});
  CHECK(tree.resolution({3}) == std::vector<NodeIndex>{{3}, {6}});
  std::vector<LeafIndex> added{{3}};
  CHECK(tree.resolution_without({5}, added) == std::vector<NodeIndex>{{4}});
  tree.set_path(change, {3}, fresh_keys(2));
  CHECK(tree.parent({3})->unmerged_leaves.empty());
}

TEST_CASE("the cost of a change does not grow with the tree") {
  // Counted in nodes hashed anew: what is kept makes the rest free.
  RatchetTree tree(suite, some_leaf());
  TreeChange growth = tree.begin();
  for (int i = 1; i < 1024; ++i) tree.add(growth, some_leaf());
  tree.keep(std::move(growth));
  tree.tree_hash();
  TreeChange change = tree.begin();
  tree.set_path(change, {77}, fresh_keys(10));
  tree.replace_leaf(change, {77}, some_leaf());
  CHECK(change.touched() <= 2 * 11 + 2 * 11);
}

}  // namespace encuentro::mls::testing
