#include "client/core/handshakes.h"

#include <algorithm>

#include "client/core/blobs.h"
#include "client/core/history.h"
#include "client/core/key_packages.h"
#include "client/core/restart.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

Result<mls::GroupInfo> group_info_in(BytesView message) {
  TRY(auto decoded, mls::decoded<mls::MlsMessage>(message));
  const auto* group_info = decoded.as<mls::GroupInfo>();
  if (group_info == nullptr) return fail(Code::malformed, "group info");
  return *group_info;
}

// The epoch's archive commitment is noted; a channel that keeps no history has none.
Status note_commitment(Channel& channel, const record::GroupEpoch& at, const mls::GroupInfo& group_info) {
  if (!channel.shared()) return {};
  TRY(Commitment commitment, commitment_in(group_info.extensions));
  channel.commitments.insert_or_assign(EpochKey::of(at), commitment);
  return {};
}

// Whoever is in an epoch sees whether its GroupInfo names the key by which others come in (R-MLS-103 can't: it is
// secret to the server).
Status check_external_key(const PublicKeyBytes& own, const mls::GroupInfo& group_info) {
  TRY(auto named, group_info.extensions.get<mls::ExternalPub>(mls::ExtensionType::external_pub));
  bool right = !named || named->external_pub == own;
  return right ? Status{} : fail(Code::invalid_commit, "external key");
}

// Whoever knows the epoch's key sees whether the commitment to it is true.
Status check_commitment(const Channel& channel, const mls::member::EpochExporter& exporter,
                        const record::GroupEpoch& at, const mls::GroupInfo& group_info) {
  if (!channel.shared()) return {};
  TRY(Commitment claimed, commitment_in(group_info.extensions));
  TRY(auto key, archive_key_of(exporter, at));
  if (content::archive_commitment(key, at) != claimed) return fail(Code::policy_violation, "archive commitment");
  return {};
}

Status learn_epoch(CoreState& state, Channel& channel) {
  if (!channel.shared()) return {};
  TRY(auto key, archive_key_of(channel.member->exporter(), channel.at()));
  add_archive_key(state, channel, channel.at(), std::move(key));
  return {};
}

void entered(CoreState& state, Channel& channel) {
  channel.state = ChannelState::in;
  channel.upkeep.rejected = Seq{};
  channel.upkeep.path_at = state.now;
  channel.was_in = true;
  channel.member_unsaved = true;
  show(state, ChannelUpdated{channel.id});
}

void left(CoreState& state, Channel& channel) {
  channel.state = ChannelState::out;
  channel.member.reset();
  channel.member_unsaved = true;
  show(state, ChannelUpdated{channel.id});
}

// One leaf, its creator's.
Status judge_first_leaf(const mls::PublicGroup& group, const policy::ChannelPolicy& policy, const roster::View& view,
                        const DeviceId& device) {
  auto leaves = policy::leaves_of(group.tree());
  if (leaves.size() != 1 || group.context().epoch != Epoch{0}) return fail(Code::policy_violation, "C1");
  TRY(auto identity, policy::admitted_leaf(policy, view, leaves.front().leaf));
  if (identity.device != device) return fail(Code::policy_violation, "R-POL-52");
  return {};
}

// What the public half says of a Commit, ready to be merged.
struct Judged {
  mls::StagedChange staged;
  mls::GroupInfo group_info;
  policy::CommitVerdict verdict;
};

Result<Judged> judge(const CoreState& state, Channel& channel, const record::LogEntry& entry,
                     const mls::MlsMessage& message, BytesView group_info_bytes) {
  const auto* commit = message.as<mls::PublicMessage>();
  if (commit == nullptr) return fail(Code::policy_violation, "C2");
  auto view = state.book.roster.at(entry.header.roster.seq);
  TRY(mls::StagedChange staged, channel.group->stage(*commit, lifetime_policy()));
  bool former = channel.former.contains(entry.header.device);
  policy::StagedFacts facts(*channel.group, staged, {channel.leaving.begin(), channel.leaving.end()}, former);
  TRY(auto verdict, policy::judge_commit(facts.facts, *view, entry.header.device));
  TRY(auto group_info, group_info_in(group_info_bytes));
  TRY_OK(channel.group->check_group_info(group_info, staged));
  if (channel.shared()) TRY_OK(commitment_in(group_info.extensions));
  return Judged{std::move(staged), std::move(group_info), std::move(verdict)};
}

