// The facts of a staged Commit as judge_commit() wants them, taken from the public group: one place, so that the server
// and every client judge the same.
#pragma once

#include "protocol/mls/public/public_group.h"
#include "protocol/policy/commit_rules.h"

namespace encuentro::policy {

// The group's leaves that aren't blank, in order.
std::vector<PlacedLeaf> leaves_of(const mls::RatchetTree& tree);

// Owns what the views in `facts` point to. Valid while the group stays in its epoch and the staged change lives.
struct StagedFacts {
  std::vector<PlacedLeaf> leaves;
  std::vector<MemberId> leaving;
  CommitFacts facts;

  StagedFacts(const mls::PublicGroup& group, const mls::StagedChange& staged, std::vector<MemberId> who_leaves,
              bool held_leaf_before_restart);
  StagedFacts(const StagedFacts&) = delete;
  StagedFacts& operator=(const StagedFacts&) = delete;
};

}  // namespace encuentro::policy
