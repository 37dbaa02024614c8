// The access sheet (PROTOCOL E7): a device of kind paper whose key is on the printed link alone. Whoever uses it logs
// in as that device and appends its one word for a new device of the same member.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Answers with LinkMade: the only copy of the sheet's key.
void add_sheet(CoreState& state, std::uint32_t ticket, const AddSheet& command);

crypto::Ed25519Key sheet_key(const roster::InviteLink& link);
// Errors: malformed (the key isn't that of the device the link names).
Status check_sheet(const roster::InviteLink& link);
// Whose sheet the entrance comes by. Errors: not_found, revoked, invite_used.
Result<MemberId> member_of_sheet(const CoreState& state, const Entrance& entrance);
// The sheet's word for this device, signed by both.
Result<roster::RosterEntry> make_sheet_vouch(CoreState& state, const Entrance& entrance);

}  // namespace encuentro::client::core
