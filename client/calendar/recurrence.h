// The dates a rule names (RRULE, RFC 5545 §3.3.10), by libical, in the event's own wall clock. What a rule may cost is
// known before it is asked: its steps between its start and the window's end, and the dates it may give.
#pragma once

#include "client/calendar/moment.h"

namespace encuentro::client::calendar {

inline constexpr std::size_t rule_bytes_max = 1024;
inline constexpr std::int64_t rule_steps_max = 500'000;
inline constexpr std::size_t rule_dates_max = 20'000;

struct RuleDates {
  std::vector<LocalSeconds> dates;  // ascending
  bool cut = false;                 // there would be more in the window: the bound was reached
};

// Whether libical reads it and its form is one this program takes. Errors: malformed ("rule"), too_large.
Status check_rule(std::string_view rule);
// From the start (which need not be one of them) to `last`. UNTIL in UTC is read in `zone`, where the start's clock is.
// Errors: malformed, too_large (rule: "rule steps": it would take more than rule_steps_max).
Result<RuleDates> rule_dates(std::string_view rule, const Moment& start, const Zone& zone, LocalSeconds last);

}  // namespace encuentro::client::calendar