enum class Ours : std::uint8_t { none, stays, removed };

// The member's half of somebody's or our own Commit. On an error nothing of the group has moved.
Result<Ours> merge_member(Channel& channel, const mls::MlsMessage& message, BytesView commit, const Judged& judged) {
  if (!channel.member) return Ours::none;
  record::GroupEpoch next{judged.staged.context.group_id, judged.staged.context.epoch};
  mls::member::Group& group = *channel.member;
  if (group.has_pending() && group.is_pending(commit)) {
    TRY_OK(check_commitment(channel, group.pending().exporter(), next, judged.group_info));
    group.merge_pending();
    return Ours::stays;
  }
  if (!group.is_active()) {
    // Our external Commit lost: what it was made for is gone.
    channel.member.reset();
    channel.member_unsaved = true;
    return Ours::none;
  }
  TRY(auto staged, group.stage(message, {}, lifetime_policy()));
  if (staged.removes_us()) return Ours::removed;
  TRY_OK(check_external_key(staged.external_key(), judged.group_info));
  TRY_OK(check_commitment(channel, staged.exporter(), next, judged.group_info));
  group.merge(std::move(staged));
  return Ours::stays;
}

// J3: the entry that adds this device holds its Welcome; the tree is the replayed one.
Status join_by_welcome(CoreState& state, Channel& channel, const mls::GroupInfo& group_info, BytesView welcome_bytes) {
  TRY(auto message, mls::decoded<mls::MlsMessage>(welcome_bytes));
  const auto* welcome = message.as<mls::Welcome>();
  if (welcome == nullptr) return fail(Code::invalid_welcome, "wire format");
  auto secrets = take_key_package(state, *welcome);
  if (!secrets) return fail(Code::missing_key, "key package");
  TRY(auto nodes, tree_nodes(*channel.group));
  mls::member::JoinParameters parameters;
  parameters.tree = &nodes;
  parameters.lifetime = lifetime_policy();
  TRY(auto group, mls::member::Group::join(*welcome, std::move(*secrets), parameters));
  if (group.context() != channel.group->context()) return fail(Code::invalid_welcome, "J3");
  TRY_OK(check_external_key(group.external_key(), group_info));
  TRY_OK(check_commitment(channel, group.exporter(), channel.at(), group_info));
  channel.member.emplace(std::move(group));
  return {};
}

// S2: nothing is sent until this person, who didn't change it himself, has seen who may come in now.
void note_admission(CoreState& state, Channel& channel, const policy::CommitVerdict& verdict) {
  bool by_me = verdict.committer.member == state.identity->self.member;
  if (!verdict.admission_changed || !channel.was_in || by_me) return;
  if (channel.unseen_admission) {
    channel.unseen_admission->by = verdict.committer.member;
  } else {
    channel.unseen_admission = UnseenAdmission{verdict.committer.member, channel.policy.encoded()};
  }
  channel.admission_to_accept = true;
  store_admission(*state.vault, channel);
}

void update_membership(CoreState& state, Channel& channel, const policy::CommitVerdict& verdict) {
  note_admission(state, channel, verdict);
  channel.policy = verdict.policy;
  for (const auto& added : verdict.added) {
    std::erase(channel.upkeep.shut_out, added.device);
    std::erase(channel.upkeep.stranded, added.device);
  }
  const auto& members = members_of(channel);
  std::erase_if(channel.leaving, [&](const MemberId& member) { return !members.contains(member); });
  channel.link_at.reset();
  channel.key_packages.clear();
  show(state, ChannelUpdated{channel.id});
}

Status enter_if_added(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq,
                      const record::CommitBody& body, const Judged& judged, Bytes welcome) {
  bool added = std::find(body.added.begin(), body.added.end(), state.identity->self.device) != body.added.end();
  if (!added || channel.in() || welcome.empty() || !has_leaf(channel, state.identity->self.device)) return {};
  auto joined = join_by_welcome(state, channel, judged.group_info, welcome);
  if (joined) {
    entered(state, channel);
    return learn_epoch(state, channel);
  }
  // A Welcome that doesn't open leaves this device outside: it enters by itself, or somebody adds it anew.
  if (!channel.shared()) report_welcome(state, channel, entry, seq, joined.error());
  if (joined.error().code != Code::missing_key) {
    Alarm alarm{joined.error().code,
                joined.error().rule,
                channel.id,
                judged.verdict.committer.device,
                channel.log.head().seq,
                {},
                std::move(welcome)};
    raise(state, std::move(alarm));
  }
  return {};
}

}  // namespace

