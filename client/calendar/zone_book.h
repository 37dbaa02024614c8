// The zones a calendar names, each found once: by its TZID on this machine where that is known (rules change, and a
// file carries those of its day), else as the file's own VTIMEZONE says; and a VTIMEZONE for what goes out.
#pragma once

#include <map>

#include "client/calendar/component.h"
#include "client/calendar/moment.h"

namespace encuentro::client::calendar {

class ZoneBook {
 public:
  // Holds on to `calendar`'s VTIMEZONEs by value. Floating times are `reader`'s.
  ZoneBook(const Component& calendar, Zone reader);

  // Errors: not_found (neither this machine nor the calendar knows it), malformed, too_large (a VTIMEZONE's rules).
  Result<const Zone*> zone(const std::string& tzid);
  // Of a moment: UTC, its zone, or the reader's for floating ones and dates.
  Result<const Zone*> zone_of(const Moment& moment);
  Result<UtcSeconds> utc(const Moment& moment);
  const Zone& reader() const { return reader_; }

 private:
  std::vector<Component> own_;
  Zone reader_;
  Zone utc_ = Zone::utc();
  std::map<std::string, Zone, std::less<>> found_;
};

// A zone from a file's VTIMEZONE (RFC 5545 §3.6.5). Errors: malformed, too_large.
Result<Zone> zone_from(const Component& timezone);
// The VTIMEZONE of a zone for times from `from` on: one part a change, and a rule for what goes on yearly.
Component timezone_component(const Zone& zone, UtcSeconds from);

}  // namespace encuentro::client::calendar
