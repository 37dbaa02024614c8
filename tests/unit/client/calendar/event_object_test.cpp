#include "client/calendar/event_object.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "client/calendar/occurrences.h"
#include "protocol/base/bytes.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/client/calendar/events.h"
#include "tests/unit/client/calendar/fixtures.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::code_of;
using tests::event_text;

namespace {

Code refused(const std::string& text) { return code_of(EventObject::parse(text)); }
std::string rule_of(const std::string& text) {
  auto object = EventObject::parse(text);
  return object ? "" : object.error().rule;
}

std::vector<EventObject> objects_of(const std::string& file) {
  auto events = events_of_file(tests::with_crlf(file));
  REQUIRE(events);
  std::vector<EventObject> objects;
  for (const Component& component : events->objects) {
    auto object = EventObject::from(component);
    REQUIRE(object);
    objects.push_back(std::move(*object));
  }
  return objects;
}

std::vector<std::string> starts(const EventObject& object) {
  ZoneBook zones(object.calendar(), Zone::utc());
  auto found = occurrences(object, zones, tests::at("20260101T000000Z"), tests::at("20270101T000000Z"));
  REQUIRE(found);
  std::vector<std::string> shown;
  for (const Occurrence& o : found->list) {
    Moment moment;
    moment.local = o.start_utc;
    moment.utc = true;
    shown.push_back(value_text(moment));
  }
  return shown;
}

// Every line of `inner`'s events stands in `outer`, as often.
bool holds_all(const Component& outer, const Component& inner) {
  auto has = [&](const Component& child) {
    return std::find(outer.children.begin(), outer.children.end(), child) != outer.children.end();
  };
  return std::all_of(inner.children.begin(), inner.children.end(),
                     [&](const Component& child) { return child.name == "VTODO" || has(child); });
}

}  // namespace

TEST_CASE("Thunderbird's file: its zone, its exception, its alarm") {
  auto objects = objects_of(tests::thunderbird_file);
  REQUIRE(objects.size() == 1);
  CHECK(events_of_file(tests::with_crlf(tests::thunderbird_file))->others == 1);
  CHECK(objects[0].overrides().size() == 1);
  CHECK(title_of(objects[0].master()) == "Taller regional sobre prevención");
  CHECK(place_of(objects[0].master()) == "Santiago, Chile");
  CHECK(description_of(objects[0].master()) ==
        "Primera línea\nsegunda línea, con coma; y punto y coma y un texto largo que sigue");
  CHECK(starts(objects[0]) == std::vector<std::string>{"20260331T130000Z", "20260408T150000Z", "20260421T140000Z",
                                                       "20260428T140000Z", "20260505T140000Z"});
}

TEST_CASE("Outlook's file: Windows' names, zones of its own making, links") {
  auto objects = objects_of(tests::outlook_file);
  REQUIRE(objects.size() == 2);
  CHECK(link_of(objects[0].master()) == "https://example.org/meet");
  CHECK(starts(objects[0]) == std::vector<std::string>{"20260309T130000Z", "20260413T130000Z", "20260511T130000Z"});
  CHECK(starts(objects[1]) == std::vector<std::string>{"20260310T140000Z"});
  CHECK(objects[0].calendar().find("X-MS-OLK-FORCEINSPECTOROPEN") != nullptr);
}

TEST_CASE("Google's file: whole days, dates left out in a zone, an UNTIL in UTC") {
  auto objects = objects_of(tests::google_file);
  REQUIRE(objects.size() == 2);
  CHECK(title_of(objects[0].master()) == "Feria 📚 del libro");
  CHECK(starts(objects[1]) == std::vector<std::string>{"20260106T140000Z", "20260113T140000Z", "20260127T140000Z"});
  CHECK(link_of(objects[1].master()) == "https://meet.example.org/abc");
}

TEST_CASE("what comes in goes out with nothing lost, and comes in the same again") {
  for (const std::string& file : {tests::thunderbird_file, tests::outlook_file, tests::google_file}) {
    auto objects = objects_of(file);
    std::vector<const Component*> all;
    for (const EventObject& object : objects) all.push_back(&object.calendar());
    Component out = calendar_of(all, "Canal");
    auto whole = parse_calendar(tests::with_crlf(file));
    REQUIRE(whole);
    CHECK(holds_all(out, *whole));
    for (const ContentLine& line : whole->lines) {
      if (line.name.starts_with("X-")) CHECK(std::find(out.lines.begin(), out.lines.end(), line) != out.lines.end());
    }
    auto again = events_of_file(print(out));
    REQUIRE(again);
    REQUIRE(again->objects.size() == objects.size());
    for (std::size_t i = 0; i < objects.size(); ++i) {
      CHECK(again->objects[i].children == objects[i].calendar().children);
    }
  }
}

