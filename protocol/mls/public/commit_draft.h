// A Commit in the making, the public part: what a committer builds (§12.4.1) and what a receiver judges
// (§12.4.2) go through the same steps here. While a draft lives its group's tree IS in the new state; the
// draft takes it back when it is finished or dropped. One draft at a time.
//
// The committer:                                  The receiver (PublicGroup::stage does it):
//   CommitDraft::begin(group, sender, list, ..)     the same
//   draft.tree(), draft.path(): draws keys
//   draft.set_path(keys) → the leaf's parent_hash   draft.apply_path(update_path)
//   draft.set_leaf(leaf it signed)
//   draft.check_result()                            the same
//   draft.provisional_context(): encrypts
//   finish(signed commit) → StagedChange            the same
#pragma once

#include "protocol/mls/public/commit_effect.h"

namespace encuentro::mls {

class PublicGroup;

// A Commit that passed every public rule, and the epoch it leads to. The group is unchanged until
// PublicGroup::merge. Valid as long as the group stays in its epoch.
struct StagedChange {
  std::shared_ptr<const AuthenticatedContent> commit;  // as it was signed; never null
  CommitEffect effect;
  GroupContext context;  // of the new epoch
  Digest interim_transcript_hash;
  TreeChange tree;
};

class CommitDraft {
 public:
  // Checks the list (§12.2) and each proposal, and applies them (§12.3). `has_path` tells whether there will
  // be a path (R-MLS-70, 71, 65). Errors: invalid_proposal, invalid_leaf, invalid_key_package,
  // invalid_commit, bad_signature.
  static Result<CommitDraft> begin(PublicGroup& group, Sender sender, ProposalList list, bool has_path,
                                   const LifetimePolicy& lifetime);
  CommitDraft(CommitDraft&& other) noexcept;
  CommitDraft& operator=(CommitDraft&&) = delete;
  ~CommitDraft();

  const CommitEffect& effect() const { return effect_; }
  // In the new state as far as the draft has come.
  RatchetTree& tree();
  LeafIndex committer() const { return effect_.committer; }
  // The committer's filtered direct path in the new tree.
  const std::vector<PathStep>& path() const { return path_; }

  // Sets the path's keys, as many as path() has steps. Returns the parent hash that belongs into the leaf.
  Digest set_path(std::span<const PublicKeyBytes> keys);
  // Puts the committer's new leaf into the tree, after set_path.
  void set_leaf(LeafPointer leaf);
  // Judges somebody else's path and applies it: R-MLS-10, 20, 26, 63, 77 to 81, check_leaf.
  Status apply_path(const UpdatePath& path);

  // The tree as a whole: R-MLS-12, 13, 21, 22, 54, 55.
  Status check_result();

  // The new GroupContext but for the transcript hash, which is still the old one: what path secrets are
  // encrypted with (§12.4.1).
  GroupContext provisional_context();
  // The Commit is signed (and, by a member, tagged) now: computes the transcript hashes. Takes the tree back.
  StagedChange finish(std::shared_ptr<const AuthenticatedContent> commit) &&;

 private:
  CommitDraft(PublicGroup& group, TreeChange change, const LifetimePolicy& lifetime);
  Status check_proposals();
  Status apply_proposals();
  Status check_path_leaf(const LeafNode& leaf);
  Status check_path_keys(const UpdatePath& path);

  PublicGroup* group_;  // null after finish
  TreeChange change_;
  LifetimePolicy lifetime_;
  LeafDemands demands_;
  CommitEffect effect_;
  std::vector<PathStep> path_;
};

}  // namespace encuentro::mls
