// Follows a group from what is public (RFC 9420 §12.4.2, §12.4.3): what a delivery service does with each
// Commit, what a newcomer does with a channel's past, and the public half of what a member does. Holds no
// secret. So it takes confirmation tags as they are and can't check membership tags, path ciphertexts or
// Welcomes; a member checks those before or after with the same objects.
//
//   auto staged = group.stage(std::move(commit), lifetime);     // group unchanged
//   look at staged->effect: who is added, removed, updated, which extensions     // the caller's policy
//   group.merge(std::move(*staged));                             // or drop it
//
// Not thread-safe; one owner.
#pragma once

#include "protocol/mls/public/commit_draft.h"
#include "protocol/mls/public/message.h"

namespace encuentro::mls {

class PublicGroup {
 public:
  // From a GroupInfo and the tree that belongs to it, all of it checked (§12.4.3.1): R-MLS-85, 86, 90 to 97 and
  // each leaf. `nodes` null: the tree is in the GroupInfo's ratchet_tree extension. One signature a leaf.
  // Errors: invalid_tree, invalid_leaf, bad_signature, malformed.
  static Result<PublicGroup> join(const GroupInfo& group_info, const RatchetTreeNodes* nodes,
                                  const LifetimePolicy& lifetime);
  // From parts that are known to be right: a group's creator, and a member's stored state.
  PublicGroup(GroupContext context, RatchetTree tree, Digest interim_transcript_hash);

  const GroupContext& context() const { return context_; }
  crypto::Suite suite() const { return context_.cipher_suite; }
  const RatchetTree& tree() const { return tree_; }
  const Digest& interim_transcript_hash() const { return interim_transcript_hash_; }
  // Once a Commit of a ReInit was merged: nothing may follow (R-MLS-82).
  const std::optional<ReInit>& reinit() const { return reinit_; }
  const ProposalPool& proposals() const { return proposals_; }

  // Checks a proposal message (sender, signature, the proposal itself) and holds it: R-MLS-56 to 58, 72 to
  // 74, 76, 82, 84, check_proposal. Content that came as a PrivateMessage is welcome too, once decrypted.
  Result<ProposalRef> handle_proposal(const AuthenticatedContent& message, const LifetimePolicy& lifetime);
  // Holds one of our own without checking it.
  Result<ProposalRef> hold_own_proposal(const AuthenticatedContent& message);
  void forget_proposal(const ProposalRef& reference) { proposals_.forget(reference); }

  // Judges a Commit by all public rules. Its signature is verified here, once.
  Result<StagedChange> stage(AuthenticatedContent commit, const LifetimePolicy& lifetime);
  // The same for a PublicMessage as it came; refuses other contents. The membership tag is not looked at.
  Result<StagedChange> stage(PublicMessage message, const LifetimePolicy& lifetime);
  // Calls `f` with the tree as it will be; afterwards it is again as it was.
  template <class F>
  auto with_staged_tree(StagedChange& staged, F f) {
    tree_.redo(staged.tree);
    UndoAtExit undo(tree_, staged.tree);
    return f(std::as_const(tree_));
  }
  // Programmer error if the group has moved on since it was staged.
  void merge(StagedChange staged);

  // What is checked of any handshake message before its signature: R-MLS-72, 73, 74, 82, 84.
  Status check_framing(const FramedContent& content) const;
  // The key that a message's signature must verify with: R-MLS-58, 65, 74.
  Result<PublicKeyBytes> signature_key_of(const FramedContent& content) const;

  // R-MLS-85, 86, 87, 88: that a GroupInfo tells of this group in this epoch. Its ratchet_tree extension, if
  // there, must be the group's (R-MLS-97). One signature verification.
  Status check_group_info(const GroupInfo& group_info) const;
  // The same for the epoch a staged Commit leads to, before it is merged.
  Status check_group_info(const GroupInfo& group_info, StagedChange& staged);

  // Everything, so that a server or member can go on later. Not checked again at decoding: keep it where
  // nobody else writes.
  void encode(codec::Writer& writer) const;
  static Result<PublicGroup> decode(codec::Reader& reader);

 private:
  friend class CommitDraft;

  static Status check_against(const GroupInfo& group_info, const GroupContext& context, const Digest& interim,
                              const RatchetTree& tree);

  GroupContext context_;
  RatchetTree tree_;
  Digest interim_transcript_hash_;
  std::optional<ReInit> reinit_;
  ProposalPool proposals_;
};

}  // namespace encuentro::mls
