// A Commit and the new keys along its sender's path (RFC 9420 §12.4, §7.6).
#pragma once

#include "protocol/crypto/hpke.h"
#include "protocol/mls/public/proposal.h"

namespace encuentro::mls {

// struct { opaque kem_output<V>; opaque ciphertext<V>; } HPKECiphertext
void encode_ciphertext(codec::Writer& writer, const crypto::HpkeCiphertext& ciphertext);
Result<crypto::HpkeCiphertext> decode_ciphertext(codec::Reader& reader);

// struct { HPKEPublicKey encryption_key; HPKECiphertext encrypted_path_secret<V>; } UpdatePathNode
struct UpdatePathNode {
  PublicKeyBytes encryption_key;
  std::vector<crypto::HpkeCiphertext> encrypted_path_secret;

  void encode(codec::Writer& writer) const;
  static Result<UpdatePathNode> decode(codec::Reader& reader);
};

// struct { LeafNode leaf_node; UpdatePathNode nodes<V>; } UpdatePath. `nodes` go up the filtered direct path.
struct UpdatePath {
  LeafPointer leaf_node;
  std::vector<UpdatePathNode> nodes;

  void encode(codec::Writer& writer) const;
  static Result<UpdatePath> decode(codec::Reader& reader);
};

// struct { ProposalOrRef proposals<V>; optional<UpdatePath> path; } Commit
struct Commit {
  std::vector<ProposalOrRef> proposals;
  std::optional<UpdatePath> path;

  void encode(codec::Writer& writer) const;
  static Result<Commit> decode(codec::Reader& reader);
};

}  // namespace encuentro::mls
