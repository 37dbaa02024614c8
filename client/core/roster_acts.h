// The commands that write into the roster: countries, invitations, confirming, revoking, offices that end or pass on
// (PROTOCOL E, FORMATS §3).
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void add_country(CoreState& state, std::uint32_t ticket, const AddCountry& command);
void invite(CoreState& state, std::uint32_t ticket, const Invite& command);
void add_device(CoreState& state, std::uint32_t ticket, const AddDevice& command);
void confirm(CoreState& state, std::uint32_t ticket, const Confirm& command);
void revoke_device(CoreState& state, std::uint32_t ticket, const RevokeDevice& command);
void revoke_member(CoreState& state, std::uint32_t ticket, const RevokeMember& command);
void revoke_invite(CoreState& state, std::uint32_t ticket, const RevokeInvite& command);
void set_country_status(CoreState& state, std::uint32_t ticket, const SetCountryStatus& command);
void relieve(CoreState& state, std::uint32_t ticket, const Relieve& command);
void end_role(CoreState& state, std::uint32_t ticket, const EndRole& command);

}  // namespace encuentro::client::core
