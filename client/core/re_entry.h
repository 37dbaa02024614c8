// Re-entry (PROTOCOL E8): who has no device left makes keys on a new one and asks; two others hear six words from the
// person and sign; the entry that carries their signatures cuts the older devices.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

void make_re_entry_link(CoreState& state, std::uint32_t ticket, const MakeReEntryLink& command);

// The new device's side, with the identity already new: keeps request and keys, answers with ReEntryAsked, and connects
// again and again until it is known.
void ask_re_entry(CoreState& state, std::uint32_t ticket, const roster::InviteLink& link, const std::string& label);
ReEntryAsked asked_of(const CoreState& state);  // programmer error without a request
void re_entry_done(CoreState& state);

// Errors: malformed (no request, or no longer right), unknown_member; of confirming also not_found, not_allowed (R5:
// not of the same seat or the Secretariat; R-ROS-42: this person has signed, or is the one who comes back).
Result<roster::PendingStatement> read_re_entry_request(const CoreState& state, std::string_view text);
void confirm_re_entry(CoreState& state, std::uint32_t ticket, const ConfirmReEntry& command);

// Takes out the signatures of people who have no say in it: one of theirs would void all.
void keep_confirmers(const CoreState& state, const roster::DeviceBody& body, roster::Backing& backing);
// Shows ReEntered where the entry just taken is one of one's own seat.
void tell_re_entry(CoreState& state, const roster::RosterEntry& entry);

}  // namespace encuentro::client::core
