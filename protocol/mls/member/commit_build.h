// Making a Commit (RFC 9420 §12.4.1): the steps that a member and an external joiner have in common.
#pragma once

#include "protocol/mls/member/group_secrets.h"
#include "protocol/mls/member/group_state.h"

namespace encuentro::mls::member {

struct CommitPlan {
  Sender sender;
  ProposalList proposals;
  std::vector<ProposalOrRef> wire_proposals;  // the same as they are written
  Framing framing;
  // With a path: the new leaf, but for its keys and parent hash, and who signs it.
  std::optional<LeafNodeContent> leaf;
  const crypto::SigningKey* leaf_signer = nullptr;
  // Who signs the Commit: a member's current key, a joiner's new one.
  const crypto::SigningKey* signer = nullptr;
  InitSecret init;
  PskSecret psk;
  // A member's keys in the current tree; none for a joiner.
  const PathKeys* path_keys = nullptr;
  LifetimePolicy lifetime;
};

struct BuiltCommit {
  StagedEpoch epoch;
  // For the Welcome.
  JoinerSecret joiner_secret;
  MemberSecret member_secret;
  std::optional<DrawnPath> path;  // its private keys are moved to `epoch`
};

// Applies and checks the proposals, draws the path, signs, runs the key schedule, tags. The group is unchanged.
// Errors: those of the rules; bad_key.
Result<BuiltCommit> build_commit(PublicGroup& group, const CommitPlan& plan, Random& random);

// Frames the Commit, makes what travels with it (`options`' Welcome and GroupInfo, signed by `leaf_signer`, whose
// leaf is the committer's new one) and lets it wait as `state.pending`.
Result<CommitBundle> bundle_commit(GroupState& state, BuiltCommit built, const crypto::SigningKey& leaf_signer,
                                   const CommitOptions& options, Random& random);

// Derives an epoch's secrets, the same way for all who enter it.
struct DerivedEpoch {
  JoinerSecret joiner_secret;
  MemberSecret member_secret;
  EpochSecrets secrets;
};
DerivedEpoch derive_epoch(const GroupContext& context, const InitSecret& init, const CommitSecret& commit,
                          const PskSecret& psk);
// `secrets.encryption` becomes the secret tree.
EpochKeys epoch_keys(crypto::Suite suite, LeafCount leaves, EpochSecrets secrets, PathKeys path);

// Proposals by reference and by value as a list and as they are written. Fills empty PSK nonces.
// Errors: unknown_proposal.
Status plan_proposals(CommitPlan& plan, const PublicGroup& group, std::span<const ProposalRef> references,
                      std::span<const Proposal> by_value, Random& random);
// psk_secret of the list's PreSharedKeys, in their order. R-MLS-105.
Result<PskSecret> psk_secret_for(crypto::Suite suite, const ProposalList& list, const PskSource& own,
                                 const PskSource& lent);

}  // namespace encuentro::mls::member
