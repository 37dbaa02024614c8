// Events written as a file would hold them, for tests.
#pragma once

#include <string>

#include "client/calendar/moment.h"

namespace encuentro::tests {

inline std::string vevent(const std::string& lines) {
  return "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\n" + lines + "END:VEVENT\r\n";
}

// A calendar with a VEVENT of UID "u" for each text of lines.
template <class... Events>
std::string event_text(const Events&... events) {
  return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + (vevent(events) + ...) + "END:VCALENDAR\r\n";
}

inline client::calendar::LocalSeconds at(const std::string& text) {
  return client::calendar::parse_moment(text)->local;
}

}  // namespace encuentro::tests
