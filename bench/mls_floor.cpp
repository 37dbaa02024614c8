#include "bench/mls_floor.h"

namespace encuentro::bench {

namespace {

constexpr double leaf_bytes = 220;    // a LeafNode in TreeHashInput
constexpr double parent_bytes = 140;  // a ParentNode with its children's hashes, or ParentHashInput
constexpr double context_bytes = 110;

}  // namespace

// §7.4: node_secret and the next path_secret; RFC 9180 §7.1.3: DeriveKeyPair.
double MlsFloor::node_keys() const { return 2 * t_.hkdf_expand + t_.hkdf_extract + t_.hkdf_expand + t_.key_pair; }

// §8: two extractions, joiner and epoch secret, nine of Table 4 with the init secret; §6.1: the confirmation tag.
double MlsFloor::key_schedule() const { return 2 * t_.hkdf_extract + 11 * t_.hkdf_expand + t_.hmac_64; }

// §7.2: a fresh key pair and a signature over the leaf.
double MlsFloor::new_leaf() const { return t_.key_pair + t_.sign(leaf_bytes); }

// §7.8: the leaf's hash and its n parents'; §7.9: n parent hashes.
double MlsFloor::path_hashes() const { return t_.hash(leaf_bytes) + 2 * n_ * t_.hash(parent_bytes); }

// §8.2: both transcript hashes; §6.2: the membership tag.
double MlsFloor::framing_hashes() const { return t_.hash(commit_) + t_.hash(64) + t_.hash(commit_ + context_bytes); }

// §12.4.1: n nodes derived and encrypted (§7.6), a leaf, the Commit's signature.
double MlsFloor::update_commit() const {
  return n_ * (node_keys() + t_.hpke_seal) + new_leaf() + t_.sign(commit_ + context_bytes) + path_hashes() +
         framing_hashes() + key_schedule();
}

// §12.4.2: the signatures of Commit and leaf, one decryption, the keys from the common ancestor up.
double MlsFloor::process(double nodes) const {
  return t_.verify(commit_ + context_bytes) + t_.verify(leaf_bytes) + t_.hpke_open + nodes * node_keys() +
         path_hashes() + framing_hashes() + key_schedule();
}

double MlsFloor::process_update_far() const { return process(1); }
double MlsFloor::process_update_near() const { return process(n_); }

// The KeyPackage's two signatures (§10.1), the new leaf's tree hashes (§7.8), a GroupInfo signed and encrypted,
// GroupSecrets encrypted (§12.4.3).
double MlsFloor::add_commit() const {
  return update_commit() + 2 * t_.verify(leaf_bytes) + n_ * t_.hash(parent_bytes) + t_.sign(context_bytes) +
         t_.seal(64) + t_.hpke_seal;
}

// The tree is signed with the rest, encrypted, and hashed as the context of the GroupSecrets.
double MlsFloor::add_commit_with_tree() const {
  return add_commit() + t_.sign(tree_) - t_.sign(64) + t_.seal(tree_) + t_.hash(tree_);
}

double MlsFloor::process_add_far() const {
  return process_update_far() + 2 * t_.verify(leaf_bytes) + n_ * t_.hash(parent_bytes);
}

// §12.4.3.1: every leaf's signature and the GroupInfo's; all tree and parent hashes; keys up to the root.
double MlsFloor::join() const {
  const double members = static_cast<double>(std::size_t{1} << static_cast<unsigned>(n_)) + 1;
  return members * (t_.verify(leaf_bytes) + t_.hash(leaf_bytes) + 2 * t_.hash(parent_bytes)) + t_.verify(tree_) +
         t_.hpke_open + t_.hash(tree_) + t_.open(tree_) + node_keys() + key_schedule();
}

// §9.1: key, nonce and next secret; §6.3.2: sender data's key and nonce; a signature (§6.1).
double MlsFloor::protect_1024() const {
  return 5 * t_.hkdf_expand + t_.sign(1024 + context_bytes) + t_.seal(1024) + t_.seal(64);
}

double MlsFloor::unprotect_1024() const {
  return 5 * t_.hkdf_expand + t_.verify(1024 + context_bytes) + t_.open(1024) + t_.seal(64);
}

}  // namespace encuentro::bench
