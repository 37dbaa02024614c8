#include "protocol/mls/member/update_path.h"
#include "protocol/mls/public/group_context.h"
#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;
using namespace mls::member;

namespace {

struct Member {
  PathKeys keys;
  crypto::SigningKey signing_key;
};

struct Scene {
  RatchetTree tree;
  GroupContext context;  // tree_hash is set for each path
  std::map<std::uint32_t, Member> members;

  crypto::Suite suite() const { return context.cipher_suite; }
};

Taken<Member> member_of(const Fields& leaf, LeafIndex index, const RatchetTree& tree) {
  TAKE(Bytes encryption, leaf.private_key("encryption_priv", tree.suite()));
  TAKE(Bytes seed, leaf.private_key("signature_priv", tree.suite()));
  TAKE(crypto::SigningKey signing_key, crypto::signing_key_from_seed(tree.suite(), seed));
  EXPECT(tree.leaf(index) != nullptr);
  EXPECT((*tree.leaf(index))->signature_key == signing_key.public_key);
  EXPECT(encryption.size() <= crypto::HpkePrivateKey::capacity);
  Member out{PathKeys(index, crypto::HpkePrivateKey(encryption)), std::move(signing_key)};
  TAKE(std::vector<Fields> secrets, leaf.objects("path_secrets"));
  for (const Fields& entry : secrets) {
    TAKE(std::uint64_t node, entry.number("node"));
    TAKE(PathSecret secret, entry.sized<PathSecret>("path_secret"));
    const NodeIndex at{static_cast<std::uint32_t>(node)};
    EXPECT(!is_leaf(at) && is_below(index, at) && tree.parent(at) != nullptr);
    out.keys.set(at, path_node_keys(tree.suite(), secret).private_key);
  }
  TAKE_OK(out.keys.check_against(tree));
  return out;
}

Taken<Scene> scene_of(const Fields& vector) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Bytes tree_bytes, vector.bytes("ratchet_tree"));
  TAKE(auto nodes, decoded<RatchetTreeNodes>(tree_bytes));
  TAKE(RatchetTree tree, RatchetTree::load(suite, std::move(nodes)));
  Scene out{std::move(tree), {}, {}};
  out.context.cipher_suite = suite;
  TAKE(out.context.group_id, vector.bytes("group_id"));
  TAKE(std::uint64_t epoch, vector.number("epoch"));
  out.context.epoch = Epoch(epoch);
  TAKE(out.context.confirmed_transcript_hash, vector.sized<Digest>("confirmed_transcript_hash"));
  TAKE(std::vector<Fields> leaves, vector.objects("leaves_private"));
  for (const Fields& leaf : leaves) {
    TAKE(std::uint64_t index, leaf.number("index"));
    TAKE(Member member, member_of(leaf, {static_cast<std::uint32_t>(index)}, out.tree));
    out.members.emplace(static_cast<std::uint32_t>(index), std::move(member));
  }
  return out;
}

// Merges the path's public part; the parent hash it gives must be the leaf's. The tree is in the new state after it.
Verdict merge_public(Scene& scene, TreeChange& change, LeafIndex sender, const UpdatePath& path) {
  EXPECT(path.nodes.size() == scene.tree.filtered_direct_path(sender).size());
  std::vector<PublicKeyBytes> keys;
  for (const UpdatePathNode& node : path.nodes) keys.push_back(node.encryption_key);
  const Digest parent_hash = scene.tree.set_path(change, sender, keys);
  EXPECT(path.leaf_node->content().source == LeafNodeSource::commit);
  EXPECT(path.leaf_node->content().parent_hash == parent_hash);
  TAKE_OK(path.leaf_node->verify(scene.suite(), {scene.context.group_id, sender}));
  scene.tree.replace_leaf(change, sender, path.leaf_node);
  scene.context.tree_hash = scene.tree.tree_hash();
  return {};
}

