#include "protocol/policy/staged_facts.h"

#include <algorithm>

namespace encuentro::policy {
namespace {

bool is_one_of_the_four(const mls::CommittedProposal& committed) {
  switch (committed.proposal->type()) {
    case mls::ProposalType::add:
    case mls::ProposalType::remove:
    case mls::ProposalType::external_init:
    case mls::ProposalType::group_context_extensions:
      return !committed.by_reference;
    default:
      return false;
  }
}

}  // namespace

std::vector<PlacedLeaf> leaves_of(const mls::RatchetTree& tree) {
  std::vector<PlacedLeaf> leaves;
  for (std::uint32_t i = 0; i < tree.leaf_count().value; ++i) {
    if (const mls::LeafNode* leaf = tree.leaf(mls::LeafIndex{i})) leaves.push_back({i, leaf_of(*leaf)});
  }
  return leaves;
}

StagedFacts::StagedFacts(const mls::PublicGroup& group, const mls::StagedChange& staged,
                         std::vector<MemberId> who_leaves, bool held_leaf_before_restart)
    : leaves(leaves_of(group.tree())), leaving(std::move(who_leaves)) {
  const mls::CommitEffect& effect = staged.effect;
  facts.leaves = leaves;
  facts.leaving = leaving;
  facts.extensions = &group.context().extensions;
  facts.new_extensions = effect.extensions();
  facts.external_init = effect.external_init() != nullptr;
  facts.other_proposals = !std::all_of(effect.proposals.begin(), effect.proposals.end(), is_one_of_the_four);
  facts.held_leaf_before_restart = held_leaf_before_restart;
  for (const mls::LeafChange& change : effect.removed) facts.removed.push_back(change.leaf.value);

  std::span<const mls::LeafChange> added = effect.added;
  if (effect.is_external()) {
    // The joiner is the last of those added; it is the committer, not somebody it adds.
    if (!added.empty()) {
      facts.committer_leaf = leaf_of(*added.back().after);
      added = added.first(added.size() - 1);
    }
  } else {
    facts.sender = effect.sender.index;
    if (effect.has_path && !effect.updated.empty()) facts.committer_leaf = leaf_of(*effect.updated.back().after);
  }
  for (const mls::LeafChange& change : added) facts.added.push_back(leaf_of(*change.after));
}

}  // namespace encuentro::policy
