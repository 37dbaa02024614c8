// Checks of words that several verbs take: empty where the word will do, else an example of one that would (usage.h).
#pragma once

#include "client/cli/clock.h"
#include "client/cli/event_times.h"

namespace encuentro::client::cli {

inline std::string not_a_time(const std::string& text) {
  return parse_time(text) ? "" : "2026-05-04, 2026-05-04T15:00:00Z";
}
inline std::string not_an_event_time(const std::string& text) {
  return parse_event_time(text, "UTC") ? "" : "2026-05-04, 2026-05-04T15:00[Z]";
}
// How long before something.
inline std::string not_a_lead(const std::string& text) { return parse_duration(text) ? "" : "1d, 2h, 30m"; }

}  // namespace encuentro::client::cli
