// Events of a channel's calendar (FORMATS §6.1): what stands beside the iCalendar object (RFC 5545), so that the fold
// needs no parser of it: which event, which act, built on which versions. The object itself is opened by
// client/calendar, and in a browser by the page.
#pragma once

#include "protocol/content/content.h"

namespace encuentro::content {

enum class EventAct : std::uint8_t { add = 1, change = 2, cancel = 3 };
enum class Attendance : std::uint8_t { attending = 1, declined = 2, tentative = 3 };

inline constexpr std::size_t calendar_bytes_max = std::size_t{32} * 1024;  // one event's iCalendar object
inline constexpr std::size_t event_uid_bytes_max = 255;
inline constexpr std::size_t event_parents_max = 16;

namespace field {
inline constexpr std::uint16_t event_act = 16;      // uint64: EventAct
inline constexpr std::uint16_t event_uid = 17;      // text: the object's UID
inline constexpr std::uint16_t event_parents = 18;  // RecordIds, ascending and distinct
inline constexpr std::uint16_t attendance = 19;     // uint64: Attendance
}  // namespace field

// Kind::event. A change or cancellation carries the whole object as it stands then.
struct Event {
  EventAct act = EventAct::add;
  std::string uid;
  std::optional<RecordId> event;  // the record that added it; nothing in an `add`
  // The versions its author had in view: one, or several where people had changed the event at the same time and this
  // act settles it. Empty in an `add`.
  std::vector<RecordId> parents;
  std::string title;     // the object's SUMMARY
  std::string calendar;  // the object: a VCALENDAR with the components of this UID alone
  std::vector<Attachment> attachments;
  friend bool operator==(const Event&, const Event&) = default;
};

// Kind::event_answer: whether this person will be there.
struct EventAnswer {
  RecordId event;
  RecordId version;  // the one it answers: an answer to an earlier time is shown as such
  Attendance attendance = Attendance::attending;
  friend bool operator==(const EventAnswer&, const EventAnswer&) = default;
};

// Time and zone are the caller's to set.
Content content_of(const Event& event);
Content content_of(const EventAnswer& answer);

// Errors: malformed (rule: what), too_large, unknown_version (an act or answer this client doesn't know).
Result<Event> event_of(const Content& content);
Result<EventAnswer> event_answer_of(const Content& content);

}  // namespace encuentro::content
