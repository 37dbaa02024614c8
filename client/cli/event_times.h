// How a person writes an event's times on the command line, and how they are shown: on the event's own clock and the
// reader's, and for a deadline on the clock of the reader's capital.
#pragma once

#include <optional>
#include <string>

#include "client/calendar/occurrences.h"
#include "client/cli/catalogue.h"
#include "protocol/base/time.h"

namespace encuentro::client::cli {

// "2026-12-01" (a whole day), "2026-12-01T10:00[:SS]" on the clock of `zone`, with a final Z in UTC (shown on that of
// `zone`). nullopt for anything else, and for a zone this machine doesn't have.
std::optional<calendar::Moment> parse_event_time(std::string_view text, const std::string& zone);
// A day or instant as the end or start of a window, on the reader's clock.
std::optional<calendar::UtcSeconds> parse_window(std::string_view text, const calendar::Zone& reader);

// JSON's form: RFC 3339 in UTC, or a date for whole days.
std::string data_time(const calendar::Moment& moment, calendar::UtcSeconds utc);
// "lu 2026-12-01".
std::string day_text(calendar::LocalSeconds local, const Catalogue& words);
// "mar 2026-12-01 10:00–11:30 America/Sao_Paulo (07:00–08:30 America/Mexico_City)"; days alone for whole days.
std::string span_text(const calendar::Occurrence& occurrence, calendar::ZoneBook& zones, const Catalogue& words);
// "mar 2026-12-01 10:00".
std::string clock_text(calendar::LocalSeconds local, const Catalogue& words);

bool on_weekend(calendar::LocalSeconds local);

}  // namespace encuentro::client::cli
