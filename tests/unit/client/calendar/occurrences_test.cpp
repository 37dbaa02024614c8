#include "client/calendar/occurrences.h"

#include <catch2/catch.hpp>

#include "tests/unit/client/calendar/events.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::at;
using tests::event_text;

namespace {

std::string utc_text(UtcSeconds utc) {
  Moment moment;
  moment.local = utc;
  moment.utc = true;
  return value_text(moment);
}

// Starts (and the ends of those that aren't an hour long) within a window, in UTC.
std::string starts(const std::string& text, const char* from = "20000101T000000Z", const char* to = "20400101T000000Z",
                   const char* reader = "UTC") {
  auto object = EventObject::parse(text);
  REQUIRE(object);
  ZoneBook zones(object->calendar(), *Zone::load(reader));
  auto found = occurrences(*object, zones, at(from), at(to));
  REQUIRE(found);
  std::string shown;
  for (const Occurrence& o : found->list) {
    shown += (shown.empty() ? "" : " ") + utc_text(o.start_utc);
    if (o.end_utc != o.start_utc + 3600) shown += "/" + utc_text(o.end_utc);
    if (o.event != &object->master()) shown += "!";
  }
  return shown;
}

const std::string weekly_lima =
    "DTSTART;TZID=America/Lima:20260106T090000\r\nDTEND;TZID=America/Lima:20260106T100000\r\n"
    "RRULE:FREQ=WEEKLY;COUNT=4\r\n";

}  // namespace

TEST_CASE("a series keeps its wall clock over daylight saving") {
  std::string rule = "RRULE:FREQ=WEEKLY;COUNT=3\r\n";
  // Brazil 2018: the clocks went forward on 4 November.
  CHECK(starts(event_text("DTSTART;TZID=America/Sao_Paulo:20181029T100000\r\nDURATION:PT1H\r\n" + rule)) ==
        "20181029T130000Z 20181105T120000Z 20181112T120000Z");
  // Chile 2026: back on 5 April.
  CHECK(starts(event_text("DTSTART;TZID=America/Santiago:20260331T100000\r\nDURATION:PT1H\r\n" + rule)) ==
        "20260331T130000Z 20260407T140000Z 20260414T140000Z");
  // Mexico 2022: the last change back, on 30 October; none after.
  CHECK(starts(event_text("DTSTART;TZID=America/Mexico_City:20221025T100000\r\nDURATION:PT1H\r\n" + rule)) ==
        "20221025T150000Z 20221101T160000Z 20221108T160000Z");
  CHECK(starts(event_text("DTSTART;TZID=America/Mexico_City:20230328T100000\r\nDURATION:PT1H\r\n" + rule)) ==
        "20230328T160000Z 20230404T160000Z 20230411T160000Z");
}

TEST_CASE("an end is exact, a duration's days are the wall clock's") {
  std::string start = "DTSTART;TZID=America/Santiago:20260404T120000\r\n";  // 25 hours to noon of the 5th
  CHECK(starts(event_text(start + "DURATION:P1D\r\n")) == "20260404T150000Z/20260405T160000Z");
  CHECK(starts(event_text(start + "DURATION:PT24H\r\n")) == "20260404T150000Z/20260405T150000Z");
  CHECK(starts(event_text(start)) == "20260404T150000Z/20260404T150000Z");
}

TEST_CASE("dates are left out and added, also as other programs write them") {
  CHECK(starts(event_text(weekly_lima + "EXDATE;TZID=America/Lima:20260113T090000\r\n")) ==
        "20260106T140000Z 20260120T140000Z 20260127T140000Z");
  CHECK(starts(event_text(weekly_lima + "EXDATE:20260113T140000Z,20260120T140000Z\r\n")) ==
        "20260106T140000Z 20260127T140000Z");
  CHECK(starts(event_text(weekly_lima + "EXDATE;VALUE=DATE:20260127\r\n")) ==
        "20260106T140000Z 20260113T140000Z 20260120T140000Z");
  CHECK(starts(event_text(weekly_lima + "RDATE;TZID=America/Lima:20260107T110000\r\n" +
                          "RDATE;VALUE=PERIOD:20260301T100000Z/PT3H\r\n")) ==
        "20260106T140000Z 20260107T160000Z 20260113T140000Z 20260120T140000Z 20260127T140000Z "
        "20260301T100000Z/20260301T130000Z");
  CHECK(starts(event_text(weekly_lima + "EXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2\r\n")) ==
        "20260113T140000Z 20260127T140000Z");
  CHECK(starts(event_text("DTSTART:20260101T090000Z\r\nDURATION:PT1H\r\nRDATE:20260103T090000Z\r\n")) ==
        "20260101T090000Z 20260103T090000Z");
}