TEST_CASE("zones that several events name stand once, and a title is given where there is none") {
  auto one = objects_of(tests::thunderbird_file);
  Component out = calendar_of({&one[0].calendar(), &one[0].calendar()}, "Mi, canal");
  CHECK(std::count_if(out.children.begin(), out.children.end(), [](const auto& c) { return c.name == "VTIMEZONE"; }) ==
        1);
  CHECK(out.value("X-WR-CALNAME") == "Mi\\, canal");
}

TEST_CASE("an event without UID gets the same one every time") {
  std::string file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101T000000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  auto uid = [&] { return EventObject::from(events_of_file(file)->objects.at(0))->uid(); };
  CHECK(uid() == uid());
  CHECK(uid().ends_with("@encuentro"));
}

TEST_CASE("what can't be shown is refused by name") {
  std::string start = "DTSTART:20260101T090000Z\r\n";
  CHECK(refused(event_text(start)) == Code::none);
  CHECK(rule_of(event_text("SUMMARY:x\r\n")) == "DTSTART");
  CHECK(rule_of(event_text("DTSTART:tomorrow\r\n")) == "date");
  CHECK(rule_of(event_text(start + "DTEND:20260101T080000Z\r\n")) == "DTEND");
  CHECK(rule_of(event_text(start + "DTEND;VALUE=DATE:20260102\r\n")) == "DTEND");
  CHECK(rule_of(event_text(start + "DURATION:-PT1H\r\n")) == "DURATION");
  CHECK(rule_of(event_text(start + "RRULE:FREQ=NEVER\r\n")) == "rule");
  CHECK(rule_of(event_text(start + "EXDATE:x\r\n")) == "date");
  CHECK(rule_of(event_text(start + "RDATE:x\r\n")) == "date");
  CHECK(rule_of(event_text(start, start)) == "two series");
  CHECK(refused(event_text("DTSTART;TZID=Nowhere/Land:20260101T090000\r\n")) == Code::not_found);
  CHECK(rule_of("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n") == "VEVENT");
  CHECK(rule_of("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + start + "END:VEVENT\r\nEND:VCALENDAR\r\n") == "UID");
  std::string two = event_text(start);
  two.insert(two.find("END:VCALENDAR"), "BEGIN:VEVENT\r\nUID:v\r\n" + start + "END:VEVENT\r\n");
  CHECK(rule_of(two) == "UID");
  std::string many = event_text(start);
  std::string one = tests::vevent(start + "RECURRENCE-ID:20260101T090000Z\r\n"), exceptions;
  for (std::size_t i = 0; i <= overrides_max; ++i) exceptions += one;
  many.insert(many.find("END:VCALENDAR"), exceptions);
  CHECK(refused(many) == Code::too_large);

  std::string rules;
  for (std::size_t i = 0; i < rules_max; ++i) rules += i % 2 == 0 ? "RRULE:FREQ=DAILY\r\n" : "EXRULE:FREQ=WEEKLY\r\n";
  CHECK(refused(event_text(start + rules)) == Code::none);
  CHECK(rule_of(event_text(start + rules + "RRULE:FREQ=YEARLY\r\n")) == "rules");
  std::string long_uid = event_text(start);
  long_uid.replace(long_uid.find("UID:u"), 5, "UID:" + std::string(256, 'u'));
  CHECK(refused(long_uid) == Code::too_large);
}

TEST_CASE("deadlines and calls off are told by their properties") {
  auto read = [](const std::string& lines) {
    return *EventObject::parse(event_text("DTSTART:20260101T090000Z\r\n" + lines));
  };
  CHECK(is_deadline(read("CATEGORIES:Red,deadline\r\n").master()));
  CHECK_FALSE(is_deadline(read("CATEGORIES:DEADLINES\r\n").master()));
  CHECK(is_cancelled(read("STATUS:CANCELLED\r\n").master()));
  CHECK(read("RRULE:FREQ=DAILY\r\n").recurs());
  CHECK_FALSE(read("").recurs());
}
