#include "protocol/mls/public/proposal.h"

namespace encuentro::mls {
namespace {

constexpr std::uint8_t by_value = 1;
constexpr std::uint8_t by_reference = 2;

template <class T>
Result<Proposal> read_body(codec::Reader& reader) {
  TRY(T body, T::decode(reader));
  return Proposal{std::move(body)};
}

}  // namespace

Result<Add> Add::decode(codec::Reader& reader) {
  TRY(KeyPackage key_package, KeyPackage::decode(reader));
  return Add{std::move(key_package)};
}

Result<Update> Update::decode(codec::Reader& reader) {
  TRY(LeafNode leaf, LeafNode::decode(reader));
  return Update{std::make_shared<const LeafNode>(std::move(leaf))};
}

Result<Remove> Remove::decode(codec::Reader& reader) {
  TRY(std::uint32_t removed, reader.u32());
  return Remove{{removed}};
}

Result<PreSharedKey> PreSharedKey::decode(codec::Reader& reader) {
  TRY(PreSharedKeyId psk, PreSharedKeyId::decode(reader));
  return PreSharedKey{std::move(psk)};
}

void ReInit::encode(codec::Writer& writer) const {
  writer.opaque(group_id);
  writer.number(version);
  writer.number(cipher_suite);
  extensions.encode(writer);
}

Result<ReInit> ReInit::decode(codec::Reader& reader) {
  ReInit out;
  TRY(out.group_id, decode_opaque(reader));
  TRY(out.version, reader.number<ProtocolVersion>());
  TRY(out.cipher_suite, reader.number<crypto::Suite>());
  TRY(out.extensions, ExtensionList::decode(reader));
  return out;
}

Result<ExternalInit> ExternalInit::decode(codec::Reader& reader) {
  TRY(Bytes kem_output, decode_opaque(reader));
  return ExternalInit{std::move(kem_output)};
}

Result<GroupContextExtensions> GroupContextExtensions::decode(codec::Reader& reader) {
  TRY(ExtensionList extensions, ExtensionList::decode(reader));
  return GroupContextExtensions{std::move(extensions)};
}

void Proposal::encode(codec::Writer& writer) const {
  writer.number(type());
  std::visit([&](const auto& body) { body.encode(writer); }, value);
}

Result<Proposal> Proposal::decode(codec::Reader& reader) {
  TRY(auto type, reader.number<ProposalType>());
  switch (type) {
    case ProposalType::add:
      return read_body<Add>(reader);
    case ProposalType::update:
      return read_body<Update>(reader);
    case ProposalType::remove:
      return read_body<Remove>(reader);
    case ProposalType::psk:
      return read_body<PreSharedKey>(reader);
    case ProposalType::reinit:
      return read_body<ReInit>(reader);
    case ProposalType::external_init:
      return read_body<ExternalInit>(reader);
    case ProposalType::group_context_extensions:
      return read_body<GroupContextExtensions>(reader);
  }
  return fail(Code::unknown_kind, "", 0, static_cast<std::uint64_t>(type));
}

void ProposalOrRef::encode(codec::Writer& writer) const {
  if (const auto* proposal = std::get_if<Proposal>(&value)) {
    writer.u8(by_value);
    proposal->encode(writer);
  } else {
    writer.u8(by_reference);
    writer.opaque(std::get<ProposalRef>(value).hash.view());
  }
}

Result<ProposalOrRef> ProposalOrRef::decode(codec::Reader& reader) {
  TRY(std::uint8_t kind, reader.u8());
  if (kind == by_value) {
    TRY(Proposal proposal, Proposal::decode(reader));
    return ProposalOrRef{std::move(proposal)};
  }
  if (kind == by_reference) {
    TRY(Digest hash, reader.opaque_inline<Digest>());
    return ProposalOrRef{ProposalRef{hash}};
  }
  return fail(Code::unknown_kind, "", 0, kind);
}

}  // namespace encuentro::mls
