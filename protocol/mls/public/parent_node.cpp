#include "protocol/mls/public/parent_node.h"

namespace encuentro::mls {

void ParentNode::encode(codec::Writer& writer) const {
  writer.opaque(encryption_key.view());
  writer.opaque(parent_hash.view());
  writer.header(4 * unmerged_leaves.size());
  for (LeafIndex leaf : unmerged_leaves) writer.u32(leaf.value);
}

Result<ParentNode> ParentNode::decode(codec::Reader& reader) {
  ParentNode out;
  TRY(out.encryption_key, reader.opaque_inline<PublicKeyBytes>());
  TRY(out.parent_hash, reader.opaque_inline<Digest>());
  TRY(codec::Reader inner, reader.nested(4 * limits::mls_leaves_max));
  out.unmerged_leaves.reserve(inner.rest().size() / 4);
  while (!inner.at_end()) {
    TRY(std::uint32_t leaf, inner.u32());
    // §7.1: the list is sorted; a leaf can't be in it twice.
    if (!out.unmerged_leaves.empty() && leaf <= out.unmerged_leaves.back().value) return fail(Code::malformed);
    out.unmerged_leaves.push_back({leaf});
  }
  return out;
}

void Node::encode(codec::Writer& writer) const {
  if (const auto* leaf = std::get_if<LeafPointer>(&value)) {
    writer.number(NodeType::leaf);
    (*leaf)->encode(writer);
    return;
  }
  writer.number(NodeType::parent);
  std::get<ParentNode>(value).encode(writer);
}

Result<Node> Node::decode(codec::Reader& reader) {
  TRY(auto type, reader.number<NodeType>());
  switch (type) {
    case NodeType::leaf: {
      TRY(LeafNode leaf, LeafNode::decode(reader));
      return Node{std::make_shared<const LeafNode>(std::move(leaf))};
    }
    case NodeType::parent: {
      TRY(ParentNode parent, ParentNode::decode(reader));
      return Node{std::move(parent)};
    }
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
}

void RatchetTreeNodes::encode(codec::Writer& writer) const {
  writer.vector(nodes, [](codec::Writer& w, const std::optional<Node>& node) {
    w.optional(node, [](codec::Writer& inner, const Node& present) { present.encode(inner); });
  });
}

Result<RatchetTreeNodes> RatchetTreeNodes::decode(codec::Reader& reader) {
  constexpr std::size_t nodes_max = 2 * limits::mls_leaves_max - 1;
  // What a node takes at least in a tree without blanks: memory in proportion to the bytes that are there.
  constexpr std::size_t node_bytes = 128;
  TRY(codec::Reader inner, reader.nested(limits::tree_bytes_max));
  RatchetTreeNodes out;
  out.nodes.reserve(inner.rest().size() / node_bytes);
  while (!inner.at_end()) {
    if (out.nodes.size() == nodes_max) return fail(Code::too_large, "", nodes_max, nodes_max + 1);
    TRY(auto node, inner.optional<Node>(Node::decode));
    out.nodes.push_back(std::move(node));
  }
  return out;
}

}  // namespace encuentro::mls
