// What the `doc` verbs print: the JSON objects of the contract, and the same as lines for a person.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/cli/sizes.h"
#include "client/cli/telling.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

nlohmann::json json_of(const Telling& telling, const ChannelId& channel, const views::Library& library,
                       const views::Document& document);
std::string text_of(const Telling& telling, const views::Library& library, const views::Document& document,
                    const Catalogue& words);

// `number` is the version's in the list, from 1.
nlohmann::json json_of(const Telling& telling, const views::Version& version, std::size_t number);
std::string text_of(const Telling& telling, const views::Version& version, std::size_t number, const Catalogue& words);

}  // namespace encuentro::client::cli
