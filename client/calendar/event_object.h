// One event as it stands in a calendar's record: a VCALENDAR with the VEVENTs of one UID (the series and its
// exceptions) and the zones they name. What is held here can be shown: its dates, rules and zones were read once.
#pragma once

#include "client/calendar/zone_book.h"

namespace encuentro::client::calendar {

inline constexpr std::size_t overrides_max = 1'000;
// RRULE and EXRULE of one VEVENT. RFC 5545 §3.8.5.3 wants one; each may cost what recurrence.h allows.
inline constexpr std::size_t rules_max = 8;

class EventObject {
 public:
  // Errors: malformed (rule: what), too_large, and "zone" with not_found for a TZID that neither this machine nor the
  // object knows.
  static Result<EventObject> parse(std::string_view text);
  static Result<EventObject> from(Component calendar);

  const Component& calendar() const { return calendar_; }
  std::string text() const { return print(calendar_); }
  std::string uid() const;
  // The series; of an object with exceptions alone, as some programs send them, the first of these.
  const Component& master() const;
  // Those with a RECURRENCE-ID.
  std::vector<const Component*> overrides() const;
  bool has_series() const;  // false: exceptions alone
  bool recurs() const;      // a rule or further dates

 private:
  explicit EventObject(Component calendar) : calendar_(std::move(calendar)) {}
  Component calendar_;
};

// The events of a file, an object for each UID, each with the zones it names and the file's own properties. An event
// without UID gets one made from its text, so that the same file brings the same event. Components that are no events
// (VTODO, VJOURNAL, VFREEBUSY) are counted in `others`.
struct FileEvents {
  std::vector<Component> objects;
  std::size_t others = 0;
};
Result<FileEvents> events_of_file(std::string_view text);

// One VCALENDAR of all; zones that several name stand once.
Component calendar_of(const std::vector<const Component*>& objects, std::string_view title);

// What a screen shows of a VEVENT.
std::string title_of(const Component& event);
std::string place_of(const Component& event);
std::string description_of(const Component& event);
std::string link_of(const Component& event);  // of a video conference, else the URL
bool is_deadline(const Component& event);
bool is_cancelled(const Component& event);

}  // namespace encuentro::client::calendar
