// Calendars as files of other programs: what comes in becomes events of a channel, what goes out is one VCALENDAR.
#pragma once

#include "client/cli/event_show.h"

namespace encuentro::client::cli {

// The record that adds `object`, changes the event of its UID, or nothing where it already stands so. `version` is what
// stands in the channel now. Errors: too_large, malformed.
Result<std::optional<content::Event>> record_for(const calendar::EventObject& object,
                                                 const views::CalendarEvent* standing);

// Events whose object can't be read as a calendar are left out.
std::string calendar_text(const std::vector<OpenedEvent>& events, std::string_view title);

// A whole file of another program, at most calendar::file_bytes_max. Errors: not_found, too_large.
Result<std::string> read_calendar_file(const std::string& file);
// To standard output as it is.
Status write_calendar(const std::string& text);

}  // namespace encuentro::client::cli
