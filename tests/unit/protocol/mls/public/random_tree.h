// Trees that change at random, and what a tree must have in common with one built from its encoding.
#pragma once

#include "protocol/mls/public/ratchet_tree.h"
#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

inline std::uint32_t draw(std::uint32_t below) {
  std::array<std::uint8_t, 4> bytes{};
  random().fill(bytes);
  std::uint32_t value = 0;
  for (std::uint8_t byte : bytes) value = value << 8 | byte;
  return value % below;
}

// Cheap to make: nobody verifies these leaves.
inline LeafPointer some_leaf() {
  LeafNodeContent leaf;
  leaf.encryption_key = fresh_key();
  leaf.signature_key = fresh_key();
  leaf.credential = Credential::basic({});
  leaf.capabilities.credentials = {CredentialType::basic, CredentialType::basic};
  if (draw(2) == 0) leaf.capabilities.extensions = {odd_extension};
  return std::make_shared<const LeafNode>(LeafNode::assemble(std::move(leaf), {}));
}

inline LeafIndex some_member(const RatchetTree& tree) {
  LeafIndex leaf{draw(tree.leaf_count().value)};
  while (tree.leaf(leaf) == nullptr) leaf.value = (leaf.value + 1) % tree.leaf_count().value;
  return leaf;
}

inline std::vector<PublicKeyBytes> fresh_keys(std::size_t count) {
  std::vector<PublicKeyBytes> keys(count);
  for (auto& key : keys) key = fresh_key();
  return keys;
}

inline void random_step(RatchetTree& tree, TreeChange& change) {
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
inline RatchetTree rebuilt(const RatchetTree& tree) {
  auto nodes = decoded<RatchetTreeNodes>(encoded(tree));
  REQUIRE(nodes);
  auto again = RatchetTree::load(tree.suite(), std::move(*nodes));
  REQUIRE(again);
  return std::move(*again);
}

inline void same_as_rebuilt(RatchetTree& tree) {
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

}  // namespace encuentro::mls::testing
