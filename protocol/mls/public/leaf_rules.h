// Whether a leaf or KeyPackage may be in a group (RFC 9420 §7.3, §10.1). Whether its credential is true is
// not asked here: the caller inspects the leaves a staged Commit adds or changes.
#pragma once

#include "protocol/base/time.h"
#include "protocol/mls/public/key_package.h"
#include "protocol/mls/public/ratchet_tree.h"

namespace encuentro::mls {

// How lifetimes of source key_package are judged (§7.2, §7.3).
struct LifetimePolicy {
  std::optional<Timestamp> now;                   // without it the time isn't asked
  std::uint64_t total_s_max = ~std::uint64_t{0};  // longest lifetime accepted
};

// What a group demands of each leaf.
struct LeafDemands {
  crypto::Suite suite{};
  RequiredCapabilities required;
  std::vector<ExtensionType> extensions;  // those of the GroupContext that not everybody supports by default

  // Errors: malformed (required_capabilities that can't be read).
  static Result<LeafDemands> of(crypto::Suite suite, const ExtensionList& context_extensions);
};

// R-MLS-26. Whoever had to encrypt to a key that is none could commit no more, so no such key comes in. Cheap for
// X25519.
Status check_hpke_key(const PublicKeyBytes& key, crypto::Suite suite);

// R-MLS-11, 14, 15, 16, 23, 24, 26: what can be said of a leaf without its signature and the tree.
Status check_leaf(const LeafNodeContent& leaf, const LeafDemands& demands, const LifetimePolicy& lifetime);

// R-MLS-10. One signature verification.
Status check_leaf_signature(const LeafNode& leaf, crypto::Suite suite, LeafPosition position = {});

// R-MLS-13, 12: that the tree it is in already and the leaf support each other's credential types.
Status check_leaf_credentials(const LeafNodeContent& leaf, const RatchetTree& tree);

// R-MLS-30, 32, 17, 26 and check_leaf.
Status check_key_package(const KeyPackage& key_package, const LeafDemands& demands, const LifetimePolicy& lifetime);

// R-MLS-31 and the leaf's R-MLS-10. Two signature verifications.
Status check_key_package_signatures(const KeyPackage& key_package);

// R-MLS-18, 19 and check_leaf, for an Update of a member whose leaf is `replaced`.
Status check_update(const LeafNodeContent& leaf, const LeafNodeContent& replaced, const LeafDemands& demands);

}  // namespace encuentro::mls
