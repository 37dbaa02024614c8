#include "client/core/core_state.h"

namespace encuentro::client::core {

void show(CoreState& state, Event event) { state.effects.show.push_back(std::move(event)); }

void done(CoreState& state, std::uint32_t ticket, Outcome outcome) {
  if (ticket != 0) show(state, Done{ticket, std::move(outcome)});
}

void failed(CoreState& state, std::uint32_t ticket, const Error& error) {
  if (ticket != 0) show(state, Failed{ticket, {error.code, error.rule, error.expected, error.got}});
}

bool failed_for_good(CoreState& state, std::uint32_t ticket) {
  Error why = state.session.refused;
  if (state.rolled_back) why = {Code::rolled_back, "S5", 0, 0};
  if (state.book.stopped) why = {Code::fork, "R3", 0, 0};
  if (why.code == Code::none) return false;
  failed(state, ticket, why);
  return true;
}

void raise(CoreState& state, Alarm alarm) {
  alarm.time = state.now;
  auto same = [&](const Alarm& known) {
    return known.code == alarm.code && known.channel == alarm.channel && known.seq == alarm.seq &&
           known.device == alarm.device && known.evidence == alarm.evidence;
  };
  for (const Alarm& known : state.alarms) {
    if (same(known)) return;
  }
  if (state.vault) state.vault->put("alarm/" + std::to_string(state.alarms.size()), encode_fields(alarm));
  state.alarms.push_back(alarm);
  show(state, std::move(alarm));
}

}  // namespace encuentro::client::core
