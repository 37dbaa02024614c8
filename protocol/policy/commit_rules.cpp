#include "protocol/policy/commit_rules.h"

#include <algorithm>
#include <set>

#include "protocol/base/limits.h"

namespace encuentro::policy {

namespace {

const PlacedLeaf* leaf_at(const CommitFacts& facts, std::uint32_t index) {
  auto found = std::find_if(facts.leaves.begin(), facts.leaves.end(),
                            [&](const PlacedLeaf& leaf) { return leaf.index == index; });
  return found == facts.leaves.end() ? nullptr : &*found;
}

bool is_removed(const CommitFacts& facts, std::uint32_t index) {
  return std::find(facts.removed.begin(), facts.removed.end(), index) != facts.removed.end();
}

// The policy after the Commit. Rule 53: nothing but admission may differ.
Result<ChannelPolicy> policy_after(const CommitFacts& facts, const ChannelPolicy& before) {
  if (facts.new_extensions == nullptr) return before;
  auto after = ChannelPolicy::of(*facts.new_extensions);
  if (!after) return fail(Code::policy_violation, "R-POL-53");
  ChannelPolicy same = *after;
  same.admission = before.admission;
  mls::ExtensionList rest = *facts.new_extensions;
  rest.set(policy_extension, before.encoded());
  if (!(same == before) || !(rest == *facts.extensions)) return fail(Code::policy_violation, "R-POL-53");
  if (after->is_general_board() != before.is_general_board()) return fail(Code::policy_violation, "R-POL-53");
  return after;
}

class Judgement {
 public:
  Judgement(const CommitFacts& facts, const roster::View& view, const DeviceId& device, ChannelPolicy before)
      : facts_(facts), view_(view), device_(device), before_(std::move(before)) {}

  Result<CommitVerdict> judge() {
    if (facts_.other_proposals) return fail(Code::policy_violation, "R-POL-50");
    if (facts_.external_init == facts_.sender.has_value()) return fail(Code::policy_violation, "R-POL-63");
    TRY(verdict_.policy, policy_after(facts_, before_));
    verdict_.admission_changed = !(verdict_.policy.admission == before_.admission);
    TRY_OK(judge_committer());
    if (facts_.sender) {
      TRY_OK(judge_member_commit());
    } else {
      TRY_OK(judge_external_commit());
    }
    TRY_OK(judge_result());
    return std::move(verdict_);
  }

 private:
  // Rules 51, 52: the device of the envelope, admitted before and after, under its roster key.
  Status judge_committer() {
    if (facts_.committer_leaf) {
      committer_leaf_ = *facts_.committer_leaf;
    } else {
      // Only a member's Commit can do without an update path.
      const PlacedLeaf* own = facts_.sender ? leaf_at(facts_, *facts_.sender) : nullptr;
      if (own == nullptr) return fail(Code::policy_violation, "R-POL-51");
      committer_leaf_ = own->leaf;
    }
    TRY(verdict_.committer, admitted_leaf(before_, view_, committer_leaf_));
    TRY_OK(admitted_leaf(verdict_.policy, view_, committer_leaf_));
    if (verdict_.committer.device != device_) return fail(Code::policy_violation, "R-POL-52");
    if (!facts_.sender) return {};
    const PlacedLeaf* sender = leaf_at(facts_, *facts_.sender);
    if (sender == nullptr) return fail(Code::policy_violation, "R-POL-51");
    TRY(LeafIdentity old, admitted_leaf(before_, view_, sender->leaf));
    if (old != verdict_.committer) return fail(Code::policy_violation, "R-POL-51");
    return {};
  }

  Status judge_member_commit() {
    if (verdict_.admission_changed) TRY_OK(may_change_admission(before_, view_, device_));
    for (const Leaf& leaf : facts_.added) {
      auto added = admitted_leaf(verdict_.policy, view_, leaf);
      if (!added) return fail(Code::not_admitted, "R-POL-54");
      // A member's own devices may always add his others.
      bool own = added->member == verdict_.committer.member;
      if (!own && !may_add(before_, view_, device_)) return fail(Code::not_allowed, "R-POL-55");
      verdict_.added.push_back(*added);
    }
    for (std::uint32_t index : facts_.removed) TRY_OK(judge_removal(index));
    for (const PlacedLeaf& leaf : facts_.leaves) {
      bool stays = !is_removed(facts_, leaf.index) && leaf.index != *facts_.sender;
      if (stays && !admitted_leaf(verdict_.policy, view_, leaf.leaf)) return fail(Code::not_admitted, "R-POL-57");
    }
    return {};
  }

