#include "protocol/mls/public/tree_validation.h"

#include <algorithm>

#include "protocol/mls/public/rules.h"

namespace encuentro::mls {
namespace {

template <class F>
Status for_each_parent(const RatchetTree& tree, F f) {
  for (std::uint32_t i = 1; i < node_count(tree.leaf_count()); i += 2) {
    if (const ParentNode* parent = tree.parent({i})) TRY_OK(f(NodeIndex{i}, *parent));
  }
  return {};
}

bool lists(const ParentNode& parent, LeafIndex leaf) {
  return std::binary_search(parent.unmerged_leaves.begin(), parent.unmerged_leaves.end(), leaf);
}

// The parent_hash field of a node; empty where there is none.
BytesView parent_hash_field(const RatchetTree& tree, NodeIndex node) {
  if (!is_leaf(node)) return tree.parent(node)->parent_hash.view();
  const LeafNodeContent& leaf = tree.leaf(leaf_of(node))->content();
  return leaf.source == LeafNodeSource::commit ? leaf.parent_hash.view() : BytesView{};
}

// §7.9.2: whether some D below `child` is valid with respect to `parent`, the other child being `copath`:
// D is in the resolution of `child`, all else in that resolution is what the parent lists as unmerged there,
// and D's parent_hash is the parent's. `resolution` is scratch.
bool chained_through(RatchetTree& tree, NodeIndex node, const ParentNode& parent, NodeIndex child, NodeIndex copath,
                     std::vector<NodeIndex>& resolution) {
  const auto& unmerged = parent.unmerged_leaves;
  auto first = std::lower_bound(unmerged.begin(), unmerged.end(), first_leaf(child));
  auto last = std::upper_bound(first, unmerged.end(), last_leaf(child));
  resolution.clear();
  tree.append_resolution(child, resolution);
  if (resolution.size() != static_cast<std::size_t>(last - first) + 1) return false;
  // The one node of the resolution that isn't unmerged at the parent.
  auto d = std::find_if(resolution.begin(), resolution.end(),
                        [&](NodeIndex at) { return !is_leaf(at) || !std::binary_search(first, last, leaf_of(at)); });
  if (d == resolution.end()) return false;
  for (auto at = d + 1; at != resolution.end(); ++at) {
    if (!is_leaf(*at) || !std::binary_search(first, last, leaf_of(*at))) return false;
  }
  BytesView field = parent_hash_field(tree, *d);
  return !field.empty() && equal(field, tree.parent_hash(node, copath).view());
}

}  // namespace

Status check_unmerged_leaves(const RatchetTree& tree) {
  return for_each_parent(tree, [&](NodeIndex node, const ParentNode& parent) -> Status {
    for (LeafIndex leaf : parent.unmerged_leaves) {
      bool is_member_below = is_below(leaf, node) && tree.leaf(leaf) != nullptr;
      TRY_OK(demand(Rule::unmerged_is_below, is_member_below, node.value, leaf.value));
      if (!is_member_below) continue;
      for (NodeIndex at = mls::parent(node_of(leaf)); at != node; at = mls::parent(at)) {
        const ParentNode* between = tree.parent(at);
        TRY_OK(demand(Rule::unmerged_between, between == nullptr || lists(*between, leaf), at.value, leaf.value));
      }
    }
    return {};
  });
}

Status check_parent_hashes(RatchetTree& tree) {
  std::vector<NodeIndex> resolution;
  return for_each_parent(tree, [&](NodeIndex node, const ParentNode& parent) -> Status {
    // One chain is enough to see that there is exactly one: with two, each side's parent_hash would be a hash over the
    // other side's, and so over itself.
    const bool valid = chained_through(tree, node, parent, left(node), right(node), resolution) ||
                       chained_through(tree, node, parent, right(node), left(node), resolution);
    return demand(Rule::parents_valid, valid);
  });
}

Status check_keys_unique(const RatchetTree& tree) {
  TRY_OK(demand(Rule::signature_key_unique, !tree.has_duplicate_signature_keys()));
  if (!tree.has_duplicate_encryption_keys()) return {};
  // Which of the two rules: is the key that is there twice a parent's?
  bool parents = false;
  for (std::uint32_t i = 0; i < node_count(tree.leaf_count()); ++i) {
    bool blank = is_leaf({i}) ? tree.leaf({i / 2}) == nullptr : tree.parent({i}) == nullptr;
    if (blank) continue;
    auto found = tree.node_with_encryption_key(tree.encryption_key({i}));
    if (found && found->value != i) parents = parents || !is_leaf({i}) || !is_leaf(*found);
  }
  return demand(parents ? Rule::parent_key_unique : Rule::encryption_key_unique, false);
}

Status check_tree(RatchetTree& tree) {
  TRY_OK(check_unmerged_leaves(tree));
  TRY_OK(check_keys_unique(tree));
  return check_parent_hashes(tree);
}

}  // namespace encuentro::mls
