// Alarms as they are kept (PROTOCOL S5): which stand, what they stand against, and putting one aside that a person has
// looked at. core_state.h raises them.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// The log itself doesn't fit, so that what is held may be old or another than others'.
bool is_against_log(const Alarm& alarm);
// The server as a whole shows less than before, or serves another network.
bool is_against_server(const Alarm& alarm);
// Not put aside, and not of a state that has passed (a roster that is renewed again).
bool stands(const CoreState& state, const KeptAlarm& kept);
// What stands against this channel's log, in this connection or from before; Code::none: nothing.
Code alarm_against(const CoreState& state, const Channel& channel);
// channel_alarmed, its rule the alarm's word.
Error held_by_alarm(const CoreState& state, const Channel& channel);
// What stands against the server as a whole, or this profile.
Code network_alarm(const CoreState& state);

// Refused with not_allowed (rule "standing") while what it says still holds in this connection, with not_found for an
// unknown number.
void put_alarm_aside(CoreState& state, std::uint32_t ticket, const PutAlarmAside& command);

std::string aside_row(std::uint32_t number);
// A row "alarm/N" or "aside/N". Errors: malformed.
Status load_alarm(CoreState& state, std::string_view name, BytesView value);

}  // namespace encuentro::client::core
