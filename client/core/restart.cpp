#include "client/core/restart.h"

#include <algorithm>

#include "client/core/outbox.h"
#include "protocol/base/limits.h"
#include "protocol/crypto/hash.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

constexpr std::size_t turns_max = 64;

const Turn* turn_at(const Channel& channel, Seq seq) {
  auto found = std::find_if(channel.upkeep.turns.begin(), channel.upkeep.turns.end(),
                            [&](const Turn& turn) { return turn.seq == seq; });
  return found == channel.upkeep.turns.end() ? nullptr : &*found;
}

const Turn* turn_closing(const Channel& channel, const EpochKey& closed) {
  auto found = std::find_if(channel.upkeep.turns.begin(), channel.upkeep.turns.end(),
                            [&](const Turn& turn) { return turn.closed == closed; });
  return found == channel.upkeep.turns.end() ? nullptr : &*found;
}

void raise_at(CoreState& state, const Channel& channel, Seq seq, const DeviceId& device, const Error& why,
              Bytes evidence) {
  Alarm alarm;
  alarm.code = why.code;
  alarm.rule = why.rule;
  alarm.channel = channel.id;
  alarm.device = device;
  alarm.seq = seq;
  alarm.evidence = std::move(evidence);
  raise(state, std::move(alarm));
}

void queue_report(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why) {
  Bytes bytes = record::encode(entry);
  queue_entry(state, channel,
              record::ReportBody{seq, Hash32(crypto::sha256({bytes}).view()), static_cast<std::uint16_t>(why.code),
                                 std::string(std::string_view(why.rule).substr(0, limits::rule_bytes_max))});
}

void note(std::vector<DeviceId>& devices, const DeviceId& device) {
  if (std::find(devices.begin(), devices.end(), device) == devices.end()) devices.push_back(device);
}

// The predecessor names the place before the first Commit that isn't taken over: who made that one is out.
std::optional<DeviceId> offender_of(const Channel& channel, const policy::Predecessor& before) {
  Seq next = before.seq.next();
  bool passed = before.epoch < channel.group->context().epoch;
  bool refused_here = channel.upkeep.blind && channel.upkeep.rejected == next;
  if ((!passed && !refused_here) || next > channel.log.head().seq) return std::nullopt;
  return channel.log.place(next).device;
}

bool names_a_good_epoch(const Channel& channel, const policy::Predecessor& before, Seq seq) {
  const mls::GroupContext& last = channel.group->context();
  const Hash32* place = channel.log.hash_at(before.seq);
  bool stands = before.group_id == last.group_id && before.epoch <= last.epoch && before.seq < seq &&
                place != nullptr && *place == before.head;
  if (!stands) return false;
  if (before.epoch == last.epoch) return before.confirmed_transcript_hash == last.confirmed_transcript_hash;
  const Turn* turn = turn_closing(channel, {before.group_id, before.epoch.value});
  if (turn == nullptr) return channel.upkeep.turns.size() == turns_max;  // long ago: the log's hash says the same
  return equal(turn->transcript, before.confirmed_transcript_hash.view()) && turn->seq == before.seq.next();
}

}  // namespace

void note_turn(Channel& channel, Seq seq) {
  auto& turns = channel.upkeep.turns;
  if (turns.size() == turns_max) turns.erase(turns.begin());
  turns.push_back(
      {seq, EpochKey::of(channel.at()), to_bytes(channel.group->context().confirmed_transcript_hash.view())});
}

void stop_channel(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why,
                  bool blind) {
  bool was_in = channel.member && channel.member->is_active();
  channel.state = ChannelState::stopped;
  channel.upkeep.rejected = seq;
  channel.upkeep.blind = blind;
  channel.member.reset();
  channel.member_unsaved = channel.unsaved = true;
  drop_commits(state, channel);
  raise_at(state, channel, seq, entry.header.device, why, record::encode(entry));
  if (was_in) queue_report(state, channel, entry, seq, why);
  show(state, ChannelUpdated{channel.id});
}

