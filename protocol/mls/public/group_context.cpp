#include "protocol/mls/public/group_context.h"

namespace encuentro::mls {
namespace {

// RFC 9420 §17.1. Their messages can be read also where their cryptography isn't there, as in WebAssembly; whoever
// goes on to use such a group meets RatchetTree::load first.
bool in_rfc(crypto::Suite suite) {
  auto number = static_cast<std::uint16_t>(suite);
  return number >= 1 && number <= 7;
}

}  // namespace

void GroupContext::encode(codec::Writer& writer) const {
  writer.number(version);
  writer.number(cipher_suite);
  writer.opaque(group_id);
  writer.u64(epoch.value);
  writer.opaque(tree_hash.view());
  writer.opaque(confirmed_transcript_hash.view());
  extensions.encode(writer);
}

Result<GroupContext> GroupContext::decode(codec::Reader& reader) {
  GroupContext out;
  TRY(out.version, reader.number<ProtocolVersion>());
  if (out.version != ProtocolVersion::mls10) {
    return fail(Code::unknown_version, "", 1, static_cast<std::uint64_t>(out.version));
  }
  TRY(out.cipher_suite, reader.number<crypto::Suite>());
  if (!in_rfc(out.cipher_suite)) {
    return fail(Code::unsupported_suite, "", 0, static_cast<std::uint64_t>(out.cipher_suite));
  }
  TRY(out.group_id, decode_opaque(reader));
  TRY(std::uint64_t epoch, reader.u64());
  out.epoch = Epoch(epoch);
  TRY(out.tree_hash, reader.opaque_inline<Digest>());
  TRY(out.confirmed_transcript_hash, reader.opaque_inline<Digest>());
  TRY(out.extensions, ExtensionList::decode(reader));
  return out;
}

}  // namespace encuentro::mls
