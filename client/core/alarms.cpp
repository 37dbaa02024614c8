#include "client/core/alarms.h"

#include "client/core/roster_sync.h"

namespace encuentro::client::core {
namespace {

constexpr std::string_view alarm_prefix = "alarm/";
constexpr std::string_view aside_prefix = "aside/";

// It would be found again at once.
bool holds_now(const CoreState& state, const Alarm& alarm) {
  if (!alarm.channel) {
    bool stale = alarm.code == Code::stale_roster && roster_stale(state);
    return state.book.stopped || stale || state.session.server_alarm == alarm.code;
  }
  auto found = state.channels.find(*alarm.channel);
  if (found == state.channels.end()) return false;
  const Channel& channel = *found->second;
  bool stopped_here = channel.state == ChannelState::stopped && channel.upkeep.rejected == alarm.seq;
  return stopped_here || (channel.alarmed && is_against_log(alarm));
}

}  // namespace

bool is_against_server(const Alarm& alarm) {
  return !alarm.channel && (alarm.code == Code::server_rolled_back || alarm.code == Code::wrong_network);
}

bool is_against_log(const Alarm& alarm) {
  if (!alarm.channel) return false;
  switch (alarm.code) {
    case Code::gap:
    case Code::fork:
    case Code::replayed:
    case Code::reordered:
    case Code::server_rolled_back:
      return true;
    default:
      return false;
  }
}

bool stands(const CoreState& state, const KeptAlarm& kept) {
  bool passed = kept.alarm.code == Code::stale_roster && !kept.alarm.channel && !roster_stale(state);
  return !kept.put_aside && !passed;
}

Code alarm_against(const CoreState& state, const Channel& channel) {
  bool stopped = channel.state == ChannelState::stopped;
  for (const auto& [number, kept] : state.alarms) {
    if (kept.alarm.channel != channel.id) continue;
    if (stopped && kept.alarm.seq == channel.upkeep.rejected) return kept.alarm.code;
    if (stands(state, kept) && is_against_log(kept.alarm)) return kept.alarm.code;
  }
  return stopped || channel.alarmed ? Code::policy_violation : Code::none;
}

Error held_by_alarm(const CoreState& state, const Channel& channel) {
  const char* rule = name(alarm_against(state, channel)).data();  // of a literal
  return {channel_alarmed, rule, 0, 0};
}

Code network_alarm(const CoreState& state) {
  if (state.rolled_back) return Code::rolled_back;
  if (state.book.stopped) return Code::fork;
  for (const auto& [number, kept] : state.alarms) {
    if (stands(state, kept) && is_against_server(kept.alarm)) return kept.alarm.code;
  }
  return Code::none;
}

void put_alarm_aside(CoreState& state, std::uint32_t ticket, const PutAlarmAside& command) {
  auto found = state.alarms.find(command.number);
  if (found == state.alarms.end()) return failed(state, ticket, {Code::not_found, "alarm", 0, 0});
  KeptAlarm& kept = found->second;
  if (holds_now(state, kept.alarm)) return failed(state, ticket, {Code::not_allowed, "standing", 0, 0});
  kept.put_aside = true;
  state.vault->put(aside_row(kept.number), {});
  if (kept.alarm.channel) show(state, ChannelUpdated{*kept.alarm.channel});
  done(state, ticket, Nothing{});
}

std::string aside_row(std::uint32_t number) { return std::string(aside_prefix) + std::to_string(number); }

Status load_alarm(CoreState& state, std::string_view name, BytesView value) {
  bool aside = name.starts_with(aside_prefix);
  std::uint32_t number = 0;
  for (char digit : name.substr(aside ? aside_prefix.size() : alarm_prefix.size())) {
    if (digit < '0' || digit > '9') return fail(Code::malformed, "row name");
    number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  }
  KeptAlarm& kept = state.alarms[number];
  kept.number = number;
  if (aside) {
    kept.put_aside = true;
    return {};
  }
  TRY(kept.alarm, decode_fields<Alarm>(value));
  return {};
}

}  // namespace encuentro::client::core
