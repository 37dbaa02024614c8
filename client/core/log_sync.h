// Bringing each channel's log up to the server's head, strictly in order; naming what doesn't fit (PROTOCOL S4, S5).
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

// Lists and subscribes once a connection, then reads what is behind.
void advance_logs(CoreState& state);

void entry_pushed(CoreState& state, const api::EntryPush& push);
void log_lagged(CoreState& state, const ChannelId& channel);
void channel_announced(CoreState& state, const api::ChannelHead& head);
// The server said that the log goes up to there at least.
void log_reaches(Channel& channel, const record::LogHead& head);

// The channel of that id, made if it isn't known.
Channel& channel_for(CoreState& state, const ChannelId& id);
// Whether this device follows the log: it is in, or was asked in, or may enter by itself.
bool follows(const CoreState& state, const Channel& channel);
std::optional<Timestamp> logs_wake(const CoreState& state);

}  // namespace encuentro::client::core
