// Keeping the whole roster, verified from the fingerprint (PROTOCOL R1 to R4), and appending to it.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// Whether all the server named is held, and nothing is wrong with it.
bool roster_current(const CoreState& state);
void advance_roster(CoreState& state);
// When advance_roster has something to do by the clock alone: a checkpoint, or the warning of R4.
std::optional<Timestamp> roster_wake(const CoreState& state);
void roster_pushed(CoreState& state, BytesView entry);
// A head the server tells against the own account.
void judge_server_head(CoreState& state, const record::RosterHead& head);
// Takes entries that were stored before. Errors: those of Roster::append; the store was damaged.
Status load_roster_entry(CoreState& state, BytesView entry);

// Somebody's date has come and this device's checkpoint is on its way: nothing else stands on the older head (R6).
bool date_waits(const CoreState& state);

// No entry of another member within 72 hours: nobody is added and no self-joined device gets a link (R4).
bool roster_stale(const CoreState& state);

// Appends at the head, again and again while others come first: `make` fills type, body and backing. `on_done` gets the
// place or the error, when the entry was read back.
using MakeEntry = std::function<Result<roster::RosterEntry>(CoreState&)>;
using OnPlaced = std::function<void(CoreState&, const Result<RosterSeq>&)>;
void append_to_roster(CoreState& state, MakeEntry make, OnPlaced on_done);

// An entry with this body at the head, unsigned and without backing.
roster::RosterEntry entry_at_head(CoreState& state, const roster::Body& body);

}  // namespace encuentro::client::core
