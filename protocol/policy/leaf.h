// Who a leaf of a channel's tree says it is (docs/FORMATS.md §1), and whether the roster agrees.
#pragma once

#include "protocol/mls/public/leaf_node.h"
#include "protocol/roster/roster.h"

namespace encuentro::policy {

// MLS basic credential: uint8 version = 1; NetworkId; MemberId; DeviceId.
struct LeafIdentity {
  NetworkId network;
  MemberId member;
  DeviceId device;

  mls::Credential credential() const;
  // Errors: policy_violation (R-POL-02: not a basic credential of that form).
  static Result<LeafIdentity> of(const mls::Credential& credential);
  friend bool operator==(const LeafIdentity&, const LeafIdentity&) = default;
};

// The facts of a leaf that policy judges.
struct Leaf {
  mls::Credential credential;
  PublicKeyBytes signature_key;
};
inline Leaf leaf_of(const mls::LeafNode& node) { return {node->credential, node->signature_key}; }

// The leaf is that device of that member of this network with that key, and the device stands at the head.
// Errors: policy_violation, with the rule: R-POL-02 (form), R-POL-03 (network), R-POL-04 (unknown device or another
// member's), R-POL-05 (another key), R-POL-06 (gone), R-POL-07 (a paper device).
Result<LeafIdentity> identify(const Leaf& leaf, const roster::View& view);

}  // namespace encuentro::policy
