#include "client/core/upkeep.h"

#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

constexpr Duration path_life = days(7);
constexpr Duration silence_max = days(90);

// Devices that wrote, or were added, within the time.
std::set<DeviceId> heard_of(const CoreState& state, const Channel& channel) {
  std::set<DeviceId> heard;
  for (std::size_t i = channel.rows.size(); i-- > 0;) {
    if (state.now - channel.rows[i].stored > silence_max) break;
    auto entry = record::decode_log_entry(channel.rows[i].entry);
    if (!entry) continue;
    heard.insert(entry->header.device);
    auto body = entry->parsed();
    const auto* commit = body ? std::get_if<record::CommitBody>(&*body) : nullptr;
    if (commit != nullptr) heard.insert(commit->added.begin(), commit->added.end());
  }
  return heard;
}

}  // namespace

bool path_due(const CoreState& state, const Channel& channel) {
  return channel.in() && state.now - channel.upkeep.path_at >= path_life;
}

std::vector<mls::LeafIndex> idle_leaves(const CoreState& state, const Channel& channel) {
  std::vector<mls::LeafIndex> leaves;
  const DeviceId& me = state.identity->self.device;
  if (!policy::may_remove(channel.policy, state.newest(), me)) return leaves;
  std::set<DeviceId> heard = heard_of(state, channel);
  for (const auto& placed : policy::leaves_of(channel.group->tree())) {
    auto identity = policy::LeafIdentity::of(placed.leaf.credential);
    if (identity && identity->device != me && !heard.contains(identity->device)) leaves.push_back({placed.index});
  }
  return leaves;
}

std::optional<Timestamp> upkeep_wake(const CoreState& state, const Channel& channel) {
  if (!channel.in() || path_due(state, channel)) return std::nullopt;
  return channel.upkeep.path_at + path_life;
}

}  // namespace encuentro::client::core
