#include "protocol/mls/member/secret_tree.h"

#include "protocol/crypto/kdf.h"

namespace encuentro::mls::member {

SecretTree::SecretTree(crypto::Suite suite, LeafCount leaves, EncryptionSecret secret)
    : suite_(suite), leaves_(leaves) {
  nodes_.emplace(root(leaves).value, TreeSecret(secret.view()));
}

HashRatchet& SecretTree::ratchet(LeafIndex leaf, RatchetKind kind) {
  ENC_CHECK(leaf.value < leaves_.value);
  auto at = senders_.find(leaf.value);
  if (at == senders_.end()) at = senders_.emplace(leaf.value, derive_sender(leaf)).first;
  return kind == RatchetKind::handshake ? at->second.handshake : at->second.application;
}

SecretTree::Sender SecretTree::derive_sender(LeafIndex leaf) {
  const std::size_t bytes = crypto::parameters(suite_).hash_bytes;
  TreeSecret secret = take_leaf_secret(leaf);
  auto start = [&](std::string_view label) {
    return HashRatchet(crypto::expand_with_label<RatchetSecret>(suite_, secret.view(), label, {}, bytes));
  };
  return {start("handshake"), start("application")};
}

// Walks down from the lowest node above the leaf that is still held; each node on the way is replaced by its
// child off the way.
SecretTree::TreeSecret SecretTree::take_leaf_secret(LeafIndex leaf) {
  const std::size_t bytes = crypto::parameters(suite_).hash_bytes;
  NodeIndex node = node_of(leaf);
  auto held = nodes_.find(node.value);
  while (held == nodes_.end()) {
    ENC_CHECK(node != root(leaves_));
    node = parent(node);
    held = nodes_.find(node.value);
  }
  TreeSecret secret = std::move(held->second);
  nodes_.erase(held);
  while (!is_leaf(node)) {
    auto left_secret = crypto::expand_with_label<TreeSecret>(suite_, secret.view(), "tree", as_bytes("left"), bytes);
    auto right_secret = crypto::expand_with_label<TreeSecret>(suite_, secret.view(), "tree", as_bytes("right"), bytes);
    bool to_left = is_below(leaf, left(node));
    NodeIndex off = to_left ? right(node) : left(node);
    nodes_.emplace(off.value, std::move(to_left ? right_secret : left_secret));
    node = to_left ? left(node) : right(node);
    secret = std::move(to_left ? left_secret : right_secret);
  }
  return secret;
}

std::size_t SecretTree::encoded_bytes_max() const {
  std::size_t bytes = 64 + nodes_.size() * 72;
  for (const auto& [leaf, sender] : senders_) {
    bytes += 8 + sender.handshake.encoded_bytes_max() + sender.application.encoded_bytes_max();
  }
  return bytes;
}

void SecretTree::encode(codec::Writer& writer) const {
  writer.u32(leaves_.value);
  writer.vector(nodes_, [](codec::Writer& w, const auto& entry) {
    w.u32(entry.first);
    w.opaque(entry.second.view());
  });
  writer.vector(senders_, [](codec::Writer& w, const auto& entry) {
    w.u32(entry.first);
    entry.second.handshake.encode(w);
    entry.second.application.encode(w);
  });
}

Result<SecretTree> SecretTree::decode(codec::Reader& reader, crypto::Suite suite) {
  SecretTree out;
  out.suite_ = suite;
  TRY(out.leaves_.value, reader.u32());
  if (out.leaves_.value > limits::mls_leaves_max || !std::has_single_bit(out.leaves_.value))
    return fail(Code::malformed);
  const std::size_t secret_bytes = crypto::parameters(suite).hash_bytes;
  TRY(codec::Reader nodes, reader.nested(limits::mls_vector_bytes_max));
  while (!nodes.at_end()) {
    TRY(std::uint32_t node, nodes.u32());
    TRY(BytesView secret, nodes.opaque(TreeSecret::capacity));
    bool ascending = out.nodes_.empty() || out.nodes_.rbegin()->first < node;
    if (!ascending || node >= node_count(out.leaves_) || secret.size() != secret_bytes) return fail(Code::malformed);
    out.nodes_.emplace_hint(out.nodes_.end(), node, TreeSecret(secret));
  }
  TRY(codec::Reader senders, reader.nested(limits::mls_vector_bytes_max));
  while (!senders.at_end()) {
    TRY(std::uint32_t leaf, senders.u32());
    bool ascending = out.senders_.empty() || out.senders_.rbegin()->first < leaf;
    if (!ascending || leaf >= out.leaves_.value) return fail(Code::malformed);
    TRY(HashRatchet handshake, HashRatchet::decode(senders, suite));
    TRY(HashRatchet application, HashRatchet::decode(senders, suite));
    out.senders_.emplace_hint(out.senders_.end(), leaf, Sender{std::move(handshake), std::move(application)});
  }
  TRY_OK(out.check_cover());
  return out;
}

// Every leaf has either its ratchets or exactly one held node at or above it: otherwise a later message
// would find no way down.
Status SecretTree::check_cover() const {
  std::uint32_t next_leaf = 0;
  auto sender = senders_.begin();
  auto cover_senders_until = [&](std::uint32_t leaf) {
    for (; sender != senders_.end() && sender->first == next_leaf && next_leaf < leaf; ++sender) ++next_leaf;
    return next_leaf == leaf;
  };
  for (const auto& [node, secret] : nodes_) {
    if (!cover_senders_until(first_leaf({node}).value)) return fail(Code::malformed);
    next_leaf = last_leaf({node}).value + 1;
  }
  if (!cover_senders_until(leaves_.value) || sender != senders_.end()) return fail(Code::malformed);
  return {};
}

}  // namespace encuentro::mls::member
