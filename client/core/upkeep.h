// What a channel needs though nobody asks: every device that is online changes its path of keys at least weekly, and
// whoever may remove takes out devices that were silent for 90 days (design 4, Commits).
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// This device's path is a week old: it makes a Commit, if only for that.
bool path_due(const CoreState& state, const Channel& channel);
// Leaves of devices of which the log has had nothing for 90 days, by the server's times. Whoever is online writes at
// least its weekly Commit, so a device that only reads isn't among them. Empty where this device may not remove.
std::vector<mls::LeafIndex> idle_leaves(const CoreState& state, const Channel& channel);
// Nothing where it is due already: then the next input does it.
std::optional<Timestamp> upkeep_wake(const CoreState& state, const Channel& channel);

}  // namespace encuentro::client::core
