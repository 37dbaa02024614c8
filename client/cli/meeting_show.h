// What the verbs of meetings print, and how words find one.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/catalogue.h"
#include "client/cli/telling.h"
#include "client/views/meetings.h"

namespace encuentro::client::cli {

struct FoundMeeting {
  ChannelId channel;
  views::MeetingEntry entry;
};

// Of every channel this device is in, by their first day.
std::vector<FoundMeeting> all_meetings(const core::Core& core);
// By the beginning of its id or its title. Errors: not_found, ambiguous.
Result<FoundMeeting> meeting_named(const core::Core& core, const std::string& words);

nlohmann::json json_of(const Telling& telling, const FoundMeeting& found);
std::string line_of(const FoundMeeting& found);
std::string text_of(const Telling& telling, const FoundMeeting& found, const Catalogue& words);

}  // namespace encuentro::client::cli
