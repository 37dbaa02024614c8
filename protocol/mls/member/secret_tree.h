// The secret tree (RFC 9420 §9): from an epoch's encryption_secret to two ratchets for each member. Lazy: a
// node's secret is derived when a leaf below it first sends, and is wiped as soon as both children are known,
// so the tree holds O(log N) secrets for each sender seen and none for the others.
#pragma once

#include <map>

#include "protocol/mls/member/hash_ratchet.h"
#include "protocol/mls/member/key_schedule.h"
#include "protocol/mls/public/framing.h"
#include "protocol/mls/public/tree_math.h"

namespace encuentro::mls::member {

// §9: proposals and Commits have a ratchet of their own.
enum class RatchetKind : std::uint8_t { handshake = 0, application = 1 };
constexpr RatchetKind ratchet_of(ContentType type) {
  return type == ContentType::application ? RatchetKind::application : RatchetKind::handshake;
}

class SecretTree {
 public:
  // An empty one, of no use until it is assigned to.
  SecretTree() = default;
  SecretTree(crypto::Suite suite, LeafCount leaves, EncryptionSecret secret);

  // The ratchet of a leaf. Programmer error if the leaf isn't inside the tree.
  HashRatchet& ratchet(LeafIndex leaf, RatchetKind kind);

  crypto::Suite suite() const { return suite_; }
  LeafCount leaf_count() const { return leaves_; }
  // How many tree secrets are held: shown to tests, which check that used ones are gone.
  std::size_t held_nodes() const { return nodes_.size(); }

  // uint32 leaves; struct { uint32 node; opaque secret<V>; } nodes<V>;
  // struct { uint32 leaf; HashRatchet handshake; HashRatchet application; } senders<V>
  std::size_t encoded_bytes_max() const;
  void encode(codec::Writer& writer) const;
  static Result<SecretTree> decode(codec::Reader& reader, crypto::Suite suite);

 private:
  using TreeSecret = SizedSecret<struct TreeSecretTag>;
  struct Sender {
    HashRatchet handshake;
    HashRatchet application;
  };

  Sender derive_sender(LeafIndex leaf);
  TreeSecret take_leaf_secret(LeafIndex leaf);
  Status check_cover() const;

  crypto::Suite suite_{};
  LeafCount leaves_{};
  std::map<std::uint32_t, TreeSecret> nodes_;  // by node index; no node together with one above it
  std::map<std::uint32_t, Sender> senders_;    // by leaf index
};

}  // namespace encuentro::mls::member
