// What the command does to an event: makes it, changes it whole, on one date or from one date on, takes dates out,
// calls it off. Properties nobody named stay as they were.
#pragma once

#include <optional>

#include "client/calendar/occurrences.h"
#include "protocol/base/bytes.h"

namespace encuentro::client::calendar {

// What is to be said; nothing keeps what stands. Empty texts take a property out.
struct EventWords {
  std::optional<std::string> title, place, link, description;
  std::optional<Moment> start, end;
  std::optional<std::string> rule;
  std::optional<std::vector<std::int64_t>> reminders_s;  // before the start
  std::optional<bool> deadline;
};

enum class Scope : std::uint8_t { whole, one_date, onwards };
struct Target {
  Scope scope = Scope::whole;
  Moment date;  // as Occurrence::id has it, for the other two
};

// Title and start are needed. `random` makes its UID. Errors: as EventObject::from.
Result<EventObject> make_event(const EventWords& words, BytesView random, UtcSeconds now);
// Moving the whole series takes its exceptions along. Errors: not_found (the series has no such date), malformed.
Result<EventObject> change_event(const EventObject& object, const EventWords& words, const Target& target,
                                 UtcSeconds now);
// The whole is marked as called off; one date is left out; from a date on the series ends before it.
Result<EventObject> cancel_event(const EventObject& object, const Target& target, UtcSeconds now);

}  // namespace encuentro::client::calendar
