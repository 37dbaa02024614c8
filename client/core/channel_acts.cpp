#include "client/core/channel_acts.h"

#include <algorithm>

#include "client/core/alarms.h"
#include "client/core/commit_work.h"
#include "client/core/key_packages.h"
#include "client/core/log_sync.h"
#include "client/core/outbox.h"
#include "client/core/restart.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/sync.h"
#include "protocol/base/limits.h"
#include "protocol/policy/policy.h"

namespace encuentro::client::core {
namespace {

Result<policy::ChannelPolicy> policy_of(CoreState& state, const CreateChannel& command) {
  policy::PolicyWish wish;
  wish.channel = state.fresh_id<ChannelId>();
  wish.creator = state.identity->self.member;
  wish.kind = command.kind;
  wish.history = command.history;
  wish.self_join = command.self_join;
  for (const std::string& code : command.countries) {
    auto country = roster::Country::parse(code);
    if (!country) return fail(Code::malformed, "country");
    wish.countries.push_back(*country);
  }
  wish.roles = command.roles;
  wish.members = command.members;
  bool named = command.kind == policy::ChannelKind::direct || !command.members.empty();
  bool with_me = std::find(wish.members.begin(), wish.members.end(), wish.creator) != wish.members.end();
  if (named && !with_me) wish.members.push_back(wish.creator);
  return policy::make_policy(wish);
}

Result<record::LogEntry> first_entry(CoreState& state, Channel& channel, const policy::ChannelPolicy& policy) {
  std::array<std::uint8_t, 32> group_id;
  state.random->fill(group_id);
  mls::member::CreateParameters parameters;
  parameters.group_id = to_bytes(group_id);
  parameters.extensions = context_extensions(policy);
  parameters.identity = leaf_identity(state);
  parameters.lifetime = leaf_lifetime(state.now);
  TRY(auto group, mls::member::Group::create(std::move(parameters), *state.random));
  auto archive = archive_extension(group.context().group_id, group.epoch(), channel.shared());
  TRY(auto extensions, archive(group.exporter()));
  TRY(Bytes group_info, group.group_info(extensions, true));
  const Self& self = state.identity->self;
  record::EntryHeader header{self.network,
                             channel.id,
                             {group.context().group_id, group.epoch()},
                             self.device,
                             state.fresh_id<RecordId>(),
                             state.roster_head(),
                             channel.log.head()};
  channel.member.emplace(std::move(group));
  channel.member_unsaved = true;
  return record::sign_entry(header, record::CreateBody{std::move(group_info)}, state.identity->key);
}

// Answers when the channel stands with its title and who was to be added was, or when it was refused.
void answer_when_made(CoreState& state, std::uint32_t ticket, const ChannelId& id) {
  state.goals.push_back([ticket, id](CoreState& s) {
    Channel* channel = s.channel(id);
    if (channel == nullptr || channel->last_refusal) {
      failed(s, ticket, channel == nullptr ? Error{Code::unknown_channel, "", 0, 0} : *channel->last_refusal);
      if (channel != nullptr && !channel->group) s.channels.erase(id);
      return true;
    }
    if (!channel->in() || !channel->changes.empty() || anything_waits(*channel)) return false;
    done(s, ticket, ChannelCreated{id});
    return true;
  });
}

// Once the roster is current: the policy judged, the group made, its first entry, title and members queued.
void make_channel(CoreState& state, std::uint32_t ticket, const policy::ChannelPolicy& policy, const std::string& title,
                  const std::vector<MemberId>& members) {
  if (auto may = policy::may_create(policy, state.newest(), state.identity->self.device); !may) {
    return failed(state, ticket, may.error());
  }
  Channel& channel = channel_for(state, policy.channel);
  channel.policy = policy;
  channel.state = ChannelState::joining;
  channel.listed = true;
  auto entry = first_entry(state, channel, policy);
  if (!entry) {
    state.channels.erase(policy.channel);
    return failed(state, ticket, entry.error());
  }
  channel.unsaved = true;
  queue_handshake(state, channel, *entry);
  content::Content info;
  info.time = state.now;
  info.title = title;
  queue_content(state, channel, 0, content::Kind::channel_info, info);
  for (const MemberId& member : members) channel.changes.push_back({0, member, true, {}});
  if (ticket != 0) answer_when_made(state, ticket, policy.channel);
}

// The new group, its first entry queued. The old one's keys stay: its records are linked from the new one.
Status begin_restart(CoreState& state, Channel& channel) {
  TRY(auto policy, restarted_policy(channel));
  TRY_OK(policy::may_restart(channel.policy, policy, state.newest(), state.identity->self.device));
  drop_commits(state, channel);
  channel.last_refusal.reset();
  TRY(auto entry, first_entry(state, channel, policy));
  channel.state = ChannelState::joining;
  channel.unsaved = true;
  queue_handshake(state, channel, entry);
  return {};
}

void answer_when_restarted(CoreState& state, std::uint32_t ticket, const ChannelId& id) {
  state.goals.push_back([ticket, id](CoreState& s) {
    Channel* channel = s.channel(id);
    if (channel->last_refusal) {
      failed(s, ticket, *channel->last_refusal);
      return true;
    }
    if (!channel->in() || handshake_waits(*channel) || !channel->changes.empty()) return false;
    done(s, ticket, ChannelChanged{id, channel->at().epoch, {}});
    return true;
  });
}

// The change is made when the log is read up to its end; who may is judged then, and again by everybody.
void change_members(CoreState& state, std::uint32_t ticket, const ChannelId& id, const MemberId& member, bool add) {
  state.goals.push_back([=](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s) || !s.session.channels_listed) return false;
    Channel* channel = s.channel(id);
    if (channel == nullptr) {
      failed(s, ticket, {Code::unknown_channel, "", 0, 0});
      return true;
    }
    if (!channel->caught_up() && channel->listed && !channel->alarmed) return false;
    if (channel->alarmed) {
      failed(s, ticket, held_by_alarm(s, *channel));
      return true;
    }
    if (!channel->in() || barred(s, *channel)) {
      failed(s, ticket, {Code::not_admitted, "", 0, 0});
      return true;
    }
    channel->changes.push_back({ticket, member, add, {}});
    s.changed = true;
    return true;
  });
}

}  // namespace

