// When an event takes place within a window: its rule (RRULE), further dates (RDATE), dates left out (EXDATE), moved or
// changed single ones (RECURRENCE-ID) and changes from one date on (RANGE=THISANDFUTURE), as RFC 5545 §3.8.4.4 and
// §3.8.5 have them.
#pragma once

#include "client/calendar/event_object.h"

namespace encuentro::client::calendar {

struct Occurrence {
  const Component* event = nullptr;  // the VEVENT that says what it is: the series or an exception
  Moment id;                         // of the series: what RECURRENCE-ID names
  Moment start, end;                 // on the event's own clock; a date's end is the day after its last
  UtcSeconds start_utc = 0, end_utc = 0;
};

struct Occurrences {
  std::vector<Occurrence> list;  // by their start
  bool cut = false;              // there are more than the bounds of recurrence.h allow
};

// Those that touch [from, to). Dates and floating times are the reader's. `object` must outlive the answer.
// Errors: as rule_dates.
Result<Occurrences> occurrences(const EventObject& object, ZoneBook& zones, UtcSeconds from, UtcSeconds to);
// The first of all, as a series or single event shows itself.
Result<Occurrence> first_occurrence(const EventObject& object, ZoneBook& zones);

// When its reminders (VALARM) are due, ascending.
std::vector<UtcSeconds> reminders(const Occurrence& occurrence, ZoneBook& zones);

}  // namespace encuentro::client::calendar
