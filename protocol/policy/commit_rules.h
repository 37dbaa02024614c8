// May this Commit stand? The judgement of docs/PROTOCOL.md C2-C4 on what is public of a Commit, the same at the server
// (before it stores) and in every client (before it merges).
#pragma once

#include "protocol/policy/policy.h"

namespace encuentro::policy {

struct PlacedLeaf {
  std::uint32_t index = 0;
  Leaf leaf;
};

// What a Commit does, as far as anybody can see. All views end with the call.
struct CommitFacts {
  // The group before it.
  std::span<const PlacedLeaf> leaves;
  const mls::ExtensionList* extensions = nullptr;
  // The Commit: sender's leaf index, or nullopt for an external one.
  std::optional<std::uint32_t> sender;
  std::vector<Leaf> added;
  std::vector<std::uint32_t> removed;
  const mls::ExtensionList* new_extensions = nullptr;  // of a GroupContextExtensions proposal; else null
  bool external_init = false;
  bool other_proposals = false;        // Update, PSK, ReInit, unknown, or anything by reference
  std::optional<Leaf> committer_leaf;  // of its update path: the sender's new leaf, the joiner's leaf
  // The log: members who asked to leave and still have leaves; whether the joiner held a leaf of the group before a
  // restart.
  std::span<const MemberId> leaving;
  bool held_leaf_before_restart = false;
};

// What the Commit did to policy and membership, for the reader's eyes and the server's books.
struct CommitVerdict {
  ChannelPolicy policy;  // as it is after the Commit
  bool admission_changed = false;
  LeafIdentity committer;
  std::vector<LeafIdentity> added;
  std::vector<LeafIdentity> removed;  // those whose credential could be read
};

// `device` is the envelope's: it must be the committer's. Errors: policy_violation, not_admitted or not_allowed with
// R-POL-50 (proposal not of the four, or by reference) · 51 (no such sender, or a
// path whose leaf is another device) · 52 (the envelope's device isn't the committer's) · 53 (extensions changed beyond
// admission, or admission into something else) · 54 (an added leaf not admitted) · 55 (may not add) · 56 (may not
// remove) · 57 (a leaf that isn't admitted is left in) · 58 (two leaves of a device) · 59 (external Commit in a sealed
// channel) · 60 (a first entry where the policy doesn't allow it) · 61 (an external Commit that does more than come
// back) · 62 (over limits::leaves_max) · 63 (ExternalInit by a member or none from outside); and the rules of policy.h.
Result<CommitVerdict> judge_commit(const CommitFacts& facts, const roster::View& view, const DeviceId& device);

// All leaves of a group that somebody is about to join or link are admitted (docs/PROTOCOL.md J4, J6).
// Errors: R-POL-57, R-POL-58 and those of admitted_leaf.
Status all_admitted(const ChannelPolicy& policy, const roster::View& view, std::span<const PlacedLeaf> leaves);

}  // namespace encuentro::policy