  // Rule 56: whoever may, and anybody a leaf that isn't admitted (any more), one's own, or one that asked to leave.
  Status judge_removal(std::uint32_t index) {
    const PlacedLeaf* leaf = leaf_at(facts_, index);
    if (leaf == nullptr) return fail(Code::policy_violation, "R-POL-56");
    auto identity = LeafIdentity::of(leaf->leaf.credential);
    if (identity) verdict_.removed.push_back(*identity);
    if (!admitted_leaf(verdict_.policy, view_, leaf->leaf)) return {};
    bool own = identity->member == verdict_.committer.member;
    bool leaving = std::find(facts_.leaving.begin(), facts_.leaving.end(), identity->member) != facts_.leaving.end();
    if (own || leaving || may_remove(before_, view_, device_)) return {};
    return fail(Code::not_allowed, "R-POL-56");
  }

  // Rules 59 to 61: a first entry where the policy has it, elsewhere only back to one's own place.
  Status judge_external_commit() {
    if (before_.history == History::sealed) return fail(Code::not_allowed, "R-POL-59");
    if (!facts_.added.empty() || facts_.removed.size() > 1 || facts_.new_extensions != nullptr) {
      return fail(Code::policy_violation, "R-POL-61");
    }
    bool back = facts_.held_leaf_before_restart;
    for (std::uint32_t index : facts_.removed) {
      const PlacedLeaf* leaf = leaf_at(facts_, index);
      auto old =
          leaf == nullptr ? Result<LeafIdentity>(fail(Code::not_found)) : LeafIdentity::of(leaf->leaf.credential);
      if (!old || old->device != device_) return fail(Code::policy_violation, "R-POL-61");
      verdict_.removed.push_back(*old);
      back = true;
    }
    if (!back && !before_.self_join) return fail(Code::not_allowed, "R-POL-60");
    verdict_.added.push_back(verdict_.committer);
    return {};
  }

  // Rules 58, 62: the group as it comes out.
  Status judge_result() {
    std::set<DeviceId> devices;
    auto enters = [&](const Leaf& leaf) {
      auto identity = LeafIdentity::of(leaf.credential);
      return !identity || devices.insert(identity->device).second;
    };
    std::size_t count = facts_.added.size();
    bool once = enters(committer_leaf_);
    for (const PlacedLeaf& leaf : facts_.leaves) {
      if (is_removed(facts_, leaf.index)) continue;
      ++count;
      if (leaf.index != facts_.sender) once = once && enters(leaf.leaf);
    }
    for (const Leaf& leaf : facts_.added) once = once && enters(leaf);
    if (!once) return fail(Code::policy_violation, "R-POL-58");
    if (!facts_.sender) ++count;
    if (count > limits::leaves_max) return fail(Code::too_large, "R-POL-62", limits::leaves_max, count);
    return {};
  }

  const CommitFacts& facts_;
  const roster::View& view_;
  const DeviceId& device_;
  ChannelPolicy before_;
  Leaf committer_leaf_;
  CommitVerdict verdict_;
};

}  // namespace

Result<CommitVerdict> judge_commit(const CommitFacts& facts, const roster::View& view, const DeviceId& device) {
  ENC_CHECK(facts.extensions != nullptr);
  TRY(ChannelPolicy before, ChannelPolicy::of(*facts.extensions));
  return Judgement(facts, view, device, std::move(before)).judge();
}

Status all_admitted(const ChannelPolicy& policy, const roster::View& view, std::span<const PlacedLeaf> leaves) {
  std::set<DeviceId> devices;
  for (const PlacedLeaf& leaf : leaves) {
    auto identity = admitted_leaf(policy, view, leaf.leaf);
    if (!identity) return fail(Code::not_admitted, "R-POL-57");
    if (!devices.insert(identity->device).second) return fail(Code::policy_violation, "R-POL-58");
  }
  return {};
}

}  // namespace encuentro::policy
