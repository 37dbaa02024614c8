// What a member proposes and commits: valid by construction, so that a refusal is a finding.
#pragma once

#include "fuzz/mls_network/world.h"

namespace encuentro::fuzz {

// A valid Commit of this member, chosen by the plan out of what it holds and of proposals of its own.
struct CommitChoice {
  mls::member::CommitOptions options;
  std::vector<Digest> newcomers;  // KeyPackageRefs of the Adds
  bool needs_past = false;
  std::optional<mls::member::MemberIdentity> new_identity;  // `options` doesn't point to it yet
};
CommitChoice choose_commit(World& world, Seat& seat);

// Makes the Commit and posts it. Null after a violation: a valid Commit that couldn't be made.
const Letter* make_commit(World& world, Seat& seat, CommitChoice choice);

// A proposal the member may send now, not an Update.
mls::Proposal choose_proposal(World& world, const Seat& seat);

// Proposes, posts and returns it. Null after a violation.
const Letter* make_proposal(World& world, Seat& seat);

// A proposal signed outside of the group: the service's, a newcomer's or the intruder's.
const Letter& make_outside_proposal(World& world, const Seat& group_of);

// Public or private framing.
mls::member::Framing choose_framing(World& world);
// The member's state, to be looked at after it has gone on.
mls::member::GroupState state_of(const mls::member::Group& group);

}  // namespace encuentro::fuzz
