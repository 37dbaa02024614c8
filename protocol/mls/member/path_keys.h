// A member's private keys in the tree (RFC 9420 §4.1, §7.4): the leaf's and those of the parents above it that
// it was told. The public halves stand in the tree. Flat: one place for each level.
#pragma once

#include <optional>

#include "protocol/crypto/hpke.h"
#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls::member {

class PathKeys {
 public:
  PathKeys() = default;
  PathKeys(LeafIndex own, crypto::HpkePrivateKey leaf_key);
  PathKeys duplicate() const;

  LeafIndex own_leaf() const { return own_; }
  const crypto::HpkePrivateKey& leaf_key() const { return keys_[0]; }
  void set_leaf_key(crypto::HpkePrivateKey key) { keys_[0] = std::move(key); }
  // Null when not held. The node may be any; only those on the own direct path are ever held.
  const crypto::HpkePrivateKey* at(NodeIndex node) const;
  // Programmer error unless the node is on the own direct path.
  void set(NodeIndex node, crypto::HpkePrivateKey key);

  // Wipes the keys of nodes that are blank or outside of the tree now.
  void keep_what_is_in(const RatchetTree& tree);
  // Whether each key held belongs to the public one in the tree. Computes them anew: for tests and loading.
  Status check_against(const RatchetTree& tree) const;

  // uint32 own_leaf; opaque key<V> by level, empty where none is held: `keys<V>`.
  static constexpr std::size_t encoded_bytes_max = 16 + (limits::tree_depth_max + 1) * 68;
  void encode(codec::Writer& writer) const;
  static Result<PathKeys> decode(codec::Reader& reader);

 private:
  LeafIndex own_;
  std::vector<crypto::HpkePrivateKey> keys_;  // by level; 0 is the leaf's
};

}  // namespace encuentro::mls::member