void report_welcome(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why) {
  queue_report(state, channel, entry, seq, {Code::invalid_welcome, why.rule, 0, 0});
}

Status apply_report(CoreState& state, Channel& channel, const api::LogItem& item, const record::LogEntry& entry,
                    const record::ReportBody& body) {
  if (body.seq.value == 0 || body.seq >= item.seq) return fail(Code::policy_violation, "report");
  const Bytes& reported = channel.rows[body.seq.value - 1].entry;
  auto commit = record::decode_log_entry(reported);
  bool right = commit && Hash32(crypto::sha256({reported}).view()) == body.entry;
  auto parsed = right ? commit->parsed() : Result<record::Body>(fail(Code::malformed));
  const auto* made = parsed ? std::get_if<record::CommitBody>(&*parsed) : nullptr;
  if (made == nullptr) return fail(Code::policy_violation, "report");
  channel.upkeep.reported = std::max(channel.upkeep.reported, body.seq);
  bool added = std::find(made->added.begin(), made->added.end(), entry.header.device) != made->added.end();
  if (added && body.code == static_cast<std::uint16_t>(Code::invalid_welcome)) {
    note(channel.upkeep.stranded, entry.header.device);
  }
  if (entry.header.device != state.identity->self.device) {
    raise_at(state, channel, body.seq, commit->header.device, {Code::commit_reported, "C6", 0, 0}, item.entry);
  }
  return {};
}

Status judge_restart(Channel& channel, const policy::ChannelPolicy& policy, const roster::View& view,
                     const DeviceId& device, Seq seq) {
  TRY_OK(policy::may_restart(channel.policy, policy, view, device));
  const policy::Predecessor& before = *policy.predecessor;
  if (!names_a_good_epoch(channel, before, seq)) return fail(Code::policy_violation, "restart");
  auto offender = offender_of(channel, before);
  if (offender == device) return fail(Code::policy_violation, "restart by its offender");
  for (const DeviceId& inside : devices_of(channel)) channel.former.insert(inside);
  if (offender) {
    channel.former.erase(*offender);
    note(channel.upkeep.shut_out, *offender);
  }
  channel.upkeep.rejected = channel.upkeep.reported = Seq{};
  channel.upkeep.blind = false;
  channel.upkeep.stranded.clear();
  return {};
}

Result<policy::ChannelPolicy> restarted_policy(const Channel& channel) {
  const Upkeep& upkeep = channel.upkeep;
  Seq bad = upkeep.rejected.value != 0 ? upkeep.rejected : upkeep.reported;
  if (!channel.group || bad.value == 0) return fail(Code::not_allowed, "C7");
  policy::ChannelPolicy policy = channel.policy;
  Seq place{bad.value - 1};
  policy::Predecessor before;
  before.seq = place;
  before.head = *channel.log.hash_at(place);
  if (const Turn* turn = turn_at(channel, bad)) {
    before.group_id = turn->closed.group_id;
    before.epoch = Epoch{turn->closed.epoch};
    before.confirmed_transcript_hash = Digest(turn->transcript);
  } else if (upkeep.blind) {
    const mls::GroupContext& last = channel.group->context();
    before.group_id = last.group_id;
    before.epoch = last.epoch;
    before.confirmed_transcript_hash = last.confirmed_transcript_hash;
  } else {
    return fail(Code::not_allowed, "C7");
  }
  if (before.group_id != channel.group->context().group_id) return fail(Code::not_allowed, "C7");
  policy.predecessor = std::move(before);
  return policy;
}

std::set<MemberId> members_to_bring_back(const CoreState& state, const Channel& channel) {
  std::set<MemberId> members;
  if (channel.shared()) return members;
  auto view = state.newest();
  for (const DeviceId& device : channel.former) {
    if (auto known = view.device(device)) members.insert(known->member);
  }
  return members;
}

}  // namespace encuentro::client::core
