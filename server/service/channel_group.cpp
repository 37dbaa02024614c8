// What moves a channel's group: its creation, a restart, Commits.
#include <algorithm>

#include "protocol/base/limits.h"
#include "server/service/blob_holder.h"
#include "server/service/channel.h"
#include "server/service/partitions.h"

namespace encuentro::server::service {

namespace {

// Key packages live 84 days at most (limits.h); an hour more for clocks.
mls::LifetimePolicy lifetime_at(Timestamp now) {
  return {now, std::uint64_t{limits::key_package_lifetime_days_max} * 24 * 3600 + 3600};
}

Result<mls::GroupInfo> group_info_of(BytesView bytes, const char* rule) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(bytes));
  auto* info = std::get_if<mls::GroupInfo>(&message.value);
  if (info == nullptr) return fail(Code::malformed, rule);
  return std::move(*info);
}

// R-SRV-22: what a GroupInfo carries is what the channel's history needs: an archive commitment and the external key
// in shared channels, no commitment in sealed ones.
Status judge_extensions(const mls::GroupInfo& info, policy::History history) {
  bool shared = history == policy::History::shared;
  const auto* commitment = info.extensions.find(policy::archive_commitment_extension);
  bool fits = shared ? commitment != nullptr && commitment->data.size() == 32 : commitment == nullptr;
  bool external_key = info.extensions.contains(mls::ExtensionType::external_pub);
  return fits && (external_key || !shared) ? Status{} : fail(Code::malformed, "R-SRV-22");
}

}  // namespace

Status Channel::take(const Scene& scene, const record::CreateBody& body, Accepted& accepted) {
  TRY(mls::GroupInfo info, group_info_of(body.group_info, "R-SRV-21"));
  const auto& context = info.group_context;
  bool fits = context.cipher_suite == crypto::encuentro_suite && context.group_id == scene.header.at.group_id &&
              context.epoch == scene.header.at.epoch;
  if (!fits) return fail(Code::wrong_group, "R-SRV-21");
  TRY(mls::PublicGroup group, mls::PublicGroup::join(info, nullptr, lifetime_at(scene.now)));
  TRY(policy::ChannelPolicy policy, policy::ChannelPolicy::of(context.extensions));
  TRY_OK(judge_extensions(info, policy.history));
  if (!founded()) {
    if (head().seq.value != 0) return fail(Code::bad_sequence, "R-SRV-20");
    TRY(policy_, policy::judge_creation(group, scene.view, id(), scene.header.device));
  } else {
    if (!policy.predecessor) return fail(Code::already_exists, "R-SRV-20");
    const auto& before = *policy.predecessor;
    const Hash32* place = log_.hash_at(before.seq);
    bool same_epoch = before.epoch == group_->context().epoch;
    bool right = before.group_id == group_->context().group_id && before.epoch <= group_->context().epoch &&
                 place != nullptr && *place == before.head &&
                 (!same_epoch || before.confirmed_transcript_hash == group_->context().confirmed_transcript_hash);
    if (!right || context.group_id == group_->context().group_id) return fail(Code::wrong_group, "R-SRV-23");
    TRY(auto restarted, policy::judge_restart(group, policy_, scene.view, scene.header.device));
    // What comes after the named place is the Commit that isn't taken over: who made it doesn't come back by himself.
    bool passed = !same_epoch && before.seq < head().seq;
    DeviceId offender = passed ? log_.place(before.seq.next()).device : DeviceId{};
    if (offender == scene.header.device) return fail(Code::not_allowed, "R-SRV-23");
    for (const auto& leaf : leaves_) held_before_restart_.push_back(leaf.device);
    std::erase(held_before_restart_, offender);
    policy_ = restarted;
  }
  group_ = std::make_unique<mls::PublicGroup>(std::move(group));
  group_moved();
  accepted.group_changed = true;
  write_state(accepted);
  return {};
}

// R-SRV-25 to 27: GroupInfo, Welcome, list of added devices and link belong to this Commit.
Status Channel::judge_commit_parts(const record::CommitBody& body, const mls::GroupInfo& info,
                                   const mls::StagedChange& staged) const {
  if (info.extensions.contains(mls::ExtensionType::ratchet_tree)) return fail(Code::malformed, "R-SRV-25");
  TRY_OK(judge_extensions(info, policy_.history));
  std::vector<DeviceId> added;
  for (const auto& change : staged.effect.added) {
    TRY(auto identity, policy::LeafIdentity::of(change.after->content().credential));
    added.push_back(identity.device);
  }
  if (staged.effect.is_external()) added.pop_back();
  if (added != body.added || body.welcome.has_value() == added.empty()) return fail(Code::malformed, "R-SRV-26");
  if (!body.link) return {};
  record::GroupEpoch closed = at();
  record::GroupEpoch opened{closed.group_id, closed.epoch.next()};
  bool fits = policy_.history == policy::History::shared && !staged.effect.is_external() &&
              body.link->older == closed && body.link->newer == opened;
  return fits ? Status{} : fail(Code::bad_link, "R-SRV-27");
}

Status Channel::take(const Scene& scene, const record::CommitBody& body, const ResolvedParts& parts,
                     Accepted& accepted) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(parts.commit));
  auto* commit = std::get_if<mls::PublicMessage>(&message.value);
  if (commit == nullptr) return fail(Code::malformed, "R-SRV-24");
  TRY(mls::GroupInfo info, group_info_of(parts.group_info, "R-SRV-25"));
  TRY(auto staged, group_->stage(std::move(*commit), lifetime_at(scene.now)));

  const DeviceId& device = scene.header.device;
  bool held = std::find(held_before_restart_.begin(), held_before_restart_.end(), device) != held_before_restart_.end();
  policy::StagedFacts facts(*group_, staged, leaving_, held);
  TRY(auto verdict, policy::judge_commit(facts.facts, scene.view, device));
  // Right at the head it names, but no longer: whoever commits looks at the newest roster first.
  if (!policy::judge_commit(facts.facts, scene.newest, device)) {
    return fail(Code::roster_changed, "R-SRV-17", scene.newest.head().seq.value, scene.header.roster.seq.value);
  }
  TRY_OK(judge_commit_parts(body, info, staged));
  TRY_OK(group_->check_group_info(info, staged));

  keep_blobs(body, scene.now, accepted);
  group_->merge(std::move(staged));
  policy_ = std::move(verdict.policy);
  group_moved();
  accepted.group_changed = true;
  write_state(accepted);
  return {};
}

// What an entry names stays.
void Channel::keep_blobs(const record::CommitBody& body, Timestamp now, Accepted& accepted) const {
  const auto keep = [&](const record::Part& part) {
    if (!part.is_blob()) return;
    const BlobHolder holder{BlobHolder::Sort::entry, now};
    accepted.change.writes.push_back(storage::Put{blob_key(part.blob().blob), holder.encode()});
  };
  keep(body.commit);
  keep(body.group_info);
  if (body.welcome) keep(*body.welcome);
}

void Channel::group_moved() {
  leaves_.clear();
  for (const auto& leaf : policy::leaves_of(group_->tree())) {
    if (auto identity = policy::LeafIdentity::of(leaf.leaf.credential)) leaves_.push_back(*identity);
  }
  std::erase_if(leaving_, [&](const MemberId& member) {
    return std::none_of(leaves_.begin(), leaves_.end(), [&](const auto& leaf) { return leaf.member == member; });
  });
}

}  // namespace encuentro::server::service
