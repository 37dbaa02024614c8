// What has become possible after an input, and whether everything is done.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Goes round until nothing more can be done without another input.
void advance(CoreState& state);
// Online, roster current, every followed channel read to its end and entered where it lets one in, outbox empty.
bool all_quiet(const CoreState& state);
// The server was asked and doesn't name the channel any more: whatever was last seen there, this device isn't in.
bool barred(const CoreState& state, const Channel& channel);
void sync(CoreState& state, std::uint32_t ticket);

}  // namespace encuentro::client::core
