// What several people must sign (PROTOCOL R5): the statements that wait at the server, counted again here, and this
// device's consent to them. The server decides nothing: what it withholds goes by another way, what it made up has no
// signature that counts.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

using MakeBody = std::function<Result<roster::Body>(CoreState&)>;
using OutcomeOf = std::function<Outcome(CoreState&, const roster::PendingStatement&)>;
using PlacedOutcome = std::function<Outcome(CoreState&, RosterSeq)>;

// What a statement is called (FORMATS §2): a hash of what it says, so that who names it can't be given another to sign.
RecordId statement_id(std::uint16_t type, BytesView body, Timestamp expires);

// Signs the body with all this profile has for it. If the roster takes it at the head it is appended and the command
// answered with `placed` (its place); else it is left at the server and answered with `left` (default: Proposed).
// Errors: threshold_not_met where nothing could be signed here; those of the roster and of calls 6 and 17.
void propose(CoreState& state, std::uint32_t ticket, MakeBody make, OutcomeOf left = {}, PlacedOutcome placed = {});
// Errors: not_found; not_allowed (this profile has nothing to sign it with; a re-entry, which is confirmed otherwise).
void approve(CoreState& state, std::uint32_t ticket, const Approve& command);

// Asks for what waits once in a session and every few hours; places what is enough and was signed here.
void advance_statements(CoreState& state);
std::optional<Timestamp> statements_wake(const CoreState& state);
// It stands in the roster: it waits no more.
void statement_placed(CoreState& state, const RecordId& id);

std::vector<WaitingStatement> waiting_statements(const CoreState& state);

// The entry that would place it at the head, by this device.
roster::RosterEntry entry_of(CoreState& state, const roster::PendingStatement& statement);
// Appends it; where the head doesn't take it yet, leaves it at the server for others.
struct Placing {
  bool of_another = false;  // begun by somebody else, who may be the only one to append it
  OutcomeOf left;
  PlacedOutcome placed;
};
void place_or_leave(CoreState& state, std::uint32_t ticket, const roster::PendingStatement& statement,
                    const Placing& how);
// The way that is nearest to its end.
roster::Support::Count nearest(const roster::Support& support);

}  // namespace encuentro::client::core
