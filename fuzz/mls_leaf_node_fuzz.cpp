// A leaf keeps its encoding, so here its fields are written out again too.
#include "protocol/mls/public/leaf_node.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace encuentro::mls;
  encuentro::BytesView input(data, size);
  if (auto leaf = decoded<LeafNode>(input)) {
    ENC_CHECK(encuentro::equal(leaf->encoding(), input));
    ENC_CHECK(LeafNode::assemble(leaf->content(), leaf->signature()) == *leaf);
  }
  return 0;
}
