// How a RatchetTree changes and takes changes back (RFC 9420 §7.5, §7.7, §12.1.1 to §12.1.3).
#include <algorithm>

#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls {

void RatchetTree::reserve_leaves(LeafCount leaves) {
  if (leaves_.size() >= leaves.value) return;
  leaves_.resize(leaves.value);
  parents_.resize(leaves.value - 1);
  occupied_.resize(leaves.value - 1);
  hashes_.resize(node_count(leaves));
}

void RatchetTree::count_leaf(const LeafNode& leaf, bool in) {
  const Capabilities& capabilities = leaf.content().capabilities;
  if (in) {
    extensions_.add_all(capabilities.extensions);
    proposals_.add_all(capabilities.proposals);
    credentials_.add_all(capabilities.credentials);
    credentials_used_.add(leaf.content().credential.type());
  } else {
    extensions_.subtract_all(capabilities.extensions);
    proposals_.subtract_all(capabilities.proposals);
    credentials_.subtract_all(capabilities.credentials);
    credentials_used_.subtract(leaf.content().credential.type());
  }
}

// Keeps the indices, tallies and counts in step with the array.
void RatchetTree::exchange_leaf(LeafIndex at, LeafPointer& value) {
  LeafPointer& place = leaves_[at.value];
  auto signature_key_of = [this](std::uint32_t i) { return leaves_[i]->content().signature_key.view(); };
  auto encryption_key_of = [this](std::uint32_t i) { return encryption_key({i}); };
  bool was_blank = place == nullptr;
  if (!was_blank) {
    signature_keys_.erase(place->content().signature_key.view(), at.value, signature_key_of);
    encryption_keys_.erase(place->content().encryption_key.view(), node_of(at).value, encryption_key_of);
    count_leaf(*place, false);
  }
  place.swap(value);
  if (place != nullptr) {
    signature_keys_.insert(place->content().signature_key.view(), at.value, signature_key_of);
    encryption_keys_.insert(place->content().encryption_key.view(), node_of(at).value, encryption_key_of);
    count_leaf(*place, true);
  }
  if (was_blank == (place == nullptr)) return;
  // Up to the end of the arrays, not of the tree: a subtree beyond it must count right when it is back.
  auto end = static_cast<std::uint32_t>(hashes_.size());
  for (NodeIndex node = mls::parent(node_of(at)); node.value < end; node = mls::parent(node)) {
    occupied_[slot(node)] += was_blank ? 1u : 0xffffffffu;
    if (node == mls::root({(end + 1) / 2})) break;
  }
}

void RatchetTree::exchange_parent(NodeIndex at, std::optional<ParentNode>& value) {
  std::optional<ParentNode>& place = parents_[slot(at)];
  auto key_of = [this](std::uint32_t i) { return encryption_key({i}); };
  if (place) encryption_keys_.erase(place->encryption_key.view(), at.value, key_of);
  place.swap(value);
  if (place) encryption_keys_.insert(place->encryption_key.view(), at.value, key_of);
}

void RatchetTree::set_leaf(TreeChange& change, LeafIndex at, LeafPointer leaf) {
  exchange_leaf(at, leaf);
  change.steps_.emplace_back(TreeChange::LeafSet{at, std::move(leaf)});
}

void RatchetTree::set_parent(TreeChange& change, NodeIndex at, std::optional<ParentNode> parent) {
  if (!parents_[slot(at)] && !parent) return;
  exchange_parent(at, parent);
  change.steps_.emplace_back(TreeChange::ParentSet{at, std::move(parent)});
}

void RatchetTree::blank_path(TreeChange& change, LeafIndex leaf) {
  for (const PathStep& step : direct_path(leaf)) set_parent(change, step.node, std::nullopt);
}

void RatchetTree::forget_hashes(TreeChange& change, LeafIndex leaf) {
  auto forget = [&](NodeIndex node) {
    change.hashes_.push_back({node, hashes_[node.value]});
    hashes_[node.value].clear();
  };
  forget(node_of(leaf));
  for (const PathStep& step : direct_path(leaf)) forget(step.node);
}

void RatchetTree::extend(TreeChange& change) {
  change.steps_.emplace_back(TreeChange::Resized{leaf_count_});
  leaf_count_ = {2 * leaf_count_.value};
  // Arrays that grow start with the new nodes blank; the count of the new root is the old root's.
  std::uint32_t members = occupied(mls::root({leaf_count_.value / 2}));
  bool grows = leaves_.size() < leaf_count_.value;
  reserve_leaves(leaf_count_);
  if (grows) occupied_[slot(root())] = members;
  change.hashes_.push_back({root(), hashes_[root().value]});
  hashes_[root().value].clear();
}

void RatchetTree::truncate(TreeChange& change) {
  while (leaf_count_.value > 1 && occupied(right(root())) == 0) {
    set_parent(change, root(), std::nullopt);
    change.steps_.emplace_back(TreeChange::Resized{leaf_count_});
    leaf_count_ = {leaf_count_.value / 2};
  }
}

