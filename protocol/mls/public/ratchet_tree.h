// The public half of the ratchet tree (RFC 9420 §4.1, §7). Flat arrays by node index; tree hashes are kept
// and recomputed only along what changed; keys and capabilities are indexed, so that no check walks the
// tree. Not thread-safe.
//
// Changes go through a TreeChange and can be taken back:
//   TreeChange change = tree.begin();
//   tree.remove(change, leaf); tree.add(change, new_leaf); ...     // tree is in the new state
//   tree.undo(change);                                             // .. in the old one again
//   tree.redo(change); tree.keep(std::move(change));               // .. in the new one for good
#pragma once

#include <span>

#include "protocol/crypto/hash.h"
#include "protocol/mls/public/key_index.h"
#include "protocol/mls/public/tree_change.h"
#include "protocol/mls/public/type_tally.h"

namespace encuentro::mls {

// One step of a direct path: a parent node and its child that is not on the path.
struct PathStep {
  NodeIndex node;
  NodeIndex copath;
};

class RatchetTree {
 public:
  // A tree of one leaf: a group's first (§11).
  RatchetTree(crypto::Suite suite, LeafPointer creator);
  // The tree of a ratchet_tree extension (§12.4.3.3). Checks only what is needed to hold it as a tree:
  // R-MLS-90, 91, 92. A joiner checks more: tree_validation.h. Errors: invalid_tree, unsupported_suite.
  static Result<RatchetTree> load(crypto::Suite suite, RatchetTreeNodes nodes);

  // The extension's form again.
  void encode(codec::Writer& writer) const;

  crypto::Suite suite() const { return suite_; }
  LeafCount leaf_count() const { return leaf_count_; }
  NodeIndex root() const { return mls::root(leaf_count_); }
  // Leaves that aren't blank.
  std::uint32_t member_count() const { return occupied(root()); }

  // nullptr when blank or outside of the tree.
  const LeafPointer& leaf_pointer(LeafIndex leaf) const;
  const LeafNode* leaf(LeafIndex leaf) const { return leaf_pointer(leaf).get(); }
  const ParentNode* parent(NodeIndex node) const;
  // Of a node that isn't blank.
  BytesView encryption_key(NodeIndex node) const;
  // How many leaves at or below the node aren't blank.
  std::uint32_t occupied(NodeIndex node) const;

  // Where the next Add goes (§12.1.1): the leftmost blank leaf, else the first of the doubled tree.
  LeafIndex next_free_leaf() const;
  std::optional<LeafIndex> leaf_with_signature_key(BytesView key) const;
  std::optional<NodeIndex> node_with_encryption_key(BytesView key) const;
  bool has_duplicate_signature_keys() const { return signature_keys_.duplicates() != 0; }
  bool has_duplicate_encryption_keys() const { return encryption_keys_.duplicates() != 0; }

  // Whether every member's capabilities list the value (default types need not be listed).
  bool all_support(ExtensionType type) const;
  bool all_support(ProposalType type) const;
  bool all_support(CredentialType type) const;
  // The credential types of the leaves, with how many have each.
  const std::vector<TypeTally<CredentialType>::Entry>& credential_types_in_use() const {
    return credentials_used_.entries();
  }

  // §4.1.1. Appends to `out`, in the RFC's order.
  void append_resolution(NodeIndex node, std::vector<NodeIndex>& out) const;
  std::vector<NodeIndex> resolution(NodeIndex node) const;
  // Without the leaves added by the Commit that is being processed (§7.5); `excluded` is ascending.
  std::vector<NodeIndex> resolution_without(NodeIndex node, std::span<const LeafIndex> excluded) const;

  // From the leaf's parent up to the root.
  std::vector<PathStep> direct_path(LeafIndex leaf) const;
  // Without the nodes whose copath child has an empty resolution (§4.1.2).
  std::vector<PathStep> filtered_direct_path(LeafIndex leaf) const;

