// What a board takes from whom: the Secretariat announces, names and keeps the calendar; everybody who may post
// acknowledges, answers and reacts.
#pragma once

#include <optional>

#include "protocol/content/content.h"
#include "protocol/policy/channel_policy.h"

namespace encuentro::client::core {

// `role`: of the author at the head the record names, nothing where the roster doesn't know them.
bool board_takes(policy::ChannelKind channel, content::Kind kind, std::optional<roster::Role> role);

}  // namespace encuentro::client::core
