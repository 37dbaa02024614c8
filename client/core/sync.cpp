#include "client/core/sync.h"

#include "client/core/commit_work.h"
#include "client/core/hand_back.h"
#include "client/core/history.h"
#include "client/core/key_packages.h"
#include "client/core/log_sync.h"
#include "client/core/outbox.h"
#include "client/core/places.h"
#include "client/core/re_entry.h"
#include "client/core/roster_sync.h"
#include "client/core/session.h"
#include "client/core/statements.h"

namespace encuentro::client::core {
namespace {

// One attempt may fall into a server's restart; who asks to be up to date is told after the second.
constexpr std::uint32_t attempts_before_unreachable = 2;
constexpr int rounds_max = 1000;  // a bound against a mistake of ours, never met

bool up_to_date(const Channel& channel) {
  return channel.caught_up() && !channel.alarmed && !channel.fetching && channel.listed && !channel.server_lacks;
}

// A channel's work, one thing at a time: first what others are owed, then what we have to say.
void advance_channel(CoreState& state, Channel& channel) {
  if (channel.alarmed || channel.state == ChannelState::stopped) answer_alarmed(state, channel);
  // Who was put out while away isn't even told of the channel any more; only a restored server may yet be given it
  // back.
  if (barred(state, channel) && !state.past.lacks && channel.state != ChannelState::joining) {
    refuse_waiting(state, channel, {Code::removed_from_group, "", 0, 0});
  }
  if (!up_to_date(channel) || channel.appending) return;
  if (channel.state == ChannelState::stopped) {
    flush_outbox(state, channel);
    return;
  }
  if (channel.in()) {
    if (advance_membership(state, channel)) return;
    if (!handshake_waits(channel) && has_leaves_to_remove(state, channel)) return;
    if (!handshake_waits(channel)) mend_links(state, channel);
  } else {
    enter_by_oneself(state, channel);
    if (channel.state == ChannelState::out && !may_enter(state, channel)) {
      refuse_waiting(state, channel, {Code::removed_from_group, "", 0, 0});
    }
  }
  flush_outbox(state, channel);
}

void advance_goals(CoreState& state) {
  auto goals = std::move(state.goals);
  state.goals.clear();
  std::vector<Goal> open;
  for (Goal& goal : goals) {
    if (!goal(state)) {
      open.push_back(std::move(goal));
    } else {
      state.changed = true;
    }
  }
  // Goals may have set others.
  open.insert(open.end(), std::make_move_iterator(state.goals.begin()), std::make_move_iterator(state.goals.end()));
  state.goals = std::move(open);
}

// Whether the device's own leaf came in here by a link of ours that is still missing: worth a moment's wait.
bool channel_quiet(const CoreState& state, const Channel& channel) {
  if (channel.alarmed) return true;
  if (channel.server_lacks) return false;
  if (channel.held_up && channel.caught_up() && !channel.appending) return true;
  if (channel.state == ChannelState::stopped) return channel.caught_up() && !channel.appending;
  if (!channel.listed) return channel.state != ChannelState::joining;
  if (!follows(state, channel)) return true;
  if (!channel.caught_up() || channel.fetching || channel.appending) return false;
  if (may_enter(state, channel) || channel.state == ChannelState::joining) return false;
  if (!channel.in()) return true;
  if (handshake_waits(channel) || !channel.changes.empty() || channel.link_at) return false;
  return channel.admission_to_accept || !anything_waits(channel);
}

}  // namespace

bool all_quiet(const CoreState& state) {
  if (!ready(state) || !roster_current(state) || !state.session.channels_listed) return false;
  if (state.past.lacks && state.book.server_head.seq < state.book.roster.head().seq) return false;
  if (state.putting_key_packages || state.key_packages.empty()) return false;
  if (date_waits(state) || !state.statements.read || state.statements.placing) return false;
  for (const auto& [id, channel] : state.channels) {
    if (!channel_quiet(state, *channel)) return false;
  }
  return true;
}

bool barred(const CoreState& state, const Channel& channel) { return state.session.channels_listed && !channel.listed; }

void advance(CoreState& state) {
  for (int round = 0; round < rounds_max; ++round) {
    state.changed = false;
    if (state.rolled_back) return advance_goals(state);  // nothing else goes on: whoever waits is told so
    advance_roster(state);
    if (ready(state) && roster_current(state) && !handing_back_roster(state)) {
      if (!state.identity->entered && state.newest().device(state.identity->self.device)) {
        state.identity->entered = true;
        state.vault->put("_identity", state.identity->encode().view());
        re_entry_done(state);
      }
      if (at_a_signpost(state)) {
        state.session.signpost_left = true;
        reconnect(state);
        continue;
      }
      advance_key_packages(state);
      advance_logs(state);
      advance_hand_back(state);
      advance_statements(state);
      if (!date_waits(state)) {
        for (auto& [id, channel] : state.channels) advance_channel(state, *channel);
      }
      if (all_quiet(state)) show_session(state, SessionState::online);
    }
    advance_goals(state);
    if (!state.changed) return;
  }
}

void sync(CoreState& state, std::uint32_t ticket) {
  state.statements.again_at = state.now;  // what waits for several isn't pushed
  state.goals.push_back([ticket](CoreState& s) {
    if (failed_for_good(s, ticket)) return true;
    if (s.session.step == Session::Step::idle && s.session.failures >= attempts_before_unreachable) {
      failed(s, ticket, {Code::unreachable, "", 0, 0});
      return true;
    }
    if (!all_quiet(s)) return false;
    done(s, ticket, Nothing{});
    return true;
  });
}

}  // namespace encuentro::client::core