// Every other member opens the path. `path_secrets` null: only the commit secret is compared.
Verdict open_by_all(const Scene& scene, LeafIndex sender, const UpdatePath& path, const Json* path_secrets,
                    BytesView commit_secret) {
  const Bytes context = encoded(scene.context);
  for (std::uint32_t j = 0; j < scene.tree.leaf_count().value; ++j) {
    if (LeafIndex{j} == sender || scene.tree.leaf({j}) == nullptr) continue;
    auto member = scene.members.find(j);
    EXPECT(member != scene.members.end());
    PathKeys keys = member->second.keys.duplicate();
    TAKE(OpenedPath opened, open_path(scene.tree, sender, path, {}, context, keys));
    EXPECT(equal(opened.commit_secret.view(), commit_secret));
    // The private keys it holds now belong to the new tree.
    keys.keep_what_is_in(scene.tree);
    TAKE_OK(keys.check_against(scene.tree));
    if (path_secrets == nullptr) continue;
    EXPECT(j < path_secrets->size());
    TAKE(Bytes expected, bytes_of((*path_secrets)[j]));
    EXPECT(equal(opened.first.view(), expected));
  }
  return {};
}

Verdict verify_given_path(Scene& scene, const Fields& entry, LeafIndex sender) {
  TAKE(Bytes path_bytes, entry.bytes("update_path"));
  TAKE(UpdatePath path, decoded<UpdatePath>(path_bytes));
  TAKE(const Json* path_secrets, entry.array("path_secrets"));
  TAKE(Bytes commit_secret, entry.bytes("commit_secret"));
  TAKE(Bytes tree_hash_after, entry.bytes("tree_hash_after"));
  TreeChange change = scene.tree.begin();
  UndoAtExit undo(scene.tree, change);
  TAKE_OK(merge_public(scene, change, sender, path));
  EXPECT(equal(scene.tree.tree_hash().view(), tree_hash_after));
  return open_by_all(scene, sender, path, path_secrets, commit_secret);
}

// A new path of our own making.
Verdict verify_drawn_path(Scene& scene, LeafIndex sender, Random& random) {
  auto member = scene.members.find(sender.value);
  EXPECT(member != scene.members.end());
  TreeChange change = scene.tree.begin();
  UndoAtExit undo(scene.tree, change);
  DrawnPath drawn = draw_path(scene.suite(), scene.tree.filtered_direct_path(sender), random);
  LeafNodeContent content = scene.tree.leaf(sender)->content();
  content.source = LeafNodeSource::commit;
  content.lifetime = {};
  content.encryption_key = crypto::hpke_generate(scene.suite(), random).public_key;
  content.parent_hash = scene.tree.set_path(change, sender, drawn.public_keys());
  UpdatePath path;
  path.leaf_node = std::make_shared<const LeafNode>(
      LeafNode::sign(std::move(content), scene.suite(), member->second.signing_key, {scene.context.group_id, sender}));
  scene.tree.replace_leaf(change, sender, path.leaf_node);
  scene.context.tree_hash = scene.tree.tree_hash();
  TAKE(path.nodes, encrypt_path(scene.tree, drawn, {}, encoded(scene.context), random));
  TAKE(UpdatePath received, decoded<UpdatePath>(encoded(path)));
  return open_by_all(scene, sender, received, nullptr, drawn.commit_secret.view());
}

}  // namespace

Verdict verify_treekem(const Fields& vector, Random& random) {
  TAKE(Scene scene, scene_of(vector));
  TAKE(std::vector<Fields> paths, vector.objects("update_paths"));
  for (const Fields& entry : paths) {
    TAKE(std::uint64_t index, entry.number("sender"));
    const LeafIndex sender{static_cast<std::uint32_t>(index)};
    EXPECT(scene.tree.leaf(sender) != nullptr);
    TAKE_OK(verify_given_path(scene, entry, sender));
    TAKE_OK(verify_drawn_path(scene, sender, random));
  }
  return {};
}

}  // namespace encuentro::vectors
