// The network's root keys: making one on this device, and proposing who holds them from here on (FORMATS §2, roots).
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Errors: not_allowed (a browser's storage holds no root key), too_many.
void make_root_key(CoreState& state, std::uint32_t ticket);
// Errors: malformed (not keys, twice the same, a threshold that they can't meet), and those of propose().
void propose_roots(CoreState& state, std::uint32_t ticket, const ProposeRoots& command);

}  // namespace encuentro::client::core
