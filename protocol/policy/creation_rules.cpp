#include "protocol/policy/creation_rules.h"

#include <algorithm>

namespace encuentro::policy {

namespace {

// One leaf, epoch 0, a policy that everybody has to understand.
Result<ChannelPolicy> judge_first_group(const mls::PublicGroup& group, const roster::View& view,
                                        const DeviceId& device) {
  const auto& context = group.context();
  const mls::LeafNode* leaf = group.tree().leaf({0});
  bool single = context.epoch.value == 0 && group.tree().member_count() == 1 && leaf != nullptr;
  if (!single) return fail(Code::policy_violation, "R-POL-64");
  TRY(auto required, context.extensions.get<mls::RequiredCapabilities>(mls::ExtensionType::required_capabilities));
  auto demands_policy = [](const mls::RequiredCapabilities& r) {
    return std::find(r.extension_types.begin(), r.extension_types.end(), policy_extension) != r.extension_types.end();
  };
  if (!required || !demands_policy(*required)) return fail(Code::policy_violation, "R-POL-64");
  TRY(ChannelPolicy policy, ChannelPolicy::of(context.extensions));
  TRY(LeafIdentity creator, admitted_leaf(policy, view, leaf_of(*leaf)));
  if (creator.device != device) return fail(Code::policy_violation, "R-POL-52");
  return policy;
}

}  // namespace

std::optional<mls::LeafIndex> leaf_index_of(const mls::RatchetTree& tree, const roster::View& view,
                                            const DeviceId& device) {
  auto found = view.device(device);
  if (!found) return std::nullopt;
  return tree.leaf_with_signature_key(found->key.view());
}

Result<ChannelPolicy> judge_creation(const mls::PublicGroup& group, const roster::View& view, const ChannelId& channel,
                                     const DeviceId& device) {
  TRY(ChannelPolicy policy, judge_first_group(group, view, device));
  if (policy.channel != channel || policy.predecessor) return fail(Code::policy_violation, "R-POL-65");
  TRY_OK(may_create(policy, view, device));
  return policy;
}

Result<ChannelPolicy> judge_restart(const mls::PublicGroup& group, const ChannelPolicy& before,
                                    const roster::View& view, const DeviceId& device) {
  TRY(ChannelPolicy policy, judge_first_group(group, view, device));
  TRY_OK(may_restart(before, policy, view, device));
  return policy;
}

}  // namespace encuentro::policy
