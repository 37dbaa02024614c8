// What the calendar's verbs print: JSON objects of the contract, and the same as lines for a person.
#pragma once

#include <nlohmann/json.hpp>

#include "client/cli/event_times.h"
#include "client/cli/show.h"
#include "client/views/calendar.h"

namespace encuentro::client::cli {

// Who reads: the zone the times are shown in, and that of the capital (empty without a country).
struct Reader {
  calendar::Zone zone;
  std::string capital;
};
// `zone` empty: this machine's. Errors: not_found (no such zone).
Result<Reader> reader_of(const core::Core& core, const std::string& zone);

// An event of a channel with its object opened.
struct OpenedEvent {
  ChannelId channel;
  views::CalendarEvent event;
  std::optional<calendar::EventObject> object;  // nothing: what stands can't be read as a calendar
  Code problem = Code::none;
};
OpenedEvent opened(const ChannelId& channel, views::CalendarEvent event);
// Of one channel or all, in the order of the channels and their logs.
std::vector<OpenedEvent> opened_events(const core::Core& core, const std::optional<ChannelId>& only);
// By id, the beginning of one, or title. Errors: not_found, ambiguous.
Result<OpenedEvent> event_named(const core::Core& core, std::string_view words);

std::string_view attendance_word(content::Attendance attendance);

// One line of the list: the event at one of its dates (the first, where no window was asked for).
nlohmann::json json_of(const Telling& telling, const OpenedEvent& opened, const calendar::Occurrence* occurrence,
                       const Reader& reader);
std::string text_of(const Telling& telling, const OpenedEvent& opened, const calendar::Occurrence* occurrence,
                    const Reader& reader, const Catalogue& words);

// Who did what to it, and what each act changed.
nlohmann::json history_json(const Telling& telling, const OpenedEvent& opened);
std::string history_text(const Telling& telling, const OpenedEvent& opened, const Catalogue& words);

}  // namespace encuentro::client::cli
