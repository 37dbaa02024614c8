// TreeKEM (RFC 9420 §7.4 to §7.6): fresh keys along a committer's filtered direct path, sent so that each other
// member can open exactly one of the secrets and derive those above it.
#pragma once

#include "protocol/mls/member/key_schedule.h"
#include "protocol/mls/member/path_keys.h"
#include "protocol/mls/public/commit.h"

namespace encuentro::mls::member {

using PathSecret = SizedSecret<struct PathSecretTag>;

// node_secret and from it a parent node's key pair (§7.4).
crypto::HpkeKeyPair path_node_keys(crypto::Suite suite, const PathSecret& secret);

// The committer's side. The three lists go up the filtered direct path together.
struct DrawnPath {
  std::vector<PathStep> steps;
  std::vector<PathSecret> secrets;
  std::vector<crypto::HpkeKeyPair> pairs;
  CommitSecret commit_secret;

  std::vector<PublicKeyBytes> public_keys() const;
  // The secret for a leaf that the same Commit added: that of the lowest node above both (§12.4.1). Null if the
  // path has no such node.
  const PathSecret* secret_above(LeafIndex leaf) const;
  // Puts the private keys into the committer's own.
  void move_keys_to(PathKeys& own);
};

// Draws secrets and derives the keys (§7.4) for the committer's filtered direct path in the tree that has the
// Commit's proposals applied.
DrawnPath draw_path(crypto::Suite suite, std::vector<PathStep> filtered_direct_path, Random& random);

// Encrypts each secret to the resolution of the step's copath child, without the leaves `added` by this Commit
// (ascending). `context` is the encoded provisional GroupContext. Errors: bad_key.
Result<std::vector<UpdatePathNode>> encrypt_path(const RatchetTree& tree, const DrawnPath& path,
                                                 std::span<const LeafIndex> added, BytesView context, Random& random);

// The receiver's side.
struct OpenedPath {
  PathSecret first;  // the one that was encrypted to us
  CommitSecret commit_secret;
};
// Decrypts, derives, compares each derived public key with the path's (R-MLS-106) and puts the private ones into
// `own`, which on an error is left half changed: the caller gives a duplicate. `tree` has the proposals applied;
// whether the path is merged already makes no difference.
// Errors: missing_key, bad_tag, bad_key, invalid_commit.
Result<OpenedPath> open_path(const RatchetTree& tree, LeafIndex committer, const UpdatePath& path,
                             std::span<const LeafIndex> added, BytesView context, PathKeys& own);

// A newcomer's side (§12.4.3.1): the Welcome's path secret belongs to the lowest node above both it and the
// committer; the keys from there to the root must be the tree's (R-MLS-116).
Status adopt_path_secret(const RatchetTree& tree, LeafIndex committer, PathSecret secret, PathKeys& own);

}  // namespace encuentro::mls::member