void create_channel(CoreState& state, std::uint32_t ticket, const CreateChannel& command) {
  if (command.title.size() > limits::title_bytes_max) {
    return failed(state, ticket, {Code::too_large, "title", limits::title_bytes_max, command.title.size()});
  }
  auto policy = policy_of(state, command);
  if (!policy) return failed(state, ticket, policy.error());
  create_channel_with(state, ticket, std::move(*policy), command.title, command.members);
}

void create_channel_with(CoreState& state, std::uint32_t ticket, policy::ChannelPolicy policy, const std::string& title,
                         const std::vector<MemberId>& members) {
  state.goals.push_back([=](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s)) return false;
    make_channel(s, ticket, policy, title, members);
    return true;
  });
}

void add_to_channel(CoreState& state, std::uint32_t ticket, const AddToChannel& command) {
  change_members(state, ticket, command.channel, command.member, true);
}

void remove_from_channel(CoreState& state, std::uint32_t ticket, const RemoveFromChannel& command) {
  change_members(state, ticket, command.channel, command.member, false);
}

void leave_channel(CoreState& state, std::uint32_t ticket, const LeaveChannel& command) {
  Channel* channel = state.channel(command.channel);
  if (channel == nullptr) return failed(state, ticket, {Code::unknown_channel, "", 0, 0});
  if (!channel->in() || barred(state, *channel)) return failed(state, ticket, {Code::not_admitted, "", 0, 0});
  RecordId id = queue_entry(state, *channel, record::LeaveBody{}, ticket);
  show(state, Queued{ticket, command.channel, id});
}

void restart_channel(CoreState& state, std::uint32_t ticket, const RestartChannel& command) {
  state.goals.push_back([ticket, id = command.channel](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (!ready(s) || !roster_current(s) || !s.session.channels_listed) return false;
    Channel* channel = s.channel(id);
    if (channel == nullptr || !channel->group) {
      failed(s, ticket, {Code::unknown_channel, "", 0, 0});
      return true;
    }
    if (!channel->alarmed && channel->listed && (!channel->caught_up() || channel->appending)) return false;
    if (auto begun = begin_restart(s, *channel); !begun) {
      failed(s, ticket, begun.error());
      return true;
    }
    answer_when_restarted(s, ticket, id);
    return true;
  });
}

void accept_admission(CoreState& state, std::uint32_t ticket, const AcceptAdmission& command) {
  Channel* channel = state.channel(command.channel);
  if (channel == nullptr) return failed(state, ticket, {Code::unknown_channel, "", 0, 0});
  channel->admission_to_accept = false;
  channel->unseen_admission.reset();
  store_admission(*state.vault, *channel);
  channel->unsaved = true;
  show(state, ChannelUpdated{channel->id});
  state.changed = true;
  done(state, ticket, Nothing{});
}

}  // namespace encuentro::client::core
