// The ways in: founding a network (PROTOCOL F) and joining by a link (E), each up to the moment when this device stands
// in the roster and logs in as itself. A sheet's link is paper_access.h's, a re-entry's re_entry.h's.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void found_network(CoreState& state, std::uint32_t ticket, const FoundNetwork& command);
void join_network(CoreState& state, std::uint32_t ticket, const Join& command);

// A device of this profile with a name for itself. Errors: those of seal_name.
Result<roster::DeviceRecord> device_record(CoreState& state, const std::string& label);

// A link to this network, from here: without what it opens. A sheet's bears no name.
roster::InviteLink link_here(const CoreState& state, roster::InvitePurpose purpose);

// The server's answer to hello while an entrance is open.
void entrance_greeted(CoreState& state, const api::HelloReply& hello);
// The connection ended. What wasn't sent is given up and the profile left empty; what may have arrived is tried again.
void entrance_failed(CoreState& state, const Error& why);

}  // namespace encuentro::client::core
