#include "protocol/mls/public/proposal.h"
#include "protocol/mls/public/ratchet_tree.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;

namespace {

Verdict apply(RatchetTree& tree, TreeChange& change, const Proposal& proposal, LeafIndex sender) {
  if (const auto* add = proposal.as<Add>()) {
    tree.add(change, add->key_package->leaf_node);
    return {};
  }
  if (const auto* update = proposal.as<Update>()) {
    EXPECT(tree.leaf(sender) != nullptr);
    tree.update(change, sender, update->leaf_node);
    return {};
  }
  const auto* remove = proposal.as<Remove>();
  EXPECT(remove != nullptr && tree.leaf(remove->removed) != nullptr);
  tree.remove(change, remove->removed);
  return {};
}

}  // namespace

Verdict verify_tree_operations(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Bytes tree_before, vector.bytes("tree_before"));
  TAKE(Bytes hash_before, vector.bytes("tree_hash_before"));
  TAKE(Bytes tree_after, vector.bytes("tree_after"));
  TAKE(Bytes hash_after, vector.bytes("tree_hash_after"));
  TAKE(Bytes proposal_bytes, vector.bytes("proposal"));
  TAKE(std::uint64_t sender, vector.number("proposal_sender"));
  TAKE(auto nodes, decoded<RatchetTreeNodes>(tree_before));
  TAKE(RatchetTree tree, RatchetTree::load(suite, std::move(nodes)));
  EXPECT(equal(tree.tree_hash().view(), hash_before));
  TAKE(Proposal proposal, decoded<Proposal>(proposal_bytes));
  TreeChange change = tree.begin();
  TAKE_OK(apply(tree, change, proposal, {static_cast<std::uint32_t>(sender)}));
  EXPECT(encoded(tree) == tree_after);
  EXPECT(equal(tree.tree_hash().view(), hash_after));
  // Taken back, it is the old tree again.
  tree.undo(change);
  EXPECT(encoded(tree) == tree_before);
  EXPECT(equal(tree.tree_hash().view(), hash_before));
  return {};
}

}  // namespace encuentro::vectors
