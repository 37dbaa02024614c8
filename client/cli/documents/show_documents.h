// What the `doc` verbs print: the JSON objects of the contract, and the same as lines for a person.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/cli/sizes.h"
#include "client/cli/telling.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// `above`: the path through doors up to this library, empty or with a '/' at its end.
nlohmann::json json_of(const Telling& telling, const ChannelId& channel, const views::Library& library,
                       const views::Document& document, const std::string& above = {});
std::string text_of(const Telling& telling, const views::Library& library, const views::Document& document,
                    const Catalogue& words, const std::string& above = {});
// Of a folder with a door.
nlohmann::json json_of_door(const ChannelId& channel, const views::Library& library, const views::Folder& folder,
                            const views::SeenDoor& seen, const std::string& above);
std::string text_of_door(const views::Library& library, const views::Folder& folder, const views::SeenDoor& seen,
                         const Catalogue& words, const std::string& above);

// `number` is the version's in the list, from 1.
nlohmann::json json_of(const Telling& telling, const views::Version& version, std::size_t number);
std::string text_of(const Telling& telling, const views::Version& version, std::size_t number, const Catalogue& words);

}  // namespace encuentro::client::cli
