// Dates, times and durations as they stand in a content line (RFC 5545 §3.3.4 to §3.3.6, §3.3.9).
#pragma once

#include <optional>

#include "client/calendar/component.h"
#include "client/calendar/zone.h"

namespace encuentro::client::calendar {

inline constexpr int year_min = 1600;
inline constexpr int year_max = 2199;

// A date, or a date with a time that is UTC's, a zone's or the reader's own ("floating").
struct Moment {
  LocalSeconds local = 0;
  bool date = false;
  bool utc = false;
  std::string tzid;  // as the file names it; empty: floating, UTC or a date
  friend bool operator==(const Moment&, const Moment&) = default;
};

// "20261124", "20261124T130000", "20261124T130000Z". Errors: malformed ("date").
Result<Moment> parse_moment(std::string_view value, std::string_view tzid = {});
// The value and zone of a line with one moment.
Result<Moment> moment_of(const ContentLine& line);
// All of EXDATE's or RDATE's; a PERIOD by its start (see periods_of).
struct Period {
  Moment start;
  std::optional<Moment> end;
  std::optional<std::int64_t> length_s;
};
Result<std::vector<Period>> periods_of(const ContentLine& line);

// "20261124T130000", with Z for UTC; "20261124" for dates.
std::string value_text(const Moment& moment);
// ";TZID=…" or ";VALUE=DATE" or nothing.
std::string parameters_of(const Moment& moment);

// Days are nominal (they follow the wall clock), the rest is exact.
struct Length {
  std::int64_t days = 0;
  std::int64_t seconds = 0;
  friend bool operator==(const Length&, const Length&) = default;
};
// "P1DT2H", "-PT15M", "P2W". Errors: malformed ("duration").
Result<Length> parse_length(std::string_view value);
std::string length_text(std::int64_t seconds);

}  // namespace encuentro::client::calendar
