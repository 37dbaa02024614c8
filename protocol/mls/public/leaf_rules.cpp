#include "protocol/mls/public/leaf_rules.h"

#include <algorithm>

#include "protocol/crypto/hpke.h"
#include "protocol/mls/public/rules.h"

namespace encuentro::mls {
namespace {

Status check_lifetime(const Lifetime& lifetime, const LifetimePolicy& policy) {
  bool ordered = lifetime.not_before_s <= lifetime.not_after_s;
  std::uint64_t total_s = ordered ? lifetime.not_after_s - lifetime.not_before_s : 0;
  TRY_OK(demand(Rule::leaf_lifetime_total, total_s <= policy.total_s_max, policy.total_s_max, total_s));
  if (!policy.now) return {};
  auto now_s = static_cast<std::uint64_t>(std::max<std::int64_t>(policy.now->ms, 0) / 1000);
  bool within = lifetime.not_before_s <= now_s && now_s <= lifetime.not_after_s;
  return demand(Rule::leaf_lifetime_now, within, lifetime.not_after_s, now_s);
}

}  // namespace

Result<LeafDemands> LeafDemands::of(crypto::Suite suite, const ExtensionList& context_extensions) {
  LeafDemands demands;
  demands.suite = suite;
  TRY(auto required, context_extensions.get<RequiredCapabilities>(ExtensionType::required_capabilities));
  if (required) demands.required = std::move(*required);
  for (const Extension& extension : context_extensions.items) {
    if (!is_default(extension.type)) demands.extensions.push_back(extension.type);
  }
  return demands;
}

Status check_hpke_key(const PublicKeyBytes& key, crypto::Suite suite) {
  return demand(Rule::hpke_key_valid, crypto::hpke_check_public_key(suite, key.view()).has_value());
}

Status check_leaf(const LeafNodeContent& leaf, const LeafDemands& demands, const LifetimePolicy& lifetime) {
  TRY_OK(check_hpke_key(leaf.encryption_key, demands.suite));
  const Capabilities& has = leaf.capabilities;
  bool suite_listed = has.supports(ProtocolVersion::mls10) && has.supports(demands.suite);
  TRY_OK(demand(Rule::leaf_supports_suite, suite_listed, static_cast<std::uint64_t>(demands.suite)));
  TRY_OK(demand(Rule::leaf_required_capabilities, demands.required.met_by(has)));
  for (ExtensionType type : demands.extensions) {
    TRY_OK(demand(Rule::leaf_supports_extensions, has.supports(type), static_cast<std::uint64_t>(type)));
  }
  for (const Extension& extension : leaf.extensions.items) {
    TRY_OK(
        demand(Rule::leaf_extensions_listed, has.supports(extension.type), static_cast<std::uint64_t>(extension.type)));
  }
  if (leaf.source == LeafNodeSource::key_package) TRY_OK(check_lifetime(leaf.lifetime, lifetime));
  return {};
}

Status check_leaf_signature(const LeafNode& leaf, crypto::Suite suite, LeafPosition position) {
  if (!enforced(Rule::leaf_signature)) return {};
  return demand(Rule::leaf_signature, leaf.verify(suite, position).has_value());
}

Status check_leaf_credentials(const LeafNodeContent& leaf, const RatchetTree& tree) {
  for (const auto& [type, leaves] : tree.credential_types_in_use()) {
    TRY_OK(demand(Rule::leaf_supports_credentials, leaf.capabilities.supports(type), static_cast<std::uint64_t>(type)));
  }
  CredentialType own = leaf.credential.type();
  return demand(Rule::leaf_credential_supported, tree.all_support(own), static_cast<std::uint64_t>(own));
}

Status check_key_package(const KeyPackage& key_package, const LeafDemands& demands, const LifetimePolicy& lifetime) {
  bool same = key_package->version == ProtocolVersion::mls10 && key_package->cipher_suite == demands.suite;
  TRY_OK(demand(Rule::key_package_group, same, static_cast<std::uint64_t>(demands.suite),
                static_cast<std::uint64_t>(key_package->cipher_suite)));
  TRY_OK(check_hpke_key(key_package->init_key, demands.suite));
  const LeafNodeContent& leaf = key_package.leaf().content();
  TRY_OK(demand(Rule::key_package_init_key, key_package->init_key != leaf.encryption_key));
  TRY_OK(demand(Rule::key_package_leaf_source, leaf.source == LeafNodeSource::key_package));
  // §10: the KeyPackage's own extensions are listed there as well.
  for (const Extension& extension : key_package->extensions.items) {
    TRY_OK(demand(Rule::leaf_extensions_listed, leaf.capabilities.supports(extension.type),
                  static_cast<std::uint64_t>(extension.type)));
  }
  return check_leaf(leaf, demands, lifetime);
}

Status check_key_package_signatures(const KeyPackage& key_package) {
  // Taking R-MLS-30 out lets suites through that can't verify anything.
  if (!crypto::supported(key_package->cipher_suite)) return fail(Code::unsupported_suite);
  TRY_OK(check_leaf_signature(key_package.leaf(), key_package->cipher_suite));
  if (!enforced(Rule::key_package_signature)) return {};
  return demand(Rule::key_package_signature, key_package.verify().has_value());
}

Status check_update(const LeafNodeContent& leaf, const LeafNodeContent& replaced, const LeafDemands& demands) {
  TRY_OK(demand(Rule::update_leaf_source, leaf.source == LeafNodeSource::update));
  TRY_OK(demand(Rule::update_key_differs, leaf.encryption_key != replaced.encryption_key));
  return check_leaf(leaf, demands, {});
}

}  // namespace encuentro::mls
