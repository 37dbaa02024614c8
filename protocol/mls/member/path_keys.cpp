#include "protocol/mls/member/path_keys.h"

namespace encuentro::mls::member {

PathKeys::PathKeys(LeafIndex own, crypto::HpkePrivateKey leaf_key) : own_(own) { keys_.push_back(std::move(leaf_key)); }

PathKeys PathKeys::duplicate() const {
  PathKeys out;
  out.own_ = own_;
  out.keys_.reserve(keys_.size());
  for (const auto& key : keys_) out.keys_.push_back(key.duplicate());
  return out;
}

const crypto::HpkePrivateKey* PathKeys::at(NodeIndex node) const {
  const std::uint32_t place = level(node);
  if (!is_below(own_, node) || place >= keys_.size() || keys_[place].empty()) return nullptr;
  return &keys_[place];
}

void PathKeys::set(NodeIndex node, crypto::HpkePrivateKey key) {
  ENC_CHECK(is_below(own_, node));
  const std::uint32_t place = level(node);
  if (place >= keys_.size()) keys_.resize(place + 1);
  keys_[place] = std::move(key);
}

void PathKeys::keep_what_is_in(const RatchetTree& tree) {
  const std::uint32_t depth_now = depth(tree.leaf_count());
  if (keys_.size() > depth_now + 1) keys_.resize(depth_now + 1);
  NodeIndex node = node_of(own_);
  for (std::uint32_t place = 1; place < keys_.size(); ++place) {
    node = parent(node);
    if (tree.parent(node) == nullptr) keys_[place].clear();
  }
}

Status PathKeys::check_against(const RatchetTree& tree) const {
  NodeIndex node = node_of(own_);
  for (std::uint32_t place = 0; place < keys_.size(); ++place, node = parent(node)) {
    if (keys_[place].empty()) continue;
    const bool blank = place == 0 ? tree.leaf(own_) == nullptr : tree.parent(node) == nullptr;
    if (place > depth(tree.leaf_count()) || blank) return fail(Code::bad_key);
    TRY(crypto::HpkePublicKey key, crypto::hpke_public_key(tree.suite(), keys_[place].view()));
    if (!equal(key.view(), tree.encryption_key(node))) return fail(Code::bad_key);
  }
  return {};
}

void PathKeys::encode(codec::Writer& writer) const {
  writer.u32(own_.value);
  writer.vector(keys_, [](codec::Writer& w, const crypto::HpkePrivateKey& key) { w.opaque(key.view()); });
}

Result<PathKeys> PathKeys::decode(codec::Reader& reader) {
  PathKeys out;
  TRY(out.own_.value, reader.u32());
  if (out.own_.value >= limits::mls_leaves_max) return fail(Code::malformed);
  TRY(codec::Reader keys, reader.nested(encoded_bytes_max));
  while (!keys.at_end()) {
    if (out.keys_.size() > limits::tree_depth_max) return fail(Code::too_large);
    TRY(BytesView key, keys.opaque(crypto::HpkePrivateKey::capacity));
    out.keys_.emplace_back(key);
  }
  if (out.keys_.empty() || out.keys_[0].empty()) return fail(Code::malformed);
  return out;
}

}  // namespace encuentro::mls::member
