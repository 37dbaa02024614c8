#include "protocol/mls/public/tree_validation.h"

#include "tests/vectors/families.h"

namespace encuentro::vectors {

using namespace mls;

namespace {

Verdict verify_resolution(const Json& expected, const RatchetTree& tree, NodeIndex node) {
  Json computed = Json::array();
  for (NodeIndex entry : tree.resolution(node)) computed.push_back(entry.value);
  EXPECT(expected == computed);
  return {};
}

}  // namespace

Verdict verify_tree_validation(const Fields& vector, Random&) {
  TAKE(crypto::Suite suite, vector.suite());
  TAKE(Bytes tree_bytes, vector.bytes("tree"));
  TAKE(Bytes group_id, vector.bytes("group_id"));
  TAKE(const Json* resolutions, vector.array("resolutions"));
  TAKE(const Json* hashes, vector.array("tree_hashes"));
  TAKE(auto nodes, decoded<RatchetTreeNodes>(tree_bytes));
  TAKE(RatchetTree tree, RatchetTree::load(suite, std::move(nodes)));
  EXPECT(resolutions->size() == node_count(tree.leaf_count()));
  EXPECT(hashes->size() == node_count(tree.leaf_count()));
  for (std::uint32_t i = 0; i < node_count(tree.leaf_count()); ++i) {
    TAKE_OK(verify_resolution((*resolutions)[i], tree, {i}));
    TAKE(Bytes hash, bytes_of((*hashes)[i]));
    EXPECT(equal(tree.tree_hash(NodeIndex{i}).view(), hash));
  }
  TAKE_OK(check_tree(tree));
  for (std::uint32_t i = 0; i < tree.leaf_count().value; ++i) {
    if (const LeafNode* leaf = tree.leaf({i})) TAKE_OK(leaf->verify(suite, {group_id, {i}}));
  }
  return {};
}

}  // namespace encuentro::vectors
