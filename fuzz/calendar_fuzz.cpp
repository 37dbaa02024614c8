// A calendar that somebody else wrote: what is read is printed and read again the same, and an event's dates within a
// window are in order, in it, and not without end.
#include "client/calendar/difference.h"
#include "client/calendar/occurrences.h"
#include "client/calendar/recurrence.h"
#include "protocol/base/bytes.h"
#include "protocol/base/check.h"

using namespace encuentro;
using namespace encuentro::client::calendar;

namespace {

constexpr UtcSeconds window_from = 1'700'000'000;
constexpr UtcSeconds window_to = window_from + UtcSeconds{400} * 86400;

void check_dates(const EventObject& object) {
  ZoneBook zones(object.calendar(), Zone::utc());
  (void)first_occurrence(object, zones);
  auto found = occurrences(object, zones, window_from, window_to);
  if (!found) return;
  for (std::size_t i = 0; i < found->list.size(); ++i) {
    const Occurrence& one = found->list[i];
    ENC_CHECK(one.start_utc < window_to && one.end_utc >= window_from);
    ENC_CHECK(i == 0 || found->list[i - 1].start_utc <= one.start_utc);
  }
  if (!found->list.empty()) (void)reminders(found->list.front(), zones);
}

void check_event(const EventObject& object) {
  ENC_CHECK(!object.uid().empty());
  auto again = EventObject::parse(object.text());
  ENC_CHECK(again.has_value() && again->calendar() == object.calendar());
  ENC_CHECK(differences(object, *again).empty());
  for (const Component& child : object.calendar().children) {
    (void)title_of(child), (void)place_of(child), (void)description_of(child), (void)link_of(child);
    (void)is_deadline(child), (void)is_cancelled(child);
  }
  check_dates(object);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text({data, size});
  if (auto calendars = parse_file(text)) {
    for (const Component& calendar : *calendars) {
      auto again = parse_calendar(print(calendar));
      ENC_CHECK(again.has_value() && *again == calendar);
    }
  }
  if (auto file = events_of_file(text)) {
    for (Component& object : file->objects) {
      if (auto event = EventObject::from(std::move(object))) check_event(*event);
    }
  }
  if (auto event = EventObject::parse(text)) check_event(*event);
  return 0;
}
