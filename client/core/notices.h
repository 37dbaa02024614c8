// Notices outside the space: the server keeps a sealed address and an interval (PROTOCOL N).
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void set_notices(CoreState& state, std::uint32_t ticket, const SetNotices& command);
void show_notices(CoreState& state, std::uint32_t ticket);

}  // namespace encuentro::client::core
