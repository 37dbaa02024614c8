// A server that was restored from a backup: noticed by its generation, said once, and given back what it lost and this
// device holds, in the order it had (PROTOCOL H).
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"
#include "protocol/api/session.h"

namespace encuentro::client::core {

// At each login. Another generation than before: KeyPackages are made anew, and a shorter log is no alarm until this
// device has handed back what it holds.
void generation_told(CoreState& state, std::uint64_t generation, const record::RosterHead& told);
// Before login, where this device isn't known at the head the server greets with: it hands back the entries that make
// it known. True: they are on their way, `log_in` comes after them.
using LogIn = std::function<void(CoreState&, const api::HelloReply&)>;
bool hand_back_before_login(CoreState& state, const api::HelloReply& greeting, const LogIn& log_in);

// The roster first: true while it is being handed back, and nothing else is done.
bool handing_back_roster(CoreState& state);
// The server names an earlier end of a log than is known. True: it will be handed back, which is no alarm.
bool will_hand_back(CoreState& state, Channel& channel, const record::LogHead& told);
// Goes on with the channels; when nothing is left, a shorter log is an alarm again.
void advance_hand_back(CoreState& state);
std::optional<Timestamp> hand_back_wake(const CoreState& state);

Status load_server_past(CoreState& state, BytesView value);

}  // namespace encuentro::client::core
