#include "protocol/mls/member/update_path.h"

#include "protocol/crypto/kdf.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

constexpr std::string_view path_label = "UpdatePathNode";

PathSecret next_secret(crypto::Suite suite, const PathSecret& secret) {
  return crypto::derive_secret<PathSecret>(suite, secret.view(), "path");
}

// A node of the resolution whose private key we hold, and its place there.
struct HeldNode {
  NodeIndex node;
  std::size_t place = 0;
};

std::optional<HeldNode> find_held(std::span<const NodeIndex> resolution, const PathKeys& own) {
  for (std::size_t i = 0; i < resolution.size(); ++i) {
    if (own.at(resolution[i]) != nullptr) return HeldNode{resolution[i], i};
  }
  return std::nullopt;
}

}  // namespace

crypto::HpkeKeyPair path_node_keys(crypto::Suite suite, const PathSecret& secret) {
  auto node_secret = crypto::derive_secret<SizedSecret<struct NodeSecretTag>>(suite, secret.view(), "node");
  return crypto::hpke_derive_key_pair(suite, node_secret.view());
}

std::vector<PublicKeyBytes> DrawnPath::public_keys() const {
  std::vector<PublicKeyBytes> out;
  out.reserve(pairs.size());
  for (const auto& pair : pairs) out.push_back(pair.public_key);
  return out;
}

const PathSecret* DrawnPath::secret_above(LeafIndex leaf) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (is_below(leaf, steps[i].copath)) return &secrets[i];
  }
  return nullptr;
}

void DrawnPath::move_keys_to(PathKeys& own) {
  for (std::size_t i = 0; i < steps.size(); ++i) own.set(steps[i].node, std::move(pairs[i].private_key));
}

DrawnPath draw_path(crypto::Suite suite, std::vector<PathStep> filtered_direct_path, Random& random) {
  DrawnPath out;
  out.steps = std::move(filtered_direct_path);
  out.secrets.reserve(out.steps.size());
  out.pairs.reserve(out.steps.size());
  PathSecret secret = PathSecret::zero(crypto::parameters(suite).hash_bytes);
  random.fill(secret.span());
  for (std::size_t i = 0; i < out.steps.size(); ++i) {
    out.pairs.push_back(path_node_keys(suite, secret));
    PathSecret next = next_secret(suite, secret);
    out.secrets.push_back(std::move(secret));
    secret = std::move(next);
  }
  out.commit_secret = CommitSecret(secret.view());
  return out;
}

Result<std::vector<UpdatePathNode>> encrypt_path(const RatchetTree& tree, const DrawnPath& path,
                                                 std::span<const LeafIndex> added, BytesView context, Random& random) {
  std::vector<UpdatePathNode> out(path.steps.size());
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    out[i].encryption_key = path.pairs[i].public_key;
    const std::vector<NodeIndex> resolution = tree.resolution_without(path.steps[i].copath, added);
    out[i].encrypted_path_secret.reserve(resolution.size());
    for (NodeIndex node : resolution) {
      TRY(crypto::HpkeCiphertext sealed, crypto::encrypt_with_label(tree.suite(), tree.encryption_key(node), path_label,
                                                                    context, path.secrets[i].view(), random));
      out[i].encrypted_path_secret.push_back(std::move(sealed));
    }
  }
  return out;
}

Result<OpenedPath> open_path(const RatchetTree& tree, LeafIndex committer, const UpdatePath& path,
                             std::span<const LeafIndex> added, BytesView context, PathKeys& own) {
  const crypto::Suite suite = tree.suite();
  const std::vector<PathStep> steps = tree.filtered_direct_path(committer);
  if (path.nodes.size() != steps.size()) return broken(Rule::path_length, steps.size(), path.nodes.size());
  std::size_t at = 0;
  while (at < steps.size() && !is_below(own.own_leaf(), steps[at].copath)) ++at;
  if (at == steps.size()) return fail(Code::missing_key);
  const std::vector<NodeIndex> resolution = tree.resolution_without(steps[at].copath, added);
  const std::optional<HeldNode> held = find_held(resolution, own);
  if (!held) return fail(Code::missing_key);
  const auto& ciphertexts = path.nodes[at].encrypted_path_secret;
  if (ciphertexts.size() != resolution.size()) {
    return broken(Rule::path_ciphertexts, resolution.size(), ciphertexts.size());
  }
  TRY(SecretBytes opened,
      crypto::decrypt_with_label(suite, own.at(held->node)->view(), tree.encryption_key(held->node), path_label,
                                 context, ciphertexts[held->place].kem_output, ciphertexts[held->place].ciphertext));
  const std::size_t secret_bytes = crypto::parameters(suite).hash_bytes;
  if (opened.size() != secret_bytes) return fail(Code::malformed, "", secret_bytes, opened.size());

  OpenedPath out;
  out.first = PathSecret(opened.view());
  PathSecret secret = out.first.duplicate();
  for (; at < steps.size(); ++at) {
    crypto::HpkeKeyPair pair = path_node_keys(suite, secret);
    TRY_OK(demand(Rule::path_secret_keys, pair.public_key == path.nodes[at].encryption_key));
    own.set(steps[at].node, std::move(pair.private_key));
    secret = next_secret(suite, secret);
  }
  out.commit_secret = CommitSecret(secret.view());
  return out;
}

Status adopt_path_secret(const RatchetTree& tree, LeafIndex committer, PathSecret secret, PathKeys& own) {
  const crypto::Suite suite = tree.suite();
  const std::size_t secret_bytes = crypto::parameters(suite).hash_bytes;
  if (secret.size() != secret_bytes) return fail(Code::malformed, "", secret_bytes, secret.size());
  if (committer == own.own_leaf()) return fail(Code::invalid_welcome);
  const NodeIndex top = tree.root();
  for (NodeIndex node = common_ancestor(own.own_leaf(), committer);; node = parent(node)) {
    const ParentNode* parent_node = tree.parent(node);
    // Blank ones were left out of the committer's path: no secret was made for them.
    if (parent_node != nullptr) {
      crypto::HpkeKeyPair pair = path_node_keys(suite, secret);
      TRY_OK(demand(Rule::welcome_path_keys, pair.public_key == parent_node->encryption_key));
      own.set(node, std::move(pair.private_key));
      secret = next_secret(suite, secret);
    }
    if (node == top) return {};
  }
}

}  // namespace encuentro::mls::member