TreeChange RatchetTree::begin() const {
  TreeChange change;
  change.base_version_ = version_;
  return change;
}

LeafIndex RatchetTree::make_room(TreeChange& change) {
  LeafIndex at = next_free_leaf();
  if (at.value == leaf_count_.value) extend(change);
  return at;
}

LeafIndex RatchetTree::add(TreeChange& change, LeafPointer leaf) {
  LeafIndex at = make_room(change);
  set_leaf(change, at, std::move(leaf));
  for (const PathStep& step : direct_path(at)) {
    std::optional<ParentNode>& above = parents_[slot(step.node)];
    if (!above) continue;
    auto& unmerged = above->unmerged_leaves;
    unmerged.insert(std::lower_bound(unmerged.begin(), unmerged.end(), at), at);
    change.steps_.emplace_back(TreeChange::UnmergedAdded{step.node, at});
  }
  forget_hashes(change, at);
  return at;
}

void RatchetTree::update(TreeChange& change, LeafIndex at, LeafPointer leaf) {
  ENC_CHECK(this->leaf(at) != nullptr && leaf != nullptr);
  set_leaf(change, at, std::move(leaf));
  blank_path(change, at);
  forget_hashes(change, at);
}

void RatchetTree::remove(TreeChange& change, LeafIndex at) {
  ENC_CHECK(leaf(at) != nullptr);
  set_leaf(change, at, nullptr);
  blank_path(change, at);
  forget_hashes(change, at);
  truncate(change);
}

Digest RatchetTree::set_path(TreeChange& change, LeafIndex sender, std::span<const PublicKeyBytes> keys) {
  std::vector<PathStep> path = filtered_direct_path(sender);
  ENC_CHECK(path.size() == keys.size());
  blank_path(change, sender);
  forget_hashes(change, sender);
  // From the root down: each hash covers the ones above it.
  Digest above;
  for (std::size_t i = path.size(); i-- > 0;) {
    ParentNode node;
    node.encryption_key = keys[i];
    node.parent_hash = above;
    set_parent(change, path[i].node, std::move(node));
    above = parent_hash(path[i].node, path[i].copath);
  }
  return above;
}

void RatchetTree::replace_leaf(TreeChange& change, LeafIndex at, LeafPointer leaf) {
  ENC_CHECK(at.value < leaf_count_.value && leaf != nullptr);
  set_leaf(change, at, std::move(leaf));
  forget_hashes(change, at);
}

void RatchetTree::undo(TreeChange& change) {
  ENC_CHECK(change.applied_ && is_current(change));
  for (auto step = change.steps_.rbegin(); step != change.steps_.rend(); ++step) {
    if (auto* leaf = std::get_if<TreeChange::LeafSet>(&*step)) {
      exchange_leaf(leaf->leaf, leaf->value);
    } else if (auto* parent = std::get_if<TreeChange::ParentSet>(&*step)) {
      exchange_parent(parent->node, parent->value);
    } else if (auto* added = std::get_if<TreeChange::UnmergedAdded>(&*step)) {
      auto& unmerged = parents_[slot(added->node)]->unmerged_leaves;
      unmerged.erase(std::lower_bound(unmerged.begin(), unmerged.end(), added->leaf));
    } else {
      std::swap(leaf_count_, std::get<TreeChange::Resized>(*step).leaves);
    }
  }
  for (auto hash = change.hashes_.rbegin(); hash != change.hashes_.rend(); ++hash) {
    std::swap(hashes_[hash->node.value], hash->value);
  }
  change.applied_ = false;
}

void RatchetTree::redo(TreeChange& change) {
  ENC_CHECK(!change.applied_ && is_current(change));
  for (auto& step : change.steps_) {
    if (auto* leaf = std::get_if<TreeChange::LeafSet>(&step)) {
      exchange_leaf(leaf->leaf, leaf->value);
    } else if (auto* parent = std::get_if<TreeChange::ParentSet>(&step)) {
      exchange_parent(parent->node, parent->value);
    } else if (auto* added = std::get_if<TreeChange::UnmergedAdded>(&step)) {
      auto& unmerged = parents_[slot(added->node)]->unmerged_leaves;
      unmerged.insert(std::lower_bound(unmerged.begin(), unmerged.end(), added->leaf), added->leaf);
    } else {
      std::swap(leaf_count_, std::get<TreeChange::Resized>(step).leaves);
    }
  }
  for (auto& hash : change.hashes_) std::swap(hashes_[hash.node.value], hash.value);
  change.applied_ = true;
}

void RatchetTree::keep(TreeChange&& change) {
  ENC_CHECK(change.applied_ && is_current(change));
  TreeChange done = std::move(change);
  ++version_;
}

}  // namespace encuentro::mls
