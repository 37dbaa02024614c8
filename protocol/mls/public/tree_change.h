// What a staged Commit did to a tree, so that it can be taken back and done again without a copy of the
// tree: the nodes it overwrote, O(log N) of them for each proposal and the path.
#pragma once

#include <variant>

#include "protocol/mls/public/parent_node.h"

namespace encuentro::mls {

// Made by RatchetTree::begin() and filled by its mutating calls. Holds the old values while the change is
// applied, the new ones while it is undone: undoing and redoing exchange the two.
class TreeChange {
 public:
  TreeChange() = default;
  TreeChange(TreeChange&&) = default;
  TreeChange& operator=(TreeChange&&) = default;

  // How many nodes and hashes were overwritten: the cost of the change.
  std::size_t touched() const { return steps_.size() + hashes_.size(); }

 private:
  friend class RatchetTree;

  struct LeafSet {
    LeafIndex leaf;
    LeafPointer value;
  };
  struct ParentSet {
    NodeIndex node;
    std::optional<ParentNode> value;
  };
  // `leaf` was appended to the node's unmerged leaves: no copy of a list that may be long.
  struct UnmergedAdded {
    NodeIndex node;
    LeafIndex leaf;
  };
  struct Resized {
    LeafCount leaves;
  };
  struct HashSet {
    NodeIndex node;
    Digest value;
  };

  std::vector<std::variant<LeafSet, ParentSet, UnmergedAdded, Resized>> steps_;
  std::vector<HashSet> hashes_;
  std::uint64_t base_version_ = 0;
  bool applied_ = true;
};

}  // namespace encuentro::mls
