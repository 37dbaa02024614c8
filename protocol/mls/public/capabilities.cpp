#include "protocol/mls/public/capabilities.h"

#include <algorithm>

namespace encuentro::mls {
namespace {

template <class E>
void encode_list(codec::Writer& writer, const std::vector<E>& items) {
  writer.vector(items, [](codec::Writer& w, E item) { w.number(item); });
}

template <class E>
Result<std::vector<E>> decode_list(codec::Reader& reader) {
  TRY(codec::Reader inner, reader.nested(sizeof(E) * limits::capabilities_max));
  std::vector<E> items;
  items.reserve(inner.rest().size() / sizeof(E));
  while (!inner.at_end()) {
    TRY(E item, inner.number<E>());
    items.push_back(item);
  }
  return items;
}

template <class E>
bool has(const std::vector<E>& items, E item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

bool Capabilities::supports(ProtocolVersion version) const { return has(versions, version); }
bool Capabilities::supports(crypto::Suite suite) const { return has(cipher_suites, suite); }
bool Capabilities::supports(ExtensionType type) const { return is_default(type) || has(extensions, type); }
bool Capabilities::supports(ProposalType type) const { return is_default(type) || has(proposals, type); }
bool Capabilities::supports(CredentialType type) const { return has(credentials, type); }

void Capabilities::encode(codec::Writer& writer) const {
  encode_list(writer, versions);
  encode_list(writer, cipher_suites);
  encode_list(writer, extensions);
  encode_list(writer, proposals);
  encode_list(writer, credentials);
}

Result<Capabilities> Capabilities::decode(codec::Reader& reader) {
  Capabilities out;
  TRY(out.versions, decode_list<ProtocolVersion>(reader));
  TRY(out.cipher_suites, decode_list<crypto::Suite>(reader));
  TRY(out.extensions, decode_list<ExtensionType>(reader));
  TRY(out.proposals, decode_list<ProposalType>(reader));
  TRY(out.credentials, decode_list<CredentialType>(reader));
  return out;
}

bool RequiredCapabilities::met_by(const Capabilities& capabilities) const {
  auto supported = [&](auto type) { return capabilities.supports(type); };
  return std::all_of(extension_types.begin(), extension_types.end(), supported) &&
         std::all_of(proposal_types.begin(), proposal_types.end(), supported) &&
         std::all_of(credential_types.begin(), credential_types.end(), supported);
}

void RequiredCapabilities::encode(codec::Writer& writer) const {
  encode_list(writer, extension_types);
  encode_list(writer, proposal_types);
  encode_list(writer, credential_types);
}

Result<RequiredCapabilities> RequiredCapabilities::decode(codec::Reader& reader) {
  RequiredCapabilities out;
  TRY(out.extension_types, decode_list<ExtensionType>(reader));
  TRY(out.proposal_types, decode_list<ProposalType>(reader));
  TRY(out.credential_types, decode_list<CredentialType>(reader));
  return out;
}

void ExternalSender::encode(codec::Writer& writer) const {
  writer.opaque(signature_key.view());
  credential.encode(writer);
}

Result<ExternalSender> ExternalSender::decode(codec::Reader& reader) {
  TRY(auto key, reader.opaque_inline<PublicKeyBytes>());
  TRY(Credential credential, Credential::decode(reader));
  return ExternalSender{key, std::move(credential)};
}

Result<ExternalSenders> ExternalSenders::decode(codec::Reader& reader) {
  TRY(auto items, decode_vector<ExternalSender>(reader, limits::external_senders_max));
  return ExternalSenders{std::move(items)};
}

Result<ExternalPub> ExternalPub::decode(codec::Reader& reader) {
  TRY(auto key, reader.opaque_inline<PublicKeyBytes>());
  return ExternalPub{key};
}

}  // namespace encuentro::mls
