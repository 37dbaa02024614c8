// The proposals of an epoch and of one Commit, and the rules on them (RFC 9420 §12.1, §12.2).
#pragma once

#include "protocol/mls/public/framing.h"
#include "protocol/mls/public/leaf_rules.h"

namespace encuentro::mls {

// A proposal that was received, checked and can be referred to until the epoch ends.
struct HeldProposal {
  ProposalRef reference;
  std::shared_ptr<const Proposal> proposal;
  Sender sender;
};

// All of an epoch's.
class ProposalPool {
 public:
  const HeldProposal* find(const ProposalRef& reference) const;
  const std::vector<HeldProposal>& held() const { return held_; }
  // The same again changes nothing. Errors: too_many (over limits::proposals_held_max).
  Status hold(HeldProposal proposal);
  void forget(const ProposalRef& reference);
  void clear() { held_.clear(); }

 private:
  std::vector<HeldProposal> held_;
};

// A proposal as it is committed. Its sender is the committer if it came by value.
struct CommittedProposal {
  std::shared_ptr<const Proposal> proposal;
  Sender sender;
  bool by_reference = false;
};
using ProposalList = std::vector<CommittedProposal>;

// What the rules on proposals look at.
struct ProposalContext {
  const GroupContext& group;
  const RatchetTree& tree;
  const LeafDemands& demands;  // of the new epoch's extensions (§12.3)
  const LifetimePolicy& lifetime;
};

// Pairs a Commit's proposals with their senders. R-MLS-69; R-MLS-64 in an external Commit. The list shares
// the ownership of `commit`.
Result<ProposalList> list_of(const std::shared_ptr<const AuthenticatedContent>& commit, const ProposalPool& pool);

// One proposal by itself, but for signatures: R-MLS-17 to 19, 30, 32, 49 to 53, check_leaf.
Status check_proposal(const Proposal& proposal, Sender sender, const ProposalContext& context);
// Those signatures: R-MLS-10, 31. Once for each proposal: when it is held, or when its Commit comes.
Status check_proposal_signatures(const Proposal& proposal, Sender sender, const GroupContext& group);

// §12.2 for a member's Commit, but for the single proposals: R-MLS-40 to 48.
Status check_list_of_member(const ProposalList& list, LeafIndex committer, const RatchetTree& tree);
// §12.2 for an external Commit: R-MLS-60, 61, 62.
Status check_list_of_joiner(const ProposalList& list);

// §12.4: whether a Commit of these must have a path.
bool path_required(const ProposalList& list);

// The GroupContextExtensions in the list, or null.
const ExtensionList* new_extensions(const ProposalList& list);

}  // namespace encuentro::mls
