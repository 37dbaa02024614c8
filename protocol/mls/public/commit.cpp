#include "protocol/mls/public/commit.h"

namespace encuentro::mls {

void encode_ciphertext(codec::Writer& writer, const crypto::HpkeCiphertext& ciphertext) {
  writer.opaque(ciphertext.kem_output);
  writer.opaque(ciphertext.ciphertext);
}

Result<crypto::HpkeCiphertext> decode_ciphertext(codec::Reader& reader) {
  crypto::HpkeCiphertext out;
  TRY(out.kem_output, decode_opaque(reader));
  TRY(out.ciphertext, decode_opaque(reader));
  return out;
}

void UpdatePathNode::encode(codec::Writer& writer) const {
  writer.opaque(encryption_key.view());
  writer.vector(encrypted_path_secret, encode_ciphertext);
}

Result<UpdatePathNode> UpdatePathNode::decode(codec::Reader& reader) {
  UpdatePathNode out;
  TRY(out.encryption_key, reader.opaque_inline<PublicKeyBytes>());
  TRY(out.encrypted_path_secret,
      reader.vector<crypto::HpkeCiphertext>(limits::mls_vector_bytes_max, limits::mls_leaves_max, decode_ciphertext));
  return out;
}

void UpdatePath::encode(codec::Writer& writer) const {
  leaf_node->encode(writer);
  encode_vector(writer, nodes);
}

Result<UpdatePath> UpdatePath::decode(codec::Reader& reader) {
  UpdatePath out;
  TRY(LeafNode leaf, LeafNode::decode(reader));
  out.leaf_node = std::make_shared<const LeafNode>(std::move(leaf));
  TRY(out.nodes, decode_vector<UpdatePathNode>(reader, limits::tree_depth_max));
  return out;
}

void Commit::encode(codec::Writer& writer) const {
  encode_vector(writer, proposals);
  writer.optional(path, [](codec::Writer& w, const UpdatePath& present) { present.encode(w); });
}

Result<Commit> Commit::decode(codec::Reader& reader) {
  Commit out;
  TRY(out.proposals, decode_vector<ProposalOrRef>(reader, limits::proposals_per_commit_max));
  TRY(out.path, reader.optional<UpdatePath>(UpdatePath::decode));
  return out;
}

}  // namespace encuentro::mls
