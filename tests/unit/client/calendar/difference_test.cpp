#include "client/calendar/difference.h"

#include <catch2/catch.hpp>

#include "tests/unit/client/calendar/events.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::event_text;

namespace {

std::vector<Difference> between(const std::string& before, const std::string& after) {
  return differences(*EventObject::parse(before), *EventObject::parse(after));
}
const std::string start = "DTSTART;TZID=America/Lima:20260101T090000\r\nRRULE:FREQ=DAILY;COUNT=5\r\n";
const std::string exception = "RECURRENCE-ID:20260102T140000Z\r\nDTSTART;TZID=America/Lima:20260102T100000\r\n";

}  // namespace

TEST_CASE("what changed, and nothing that changes with every edition") {
  CHECK(between(event_text(start), event_text(start)).empty());
  CHECK(between(event_text(start + "SEQUENCE:1\r\n"), event_text(start + "SEQUENCE:2\r\nLAST-MODIFIED:x\r\n")).empty());
  CHECK(between(event_text(start + "LOCATION:a\\, b\r\n"), event_text(start + "SUMMARY:c\r\n")) ==
        std::vector<Difference>{{"", "SUMMARY", "", "c"}, {"", "LOCATION", "a, b", ""}});
  CHECK(between(event_text("DTSTART;TZID=America/Lima:20260101T090000\r\n"),
                event_text("DTSTART;TZID=America/La_Paz:20260101T090000\r\n")) ==
        std::vector<Difference>{{"", "DTSTART", "20260101T090000 America/Lima", "20260101T090000 America/La_Paz"}});
}

TEST_CASE("reminders and exceptions are told") {
  std::string alarm = "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\n";
  CHECK(between(event_text(start), event_text(start + alarm)) == std::vector<Difference>{{"", "VALARM", "", "-P1D"}});
  CHECK(between(event_text(start), event_text(start, exception)) ==
        std::vector<Difference>{
            {"20260102T140000Z", "DTSTART", "20260101T090000 America/Lima", "20260102T100000 America/Lima"}});
  CHECK(between(event_text(start, exception + "SUMMARY:z\r\n"), event_text(start)) ==
        std::vector<Difference>{{"20260102T140000Z", "VEVENT", "z", ""}});
}
