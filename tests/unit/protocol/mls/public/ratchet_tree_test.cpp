#include "protocol/mls/public/ratchet_tree.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

std::uint32_t draw(std::uint32_t below) {
  std::array<std::uint8_t, 4> bytes{};
  random().fill(bytes);
  std::uint32_t value = 0;
  for (std::uint8_t byte : bytes) value = value << 8 | byte;
  return value % below;
}

// Cheap to make: nobody verifies these leaves.
LeafPointer some_leaf() {
  LeafNodeContent leaf;
  leaf.encryption_key = fresh_key();
  leaf.signature_key = fresh_key();
  leaf.credential = Credential::basic({});
  leaf.capabilities.credentials = {CredentialType::basic, CredentialType::basic};
  if (draw(2) == 0) leaf.capabilities.extensions = {odd_extension};
  return std::make_shared<const LeafNode>(LeafNode::assemble(std::move(leaf), {}));
}

LeafIndex some_member(const RatchetTree& tree) {
  LeafIndex leaf{draw(tree.leaf_count().value)};
  while (tree.leaf(leaf) == nullptr) leaf.value = (leaf.value + 1) % tree.leaf_count().value;
  return leaf;
}

std::vector<PublicKeyBytes> fresh_keys(std::size_t count) {
  std::vector<PublicKeyBytes> keys(count);
  for (auto& key : keys) key = fresh_key();
  return keys;
}

void random_step(RatchetTree& tree, TreeChange& change) {
  switch (draw(5)) {
    case 0:
    case 1:
      tree.add(change, some_leaf());
      break;
    case 2:
      if (tree.member_count() > 1) tree.remove(change, some_member(tree));
      break;
    case 3:
      tree.update(change, some_member(tree), some_leaf());
      break;
    default: {
      LeafIndex sender = some_member(tree);
      tree.set_path(change, sender, fresh_keys(tree.filtered_direct_path(sender).size()));
      tree.replace_leaf(change, sender, some_leaf());
    }
  }
}

// A tree that was built from the encoding alone has nothing cached.
RatchetTree rebuilt(const RatchetTree& tree) {
  auto nodes = decoded<RatchetTreeNodes>(encoded(tree));
  REQUIRE(nodes);
  auto again = RatchetTree::load(tree.suite(), std::move(*nodes));
  REQUIRE(again);
  return std::move(*again);
}

void same_as_rebuilt(RatchetTree& tree) {
  RatchetTree again = rebuilt(tree);
  CHECK(tree.leaf_count() == again.leaf_count());
  CHECK(tree.member_count() == again.member_count());
  CHECK(tree.tree_hash() == again.tree_hash());
  CHECK(tree.all_support(odd_extension) == again.all_support(odd_extension));
  CHECK(tree.credential_types_in_use() == again.credential_types_in_use());
  CHECK(tree.next_free_leaf() == again.next_free_leaf());
  CHECK_FALSE(tree.has_duplicate_encryption_keys());
  CHECK_FALSE(tree.has_duplicate_signature_keys());
  for (std::uint32_t i = 0; i < tree.leaf_count().value; ++i) {
    const LeafNode* leaf = tree.leaf({i});
    if (leaf == nullptr) continue;
    CHECK(tree.leaf_with_signature_key((*leaf)->signature_key.view()) == LeafIndex{i});
    CHECK(tree.node_with_encryption_key((*leaf)->encryption_key.view()) == NodeIndex{2 * i});
  }
}

}  // namespace

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

TEST_CASE("tallies count a leaf's list once for each value") {
  TypeTally<ExtensionType> tally;
  std::vector<ExtensionType> repeated(100, odd_extension);
  repeated.push_back(ExtensionType{7});
  tally.add_all(repeated);
  tally.add_all({odd_extension, odd_extension});
  CHECK(tally.count(odd_extension) == 2);
  CHECK(tally.count(ExtensionType{7}) == 1);
  CHECK(tally.count(ExtensionType{8}) == 0);
  tally.subtract_all(repeated);
  CHECK(tally.count(odd_extension) == 1);
  CHECK(tally.entries().size() == 1);
}

TEST_CASE("the key index finds, forgets and knows of keys held twice") {
  std::vector<PublicKeyBytes> keys(300);
  for (auto& key : keys) key = fresh_key();
  auto key_of = [&](std::uint32_t node) { return keys[node].view(); };
  KeyIndex index;
  for (std::uint32_t i = 0; i < keys.size(); ++i) index.insert(keys[i].view(), i, key_of);
  CHECK(index.duplicates() == 0);
  keys.push_back(keys[5]);
  index.insert(keys[300].view(), 300, key_of);
  CHECK(index.duplicates() == 1);
  index.erase(keys[5].view(), 5, key_of);
  CHECK(index.duplicates() == 0);
  CHECK(index.find(keys[300].view(), key_of) == 300u);
  for (std::uint32_t i = 0; i < 300; i += 3) {
    if (i != 5) index.erase(keys[i].view(), i, key_of);
  }
  for (std::uint32_t i = 0; i < 300; ++i) {
    if (i == 5) continue;
    CHECK(index.find(keys[i].view(), key_of).has_value() == (i % 3 != 0));
  }
}

}  // namespace encuentro::mls::testing
