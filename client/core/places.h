// Where the network's server may be: what the roster says (FORMATS §2, `server`), and behind it the last place that
// worked, which may be a signpost: an old host that only reads out the roster.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// In the order to try. Each address of the entry with its present key, then with its next one. The last that worked
// comes first if the entry names it, else last. Empty without an identity.
std::vector<Place> places(const CoreState& state);
// After a connection that came to nothing: whether there is a further place to try at once; if not, the next round
// begins from the first.
bool further_place(CoreState& state);
// Logged in at `state.session.at`: the place counts from here on, also in links that are made.
void place_worked(CoreState& state);
// The roster, read to its end, says that the server is elsewhere. Once a round: where nobody answers there yet, one
// stays.
bool at_a_signpost(const CoreState& state);

void set_server(CoreState& state, std::uint32_t ticket, const SetServer& command);

}  // namespace encuentro::client::core
