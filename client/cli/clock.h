// The edge's clock and how times are written: RFC 3339 in UTC for data, the reader's own zone for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/base/time.h"

namespace encuentro::client::cli {

Timestamp now();
// "2026-11-23T21:04:05Z"
std::string rfc3339(Timestamp time);
// "2026-11-23 18:04" in the zone of this machine.
std::string local_time(Timestamp time);
// "14d", "72h", "90m"; nullopt for anything else or over ten years.
std::optional<Duration> parse_duration(std::string_view text);
// "2026-12-31" (its end, UTC) or RFC 3339 in UTC with a final Z; nullopt for anything else.
std::optional<Timestamp> parse_time(std::string_view text);

}  // namespace encuentro::client::cli
