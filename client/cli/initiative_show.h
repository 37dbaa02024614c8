// What the verbs of the archive print of an initiative, and how words find one.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/cli/telling.h"
#include "client/views/initiatives.h"

namespace encuentro::client::cli {

struct FoundInitiative {
  ChannelId channel;
  views::InitiativeEntry entry;
  bool drafts = false;  // in its country's drafts channel
};

// Of every channel this device is in, by date then id. A draft whose confirmed words stand where they were meant for is
// told there alone; what a country hasn't confirmed is told to it and the Secretariat alone.
std::vector<FoundInitiative> all_initiatives(const core::Core& core);
// By the beginning of its id or its title. Errors: not_found, ambiguous.
Result<FoundInitiative> initiative_named(const core::Core& core, std::string_view words);

std::string_view state_word(views::InitiativeState state);
// As the roster names it; the code where it doesn't; the network's name for none.
std::string country_name(const Telling& telling, std::string_view code, const Catalogue& words);

nlohmann::json json_of(const Telling& telling, const FoundInitiative& found);
std::string text_of(const Telling& telling, const FoundInitiative& found, const Catalogue& words);

}  // namespace encuentro::client::cli
