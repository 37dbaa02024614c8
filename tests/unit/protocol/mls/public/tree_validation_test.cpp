#include "protocol/mls/public/tree_validation.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {
namespace {

RatchetTreeNodes nodes_of(TestGroup& test) {
  auto nodes = decoded<RatchetTreeNodes>(encoded(test.group().tree()));
  REQUIRE(nodes);
  return std::move(*nodes);
}

Result<RatchetTree> load(RatchetTreeNodes nodes) { return RatchetTree::load(suite, std::move(nodes)); }

ParentNode& parent_at(RatchetTreeNodes& nodes, std::uint32_t node) {
  return std::get<ParentNode>(nodes.nodes.at(node)->value);
}

Status checked(RatchetTreeNodes nodes) {
  auto tree = load(std::move(nodes));
  REQUIRE(tree);
  return check_tree(*tree);
}

// Eight members, the last added after everybody's path: unmerged in nodes 13?, 11 and 7.
TestGroup with_unmerged() {
  TestGroup test(7);
  for (std::uint32_t i = 0; i < 7; ++i) test.must(test.commit(i, {}));
  CommitEdits without_path;
  without_path.without_path = true;
  test.must(test.commit(0, {Client().add()}, without_path));
  return test;
}

}  // namespace

TEST_CASE("R-MLS-90 the last node of a ratchet_tree isn't blank") {
  TestGroup test(3);
  RatchetTreeNodes nodes = nodes_of(test);
  nodes.nodes.emplace_back();
  refused(load(nodes), Rule::tree_ends_non_blank);
}

TEST_CASE("R-MLS-91 leaves have even indices, parents odd ones") {
  TestGroup test(4);
  RatchetTreeNodes nodes = nodes_of(test);
  std::swap(nodes.nodes[3], nodes.nodes[4]);
  refused(load(nodes), Rule::node_at_its_place);
}

TEST_CASE("R-MLS-92 a parent has a leaf below it") {
  TestGroup test(4);
  RatchetTreeNodes nodes = nodes_of(test);
  // Leaves 0 and 1 are gone, their parent stands.
  ParentNode orphan;
  orphan.encryption_key = fresh_key();
  nodes.nodes[0].reset();
  nodes.nodes[2].reset();
  nodes.nodes[1] = Node{orphan};
  refused(load(nodes), Rule::parent_has_leaves);
}

TEST_CASE("R-MLS-93 each parent is parent-hash valid") {
  TestGroup test = with_unmerged();
  accepted(checked(nodes_of(test)));

  RatchetTreeNodes other_key = nodes_of(test);
  parent_at(other_key, 3).encryption_key = fresh_key();
  refused(checked(other_key), Rule::parents_valid);

  RatchetTreeNodes other_hash = nodes_of(test);
  parent_at(other_hash, 3).parent_hash.data()[0] ^= 1;
  refused(checked(other_hash), Rule::parents_valid);

  // A sibling's subtree was exchanged for what the path was never encrypted to.
  RatchetTreeNodes other_sibling = nodes_of(test);
  other_sibling.nodes[2] = Node{Client().leaf()};
  refused(checked(other_sibling), Rule::parents_valid);
}

TEST_CASE("R-MLS-94 an unmerged leaf is a member below its parent") {
  TestGroup test(5);
  RatchetTreeNodes beside = nodes_of(test);
  parent_at(beside, 3).unmerged_leaves = {{4}};
  refused(checked(beside), Rule::unmerged_is_below);
  TestGroup gap(5);
  gap.must(gap.commit(0, {remove(2)}));
  RatchetTreeNodes blank = nodes_of(gap);
  parent_at(blank, 3).unmerged_leaves = {{2}};
  refused(checked(blank), Rule::unmerged_is_below);
  parent_at(blank, 3).unmerged_leaves = {{0xffffffff}};
  refused(checked(blank), Rule::unmerged_is_below);
}

TEST_CASE("R-MLS-95 parents between an unmerged leaf and its parent list it too") {
  TestGroup test = with_unmerged();
  RatchetTreeNodes nodes = nodes_of(test);
  REQUIRE(parent_at(nodes, 7).unmerged_leaves == std::vector<LeafIndex>{{7}});
  REQUIRE(parent_at(nodes, 11).unmerged_leaves == std::vector<LeafIndex>{{7}});
  parent_at(nodes, 11).unmerged_leaves.clear();
  refused(checked(nodes), Rule::unmerged_between);
}

TEST_CASE("R-MLS-96 a parent's encryption key is in no other node") {
  TestGroup test = with_unmerged();
  RatchetTreeNodes of_parent = nodes_of(test);
  parent_at(of_parent, 3).encryption_key = parent_at(of_parent, 7).encryption_key;
  refused(checked(of_parent), Rule::parent_key_unique);
  RatchetTreeNodes of_leaf = nodes_of(test);
  parent_at(of_leaf, 3).encryption_key = test.group().tree().leaf({6})->content().encryption_key;
  refused(checked(of_leaf), Rule::parent_key_unique);
}

TEST_CASE("R-MLS-21 a signature key that two leaves share is found in a received tree") {
  TestGroup test(4);
  RatchetTreeNodes nodes = nodes_of(test);
  nodes.nodes[6] = Node{test.client(0).leaf()};
  refused(checked(nodes), Rule::signature_key_unique);
}

TEST_CASE("R-MLS-22 an encryption key that two leaves share is found in a received tree") {
  TestGroup test(4);
  RatchetTreeNodes nodes = nodes_of(test);
  PublicKeyBytes taken = test.group().tree().leaf({1})->content().encryption_key;
  nodes.nodes[6] = Node{Client().leaf([&](LeafNodeContent& leaf) { leaf.encryption_key = taken; })};
  refused(checked(nodes), Rule::encryption_key_unique);
}

TEST_CASE("a tree of no nodes is none") { CHECK_FALSE(load({}).has_value()); }

}  // namespace encuentro::mls::testing
