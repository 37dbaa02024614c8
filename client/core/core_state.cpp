#include "client/core/core_state.h"

#include "client/core/alarms.h"

namespace encuentro::client::core {
namespace {

// A log that doesn't fit is found anew at every connection, with the server's newest head in the evidence.
bool same_alarm(const KeptAlarm& kept, const Alarm& found) {
  const Alarm& known = kept.alarm;
  bool alike = known.code == found.code && known.channel == found.channel && known.rule == found.rule &&
               known.device == found.device;
  if (alike && !kept.put_aside && (is_against_log(found) || is_against_server(found))) return true;
  return alike && known.seq == found.seq && known.evidence == found.evidence;
}

void stand_again(CoreState& state, KeptAlarm& kept) {
  kept.put_aside = false;
  if (state.vault) state.vault->erase(aside_row(kept.number));
  show(state, kept.alarm);
}

}  // namespace

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
  for (auto& [number, kept] : state.alarms) {
    if (!same_alarm(kept, alarm)) continue;
    if (kept.put_aside) stand_again(state, kept);
    return;
  }
  std::uint32_t number = state.alarms.empty() ? 0 : state.alarms.rbegin()->first + 1;
  if (state.vault) state.vault->put("alarm/" + std::to_string(number), encode_fields(alarm));
  state.alarms.emplace(number, KeptAlarm{number, alarm, false});
  show(state, std::move(alarm));
}

}  // namespace encuentro::client::core
