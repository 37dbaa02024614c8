// Tree and parent hashes against their definitions in RFC 9420 §7.8 and §7.9, written out by hand.
#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

Digest leaf_hash(std::uint32_t index, const LeafNode* leaf) {
  codec::Writer writer;
  writer.u8(1);
  writer.u32(index);
  writer.u8(leaf != nullptr ? 1 : 0);
  if (leaf != nullptr) leaf->encode(writer);
  return crypto::hash(suite, {writer.view()});
}

Digest parent_hash_of(const ParentNode* parent, const Digest& left_hash, const Digest& right_hash) {
  codec::Writer writer;
  writer.u8(2);
  writer.u8(parent != nullptr ? 1 : 0);
  if (parent != nullptr) parent->encode(writer);
  writer.opaque(left_hash.view());
  writer.opaque(right_hash.view());
  return crypto::hash(suite, {writer.view()});
}

}  // namespace

TEST_CASE("tree hashes are those of the definition") {
  TestGroup test(3);
  RatchetTree tree = test.group().tree();
  Digest left_hash = parent_hash_of(tree.parent({1}), leaf_hash(0, tree.leaf({0})), leaf_hash(1, tree.leaf({1})));
  Digest right_hash = parent_hash_of(tree.parent({5}), leaf_hash(2, tree.leaf({2})), leaf_hash(3, nullptr));
  CHECK(tree.tree_hash({1}) == left_hash);
  CHECK(tree.tree_hash({5}) == right_hash);
  CHECK(tree.tree_hash() == parent_hash_of(tree.parent({3}), left_hash, right_hash));
}

TEST_CASE("the original hash leaves out what came after the parent's keys") {
  TestGroup test(4);
  for (std::uint32_t i = 0; i < 4; ++i) test.must(test.commit(i, {}));
  test.must(test.commit(0, {remove(3)}));
  test.must(test.commit(2, {}));
  RatchetTree before = test.group().tree();
  Digest without = before.tree_hash({5});
  Digest parent = before.parent_hash({3}, {5});
  CommitEdits edits;
  edits.without_path = true;
  test.must(test.commit(0, {Client().add()}, edits));
  RatchetTree after = test.group().tree();
  REQUIRE(after.parent({3})->unmerged_leaves == std::vector<LeafIndex>{{3}});
  CHECK(after.tree_hash({5}) != without);
  CHECK(after.original_tree_hash({5}, after.parent({3})->unmerged_leaves) == without);
  CHECK(after.parent_hash({3}, {5}) == parent);
}

}  // namespace encuentro::mls::testing
