// What changed between two editions of an event, property by property: what a person is shown of an act.
#pragma once

#include "client/calendar/event_object.h"

namespace encuentro::client::calendar {

struct Difference {
  std::string date;      // RECURRENCE-ID of the exception it is in; empty: the series
  std::string property;  // "DTSTART", "LOCATION", ...; "VEVENT" where an exception came or went whole
  std::string before, after;
  friend bool operator==(const Difference&, const Difference&) = default;
};

// In the order of `after`, then what is gone. Stamps that change with every edition are passed over.
std::vector<Difference> differences(const EventObject& before, const EventObject& after);

}  // namespace encuentro::client::calendar