Result<mls::RatchetTreeNodes> tree_nodes(const mls::PublicGroup& group) {
  codec::Writer w;
  group.tree().encode(w);
  return mls::decoded<mls::RatchetTreeNodes>(w.view());
}

Result<Commitment> commitment_in(const mls::ExtensionList& extensions) {
  const mls::Extension* extension = extensions.find(policy::archive_commitment_extension);
  if (extension == nullptr || extension->data.size() != Commitment::bytes) {
    return fail(Code::policy_violation, "archive commitment");
  }
  return Commitment(extension->data);
}

Status apply_create(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq,
                    const record::CreateBody& body) {
  TRY(auto group_info, group_info_in(body.group_info));
  TRY(auto group, mls::PublicGroup::join(group_info, nullptr, lifetime_policy()));
  TRY(auto policy, policy::ChannelPolicy::of(group.context().extensions));
  if (policy.channel != channel.id) return fail(Code::policy_violation, "channel id");
  auto view = state.book.roster.at(entry.header.roster.seq);
  const DeviceId& device = entry.header.device;
  record::GroupEpoch at{group.context().group_id, group.context().epoch};
  if (entry.header.at != at) return fail(Code::policy_violation, "create epoch");
  if (channel.group) {
    if (!policy.predecessor) return fail(Code::policy_violation, "second create");
    TRY_OK(judge_first_leaf(group, policy, *view, device));
    TRY_OK(judge_restart(channel, policy, *view, device, seq));
  } else {
    if (seq != Seq{1} || policy.predecessor) return fail(Code::policy_violation, "C1");
    TRY_OK(policy::may_create(policy, *view, device));
    TRY_OK(judge_first_leaf(group, policy, *view, device));
  }
  channel.policy = policy;
  TRY_OK(note_commitment(channel, at, group_info));
  bool ours = channel.member && channel.member->context() == group.context();
  if (ours) TRY_OK(check_commitment(channel, channel.member->exporter(), at, group_info));
  if (!ours && channel.member) left(state, channel);
  channel.group.emplace(std::move(group));
  channel.group_info = body.group_info;
  channel.leaving.clear();
  if (ours) {
    entered(state, channel);
    for (const MemberId& member : members_to_bring_back(state, channel)) {
      channel.changes.push_back({0, member, true, {}});
    }
    return learn_epoch(state, channel);
  }
  channel.state = ChannelState::visible;
  show(state, ChannelUpdated{channel.id});
  return {};
}

Status apply_commit(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq,
                    const record::CommitBody& body) {
  if (!channel.group) return fail(Code::policy_violation, "no create");
  Bytes commit = part_bytes(channel, body.commit);
  Bytes group_info = part_bytes(channel, body.group_info);
  TRY(auto message, mls::decoded<mls::MlsMessage>(commit));
  TRY(Judged judged, judge(state, channel, entry, message, group_info));
  auto merged = merge_member(channel, message, commit, judged);
  Ours ours = merged ? *merged : Ours::none;
  for (const auto& proposal : judged.staged.effect.proposals) {
    if (const auto* add = proposal.proposal->as<mls::Add>()) note_used(state, add->key_package);
  }
  note_turn(channel, seq);
  channel.group->merge(std::move(judged.staged));
  TRY_OK(note_commitment(channel, channel.at(), judged.group_info));
  channel.group_info = std::move(group_info);
  update_membership(state, channel, judged.verdict);
  channel.member_unsaved = channel.member_unsaved || ours != Ours::none;
  if (!merged) {
    stop_channel(state, channel, entry, seq, merged.error(), false);
  } else if (ours == Ours::removed) {
    left(state, channel);
  } else if (ours == Ours::stays) {
    bool by_us = judged.verdict.committer.device == state.identity->self.device;
    if (by_us) channel.upkeep.path_at = state.now;
    if (!channel.in()) entered(state, channel);
    TRY_OK(learn_epoch(state, channel));
  }
  if (body.link) add_link(state, channel, seq, *body.link);
  Bytes welcome = body.welcome ? part_bytes(channel, *body.welcome) : Bytes{};
  return enter_if_added(state, channel, entry, seq, body, judged, std::move(welcome));
}

}  // namespace encuentro::client::core
