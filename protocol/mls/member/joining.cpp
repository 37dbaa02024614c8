#include "protocol/mls/member/joining.h"

#include <algorithm>
#include <set>

#include "protocol/mls/public/rules.h"

namespace encuentro::mls::member {

namespace {

// Whether each client of `these` is among `those`, by credential.
bool all_among(const RatchetTree& these, const RatchetTree& those) {
  std::set<Bytes> credentials;
  for (std::uint32_t i = 0; i < those.leaf_count().value; ++i) {
    if (const LeafNode* leaf = those.leaf({i})) credentials.insert(encoded((*leaf)->credential));
  }
  for (std::uint32_t i = 0; i < these.leaf_count().value; ++i) {
    const LeafNode* leaf = these.leaf({i});
    if (leaf != nullptr && !credentials.contains(encoded((*leaf)->credential))) return false;
  }
  return true;
}

}  // namespace

Status check_group_id_is_new(BytesView group_id, std::span<const Bytes> current_groups) {
  bool known = std::any_of(current_groups.begin(), current_groups.end(),
                           [&](const Bytes& current) { return equal(current, group_id); });
  return demand(Rule::group_id_unique, !known);
}

Result<Succession> succession_of(std::span<const PreSharedKeyId> psks) {
  Succession out;
  std::size_t ties = 0;
  for (const PreSharedKeyId& psk : psks) {
    if (psk.type != PskType::resumption || psk.usage == ResumptionPskUsage::application) continue;
    ++ties;
    out = {psk.usage, psk.psk_group_id, psk.psk_epoch};
  }
  TRY_OK(demand(Rule::one_successor_psk, ties <= 1, 1, ties));
  return out;
}

Status check_succession(Succession succession, const GroupContext& context, const RatchetTree& tree,
                        const Group* predecessor) {
  // §12.4.2: after a ReInit one waits for the Welcome that is tied to it, not for any with the same group_id.
  if (succession.usage == ResumptionPskUsage::application) return demand(Rule::successor_psk, predecessor == nullptr);
  TRY_OK(demand(Rule::successor_epoch, context.epoch == Epoch{1}, 1, context.epoch.value));
  if (predecessor == nullptr) return fail(Code::invalid_welcome);
  const GroupContext& old = predecessor->context();
  // Who was removed before the ReInit has PSKs too, but not this one.
  const bool is_last = succession.usage == ResumptionPskUsage::branch || succession.epoch == old.epoch;
  TRY_OK(demand(Rule::successor_psk, succession.group_id == old.group_id && is_last, old.epoch.value,
                succession.epoch.value));
  if (succession.usage == ResumptionPskUsage::branch) {
    TRY_OK(demand(Rule::branch_parameters, context.version == old.version && context.cipher_suite == old.cipher_suite));
    if (!enforced(Rule::branch_members)) return {};
    return demand(Rule::branch_members, all_among(tree, predecessor->tree()));
  }
  const ReInit* reinit = predecessor->reinit();
  const bool fits = reinit != nullptr && context.group_id == reinit->group_id && context.version == reinit->version &&
                    context.cipher_suite == reinit->cipher_suite && context.extensions == reinit->extensions;
  TRY_OK(demand(Rule::reinit_parameters, fits));
  if (!enforced(Rule::reinit_members)) return {};
  return demand(Rule::reinit_members, all_among(predecessor->tree(), tree));
}

}  // namespace encuentro::mls::member
