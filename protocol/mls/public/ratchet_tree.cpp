#include "protocol/mls/public/ratchet_tree.h"

#include <algorithm>

#include "protocol/mls/public/rules.h"

namespace encuentro::mls {

RatchetTree::RatchetTree(crypto::Suite suite, LeafPointer creator) : suite_(suite) {
  reserve_leaves(leaf_count_);
  exchange_leaf({0}, creator);
}

Result<RatchetTree> RatchetTree::load(crypto::Suite suite, RatchetTreeNodes input) {
  if (!crypto::supported(suite)) return fail(Code::unsupported_suite, "", 0, static_cast<std::uint64_t>(suite));
  auto& nodes = input.nodes;
  if (nodes.empty()) return fail(Code::invalid_tree);
  TRY_OK(demand(Rule::tree_ends_non_blank, nodes.back().has_value()));
  RatchetTree tree(suite);
  tree.leaf_count_ = leaf_count_for(static_cast<std::uint32_t>(nodes.size() / 2 + 1));
  tree.reserve_leaves(tree.leaf_count_);
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i]) continue;
    auto* leaf = std::get_if<LeafPointer>(&nodes[i]->value);
    bool at_its_place = (leaf != nullptr) == is_leaf({i});
    TRY_OK(demand(Rule::node_at_its_place, at_its_place));
    if (!at_its_place) continue;
    if (leaf != nullptr) {
      tree.exchange_leaf({i / 2}, *leaf);
    } else {
      std::optional<ParentNode> parent = std::get<ParentNode>(std::move(nodes[i]->value));
      tree.exchange_parent({i}, parent);
    }
  }
  for (std::uint32_t i = 1; i < node_count(tree.leaf_count_); i += 2) {
    TRY_OK(demand(Rule::parent_has_leaves, !tree.parents_[i / 2] || tree.occupied_[i / 2] != 0));
  }
  return tree;
}

void RatchetTree::encode(codec::Writer& writer) const {
  std::uint32_t end = node_count(leaf_count_);
  while (end > 0 && (is_leaf({end - 1}) ? leaves_[(end - 1) / 2] == nullptr : !parents_[(end - 1) / 2])) --end;
  std::size_t mark = writer.open();
  for (std::uint32_t i = 0; i < end; ++i) {
    bool present = is_leaf({i}) ? leaves_[i / 2] != nullptr : parents_[i / 2].has_value();
    writer.u8(present ? 1 : 0);
    if (!present) continue;
    writer.number(is_leaf({i}) ? NodeType::leaf : NodeType::parent);
    if (is_leaf({i})) {
      leaves_[i / 2]->encode(writer);
    } else {
      parents_[i / 2]->encode(writer);
    }
  }
  writer.close(mark);
}

const LeafPointer& RatchetTree::leaf_pointer(LeafIndex leaf) const {
  static const LeafPointer blank;
  return leaf.value < leaf_count_.value ? leaves_[leaf.value] : blank;
}

const ParentNode* RatchetTree::parent(NodeIndex node) const {
  ENC_CHECK(!is_leaf(node));
  if (node.value >= node_count(leaf_count_) || !parents_[slot(node)]) return nullptr;
  return &*parents_[slot(node)];
}

BytesView RatchetTree::encryption_key(NodeIndex node) const {
  if (is_leaf(node)) return leaves_[node.value / 2]->content().encryption_key.view();
  return parents_[slot(node)]->encryption_key.view();
}

std::uint32_t RatchetTree::occupied(NodeIndex node) const {
  if (is_leaf(node)) return leaf(leaf_of(node)) != nullptr ? 1 : 0;
  return occupied_[slot(node)];
}

LeafIndex RatchetTree::next_free_leaf() const {
  if (member_count() == leaf_count_.value) return {leaf_count_.value};
  NodeIndex node = root();
  while (!is_leaf(node)) {
    NodeIndex below = left(node);
    node = occupied(below) < (1u << level(below)) ? below : right(node);
  }
  return leaf_of(node);
}

std::optional<LeafIndex> RatchetTree::leaf_with_signature_key(BytesView key) const {
  auto found =
      signature_keys_.find(key, [this](std::uint32_t at) { return leaves_[at]->content().signature_key.view(); });
  if (!found) return std::nullopt;
  return LeafIndex{*found};
}

std::optional<NodeIndex> RatchetTree::node_with_encryption_key(BytesView key) const {
  auto found = encryption_keys_.find(key, [this](std::uint32_t at) { return encryption_key({at}); });
  if (!found) return std::nullopt;
  return NodeIndex{*found};
}

bool RatchetTree::all_support(ExtensionType type) const {
  return is_default(type) || extensions_.count(type) == member_count();
}
bool RatchetTree::all_support(ProposalType type) const {
  return is_default(type) || proposals_.count(type) == member_count();
}
bool RatchetTree::all_support(CredentialType type) const { return credentials_.count(type) == member_count(); }

void RatchetTree::append_resolution(NodeIndex node, std::vector<NodeIndex>& out) const {
  if (occupied(node) == 0) return;
  if (is_leaf(node)) {
    out.push_back(node);
  } else if (const ParentNode* value = parent(node)) {
    out.push_back(node);
    for (LeafIndex leaf : value->unmerged_leaves) out.push_back(node_of(leaf));
  } else {
    append_resolution(left(node), out);
    append_resolution(right(node), out);
  }
}

std::vector<NodeIndex> RatchetTree::resolution(NodeIndex node) const {
  std::vector<NodeIndex> out;
  append_resolution(node, out);
  return out;
}

std::vector<NodeIndex> RatchetTree::resolution_without(NodeIndex node, std::span<const LeafIndex> excluded) const {
  std::vector<NodeIndex> out = resolution(node);
  if (excluded.empty()) return out;
  std::erase_if(out, [&](NodeIndex at) {
    return is_leaf(at) && std::binary_search(excluded.begin(), excluded.end(), leaf_of(at));
  });
  return out;
}

std::vector<PathStep> RatchetTree::direct_path(LeafIndex leaf) const {
  ENC_CHECK(leaf < LeafIndex{leaf_count_.value});
  std::vector<PathStep> path;
  path.reserve(depth(leaf_count_));
  for (NodeIndex below = node_of(leaf); below != root(); below = mls::parent(below)) {
    path.push_back({mls::parent(below), sibling(below)});
  }
  return path;
}

std::vector<PathStep> RatchetTree::filtered_direct_path(LeafIndex leaf) const {
  std::vector<PathStep> path = direct_path(leaf);
  // A subtree without leaves has no parent nodes either (R-MLS-92), so this is the empty resolution.
  std::erase_if(path, [this](const PathStep& step) { return occupied(step.copath) == 0; });
  return path;
}

}  // namespace encuentro::mls
