// A tree as a joiner receives it: read, held as a tree, validated, changed and taken back.
#include "protocol/mls/public/tree_validation.h"

namespace {

using namespace encuentro;
using namespace encuentro::mls;

void change_and_take_back(RatchetTree& tree) {
  Bytes before = encoded(tree);
  Digest hash = tree.tree_hash();
  LeafPointer leaf;
  for (std::uint32_t i = 0; leaf == nullptr && i < tree.leaf_count().value; ++i) leaf = tree.leaf_pointer({i});
  if (leaf == nullptr) return;
  TreeChange change = tree.begin();
  LeafIndex added = tree.add(change, leaf);
  std::vector<PublicKeyBytes> keys(tree.filtered_direct_path(added).size());
  tree.set_path(change, added, keys);
  tree.tree_hash();
  tree.remove(change, added);
  tree.undo(change);
  ENC_CHECK(encoded(tree) == before);
  ENC_CHECK(tree.tree_hash() == hash);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  auto nodes = decoded<RatchetTreeNodes>(input);
  if (!nodes) return 0;
  ENC_CHECK(equal(encoded(*nodes), input));
  auto tree = RatchetTree::load(crypto::encuentro_suite, std::move(*nodes));
  if (!tree) return 0;
  ENC_CHECK(equal(encoded(*tree), input));
  (void)check_tree(*tree);
  change_and_take_back(*tree);
  return 0;
}
