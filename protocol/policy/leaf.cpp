#include "protocol/policy/leaf.h"

namespace encuentro::policy {

namespace {

constexpr std::uint8_t credential_version = 1;

Result<LeafIdentity> decode_identity(codec::Reader& r) {
  TRY(std::uint8_t version, r.u8());
  if (version != credential_version) return fail(Code::unknown_version);
  LeafIdentity identity;
  TRY(identity.network, r.id<NetworkId>());
  TRY(identity.member, r.id<MemberId>());
  TRY(identity.device, r.id<DeviceId>());
  return identity;
}

}  // namespace

mls::Credential LeafIdentity::credential() const {
  codec::Writer writer;
  writer.u8(credential_version);
  writer.id(network);
  writer.id(member);
  writer.id(device);
  return mls::Credential::basic(writer.view());
}

Result<LeafIdentity> LeafIdentity::of(const mls::Credential& credential) {
  const auto* basic = std::get_if<mls::BasicCredential>(&credential.value);
  if (basic == nullptr) return fail(Code::policy_violation, "R-POL-02");
  auto identity = codec::decode_all<LeafIdentity>(basic->identity, decode_identity);
  if (!identity) return fail(Code::policy_violation, "R-POL-02");
  return *identity;
}

Result<LeafIdentity> identify(const Leaf& leaf, const roster::View& view) {
  TRY(LeafIdentity identity, LeafIdentity::of(leaf.credential));
  if (identity.network != view.network()) return fail(Code::policy_violation, "R-POL-03");
  auto device = view.device(identity.device);
  if (!device || device->member != identity.member) return fail(Code::policy_violation, "R-POL-04");
  if (!equal(leaf.signature_key.view(), device->key.view())) return fail(Code::policy_violation, "R-POL-05");
  if (device->standing == roster::Standing::gone) return fail(Code::policy_violation, "R-POL-06");
  if (device->kind == roster::DeviceKind::paper) return fail(Code::policy_violation, "R-POL-07");
  return identity;
}

}  // namespace encuentro::policy
