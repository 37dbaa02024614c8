// What stands in the way in a channel: alarms, records that can't be shown, a change of who may come in that this
// person hasn't agreed to yet. Said where it is listed and where something is read or sent.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/core/core.h"

namespace encuentro::client::cli {

// For what reads, after it has printed what is held: channel_alarmed where an alarm stands against this channel's log
// (or any followed one's) or against the server; Error::rule is the alarm's word.
Status in_order(const core::Core& core, const ChannelId& channel);
Status in_order(const core::Core& core);

// Who changed it and what ("+XA, -BR, +Ana Prueba"), to be filled into channel.admission_changed and hint of
// admission_changed. Empty where nothing is to be agreed to.
Arguments admission_words(const core::Core& core, const core::ChannelLook& look, const Catalogue& words);
// {by, countries_added, countries_removed, roles_added, ...}; null where nothing is to be agreed to.
nlohmann::json admission_json(const core::Core& core, const core::ChannelLook& look);

}  // namespace encuentro::client::cli