  // §7.8. Computes what isn't known yet.
  const Digest& tree_hash(NodeIndex node);
  const Digest& tree_hash() { return tree_hash(root()); }
  // §7.9: the tree hash of `node` without the leaves `excluded` (ascending), as original_sibling_tree_hash.
  Digest original_tree_hash(NodeIndex node, std::span<const LeafIndex> excluded);
  // §7.9: Hash(ParentHashInput) of a parent that isn't blank, `copath` being its child off the path.
  Digest parent_hash(NodeIndex node, NodeIndex copath);

  TreeChange begin() const;
  // §12.1.1: puts the leaf at next_free_leaf(), extending the tree if need be, and notes it as unmerged in
  // every parent above it that isn't blank.
  LeafIndex add(TreeChange& change, LeafPointer leaf);
  // next_free_leaf(), after extending the tree if it is full: an external joiner's place (§12.4.3.2).
  LeafIndex make_room(TreeChange& change);
  // §12.1.2: replaces a member's leaf and blanks its direct path.
  void update(TreeChange& change, LeafIndex at, LeafPointer leaf);
  // §12.1.3: blanks a member's leaf and its direct path, then truncates the tree.
  void remove(TreeChange& change, LeafIndex at);
  // §7.5, the public part of merging an UpdatePath: blanks the direct path, gives the filtered one the keys
  // (as many as it has steps) and their parent hashes. Returns the parent hash that belongs into the leaf.
  Digest set_path(TreeChange& change, LeafIndex sender, std::span<const PublicKeyBytes> keys);
  // Puts a leaf and nothing else: the sender's new leaf of an UpdatePath.
  void replace_leaf(TreeChange& change, LeafIndex at, LeafPointer leaf);

  void undo(TreeChange& change);
  void redo(TreeChange& change);
  // Makes an applied change final: other changes begun before can't be applied any more.
  void keep(TreeChange&& change);
  // Whether the change was begun on the tree as it stands.
  bool is_current(const TreeChange& change) const { return change.base_version_ == version_; }

 private:
  explicit RatchetTree(crypto::Suite suite) : suite_(suite) {}

  static std::size_t slot(NodeIndex parent) { return parent.value / 2; }
  void reserve_leaves(LeafCount leaves);
  void exchange_leaf(LeafIndex at, LeafPointer& value);
  void exchange_parent(NodeIndex at, std::optional<ParentNode>& value);
  void count_leaf(const LeafNode& leaf, bool in);

  void set_leaf(TreeChange& change, LeafIndex at, LeafPointer leaf);
  void set_parent(TreeChange& change, NodeIndex at, std::optional<ParentNode> parent);
  void blank_path(TreeChange& change, LeafIndex leaf);
  void forget_hashes(TreeChange& change, LeafIndex leaf);
  void extend(TreeChange& change);
  void truncate(TreeChange& change);
  Digest hash_parent(const ParentNode* parent, std::span<const LeafIndex> excluded, const Digest& left_hash,
                     const Digest& right_hash) const;
  Digest hash_leaf(LeafIndex leaf, const LeafNode* value) const;

  crypto::Suite suite_;
  LeafCount leaf_count_{1};
  // The arrays may be longer than the tree: what is beyond it is blank.
  std::vector<LeafPointer> leaves_;
  std::vector<std::optional<ParentNode>> parents_;  // node 2i + 1 at i
  std::vector<std::uint32_t> occupied_;             // node 2i + 1 at i
  std::vector<Digest> hashes_;                      // by node; empty: not computed
  KeyIndex signature_keys_;                         // by leaf index
  KeyIndex encryption_keys_;                        // by node index
  TypeTally<ExtensionType> extensions_;
  TypeTally<ProposalType> proposals_;
  TypeTally<CredentialType> credentials_;
  TypeTally<CredentialType> credentials_used_;
  std::uint64_t version_ = 0;
};

// Takes the change back at the end of the scope.
class UndoAtExit {
 public:
  UndoAtExit(RatchetTree& tree, TreeChange& change) : tree_(tree), change_(change) {}
  UndoAtExit(const UndoAtExit&) = delete;
  UndoAtExit& operator=(const UndoAtExit&) = delete;
  ~UndoAtExit() { tree_.undo(change_); }

 private:
  RatchetTree& tree_;
  TreeChange& change_;
};

}  // namespace encuentro::mls
