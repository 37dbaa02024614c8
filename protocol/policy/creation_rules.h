// What begins a channel: the first group of a `create` entry, or of a restart.
#pragma once

#include "protocol/mls/public/public_group.h"
#include "protocol/policy/commit_rules.h"

namespace encuentro::policy {

// The leaf of a device, by its key in the roster; nullopt if it has none.
std::optional<mls::LeafIndex> leaf_index_of(const mls::RatchetTree& tree, const roster::View& view,
                                            const DeviceId& device);

// Judges a channel's first group, epoch 0: the policy inside, one leaf, who may create.
// Errors: R-POL-64 (not exactly one leaf at epoch 0, or required_capabilities lack the policy extension), R-POL-65
// (another channel's policy), R-POL-52 (another device's leaf), and those of admitted_leaf, may_create.
Result<ChannelPolicy> judge_creation(const mls::PublicGroup& group, const roster::View& view, const ChannelId& channel,
                                     const DeviceId& device);
// The same for a restart under the policy the channel had. Errors: R-POL-64, 52, those of may_restart.
Result<ChannelPolicy> judge_restart(const mls::PublicGroup& group, const ChannelPolicy& before,
                                    const roster::View& view, const DeviceId& device);

}  // namespace encuentro::policy