TEST_CASE("one date is moved, one called off; named in UTC or in its zone alike") {
  std::string moved =
      "RECURRENCE-ID;TZID=America/Lima:20260113T090000\r\nDTSTART;TZID=America/Lima:20260114T110000\r\n"
      "DTEND;TZID=America/Lima:20260114T130000\r\n";
  CHECK(starts(event_text(weekly_lima, moved)) ==
        "20260106T140000Z 20260114T160000Z/20260114T180000Z! 20260120T140000Z 20260127T140000Z");
  std::string in_utc = "RECURRENCE-ID:20260113T140000Z\r\nDTSTART:20260114T160000Z\r\nDTEND:20260114T170000Z\r\n";
  CHECK(starts(event_text(weekly_lima, in_utc)) ==
        "20260106T140000Z 20260114T160000Z! 20260120T140000Z 20260127T140000Z");
  std::string off =
      "RECURRENCE-ID;TZID=America/Lima:20260113T090000\r\nDTSTART;TZID=America/Lima:20260113T090000\r\n"
      "STATUS:CANCELLED\r\n";
  CHECK(starts(event_text(weekly_lima, off)) == "20260106T140000Z 20260120T140000Z 20260127T140000Z");
}

TEST_CASE("a change from one date on moves and lengthens all later ones, until the next") {
  std::string onwards =
      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Lima:20260113T090000\r\n"
      "DTSTART;TZID=America/Lima:20260114T100000\r\nDTEND;TZID=America/Lima:20260114T120000\r\n";
  CHECK(starts(event_text(weekly_lima, onwards)) ==
        "20260106T140000Z 20260114T150000Z/20260114T170000Z! 20260121T150000Z/20260121T170000Z! "
        "20260128T150000Z/20260128T170000Z!");
  std::string later =
      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Lima:20260127T090000\r\n"
      "DTSTART;TZID=America/Lima:20260127T080000\r\nDTEND;TZID=America/Lima:20260127T090000\r\n";
  CHECK(starts(event_text(weekly_lima, later, onwards)) ==
        "20260106T140000Z 20260114T150000Z/20260114T170000Z! 20260121T150000Z/20260121T170000Z! 20260127T130000Z!");
  std::string single =
      "RECURRENCE-ID;TZID=America/Lima:20260120T090000\r\n"
      "DTSTART;TZID=America/Lima:20260120T180000\r\nDTEND;TZID=America/Lima:20260120T190000\r\n";
  CHECK(starts(event_text(weekly_lima, onwards, single)) ==
        "20260106T140000Z 20260114T150000Z/20260114T170000Z! 20260120T230000Z! 20260128T150000Z/20260128T170000Z!");
}

TEST_CASE("what a change moves back into the window from after it is found") {
  std::string onwards =
      "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/Lima:20260113T090000\r\n"
      "DTSTART;TZID=America/Lima:20260110T090000\r\nDTEND;TZID=America/Lima:20260110T100000\r\n";
  CHECK(starts(event_text(weekly_lima, onwards), "20260117T000000Z", "20260118T000000Z") == "20260117T140000Z!");
}

TEST_CASE("whole days are the reader's days") {
  std::string days = "DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261203\r\n";
  CHECK(starts(event_text(days)) == "20261201T000000Z/20261203T000000Z");
  CHECK(starts(event_text(days), "20261203T020000Z", "20261203T030000Z", "America/Lima") ==
        "20261201T050000Z/20261203T050000Z");
  CHECK(starts(
            event_text("DTSTART;VALUE=DATE:20261201\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nEXDATE;VALUE=DATE:20271201\r\n")) ==
        "20261201T000000Z/20261202T000000Z");
}

TEST_CASE("an exception without its series stands for itself") {
  std::string orphan = "RECURRENCE-ID:20260113T140000Z\r\nDTSTART:20260113T150000Z\r\nDTEND:20260113T160000Z\r\n";
  CHECK(starts(event_text(orphan)) == "20260113T150000Z");
}

TEST_CASE("a window holds what touches it") {
  std::string text = event_text("DTSTART:20260101T090000Z\r\nDTEND:20260101T100000Z\r\n");
  CHECK(starts(text, "20260101T093000Z", "20260101T094000Z") == "20260101T090000Z");
  CHECK(starts(text, "20260101T100000Z", "20260101T110000Z").empty());
  CHECK(starts(text, "20260101T080000Z", "20260101T090000Z").empty());
  std::string instant = event_text("DTSTART:20260101T090000Z\r\n");
  CHECK(starts(instant, "20260101T090000Z", "20260101T090001Z") == "20260101T090000Z/20260101T090000Z");
}

TEST_CASE("reminders count from the start, the end or by themselves") {
  std::string alarms =
      "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nBEGIN:VALARM\r\nTRIGGER;RELATED=END:PT5M\r\n"
      "END:VALARM\r\nBEGIN:VALARM\r\nTRIGGER;VALUE=DATE-TIME:20260101T000000Z\r\nEND:VALARM\r\n"
      "BEGIN:VALARM\r\nTRIGGER:soon\r\nEND:VALARM\r\n";
  auto object = EventObject::parse(event_text("DTSTART:20260201T090000Z\r\nDTEND:20260201T100000Z\r\n" + alarms));
  REQUIRE(object);
  ZoneBook zones(object->calendar(), Zone::utc());
  auto first = first_occurrence(*object, zones);
  REQUIRE(first);
  CHECK(reminders(*first, zones) ==
        std::vector<UtcSeconds>{at("20260101T000000Z"), at("20260131T090000Z"), at("20260201T100500Z")});
}
