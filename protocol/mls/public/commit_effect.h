// What a Commit does, laid open for whoever decides whether it may (RFC 9420 §12.3).
#pragma once

#include "protocol/mls/public/proposal_list.h"

namespace encuentro::mls {

// A leaf as a Commit changes it. `before` is null for an added one, `after` for a removed one.
struct LeafChange {
  LeafIndex leaf;
  LeafPointer before;
  LeafPointer after;
};

struct CommitEffect {
  Sender sender;
  LeafIndex committer;  // in the new tree; for an external Commit the joiner's leaf
  bool has_path = false;
  ProposalList proposals;  // in the order of the Commit

  std::vector<LeafChange> added;      // by Adds in their order; in an external Commit the joiner, last
  std::vector<LeafChange> removed;    // by Removes
  std::vector<LeafChange> updated;    // by Updates; last the committer's by its path
  std::vector<LeafIndex> new_leaves;  // by Adds only, ascending: those the path isn't encrypted to

  bool is_external() const { return sender.type == SenderType::new_member_commit; }
  // These point into `proposals`; null where there is none.
  const ExtensionList* extensions() const { return new_extensions(proposals); }
  const ReInit* reinit() const;
  const ExternalInit* external_init() const;
  std::vector<const PreSharedKeyId*> psks() const;  // in order
};

}  // namespace encuentro::mls
