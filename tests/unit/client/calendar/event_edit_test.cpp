#include "client/calendar/event_edit.h"

#include <catch2/catch.hpp>

#include "client/calendar/difference.h"
#include "protocol/base/bytes.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/client/calendar/events.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::at;
using tests::code_of;

namespace {

const Bytes random_bytes(16, 7);
const UtcSeconds now = at("20260101T000000Z");

Moment lima(const char* text) { return *parse_moment(text, "America/Lima"); }

EventWords said() {
  EventWords words;
  words.title = "Reunión; de, trabajo";
  words.start = lima("20260106T090000");
  words.end = lima("20260106T100000");
  return words;
}
EventObject series() {
  EventWords words = said();
  words.rule = "FREQ=WEEKLY;COUNT=5";
  return *make_event(words, random_bytes, now);
}

std::string starts(const EventObject& object) {
  ZoneBook zones(object.calendar(), Zone::utc());
  auto found = occurrences(object, zones, at("20260101T000000Z"), at("20270101T000000Z"));
  REQUIRE(found);
  std::string shown;
  for (const Occurrence& o : found->list) shown += value_text(o.start).substr(4, 7) + " ";
  return shown;
}

Target on(const char* date, Scope scope = Scope::one_date) { return {scope, lima(date)}; }

}  // namespace

TEST_CASE("an event is made with what others need: UID, stamps, its zone") {
  EventWords words = said();
  words.place = "Sala 2";
  words.link = "https://example.org/a,b";
  words.reminders_s = {{86400, 900}};
  words.deadline = true;
  auto object = make_event(words, random_bytes, now);
  REQUIRE(object);
  const Component& event = object->master();
  CHECK(object->uid() == "07070707070707070707070707070707@encuentro");
  CHECK(title_of(event) == "Reunión; de, trabajo");
  CHECK(event.value("SUMMARY") == "Reunión\\; de\\, trabajo");
  CHECK(link_of(event) == "https://example.org/a,b");
  CHECK(event.value("DTSTAMP") == "20260101T000000Z");
  CHECK(is_deadline(event));
  REQUIRE(event.children.size() == 2);
  CHECK(event.children[0].value("TRIGGER") == "-P1D");
  CHECK(object->calendar().children[0].value("TZID") == "America/Lima");
  CHECK(*EventObject::parse(object->text())->master().find("DTSTART") == *event.find("DTSTART"));
  CHECK_FALSE(make_event({}, random_bytes, now));
}

TEST_CASE("a change keeps what nobody named and raises the edition") {
  auto parsed =
      EventObject::parse(tests::event_text("DTSTART:20260101T090000Z\r\nDURATION:PT1H\r\nX-OTHER;A=b:c\r\n"
                                           "LOCATION:x\r\nSEQUENCE:4\r\n"));
  EventWords words;
  words.title = "Nuevo";
  words.place = "";
  auto changed = change_event(*parsed, words, {}, now);
  REQUIRE(changed);
  CHECK(changed->master().value("X-OTHER") == "c");
  CHECK(changed->master().value("DURATION") == "PT1H");
  CHECK(changed->master().value("SEQUENCE") == "5");
  CHECK(changed->master().find("LOCATION") == nullptr);
}

TEST_CASE("a start that moves takes the end along, and the series its exceptions") {
  auto object = change_event(series(), {}, {}, now);
  EventWords title;
  title.title = "otra sala";
  object = change_event(*object, title, on("20260113T090000"), now);
  object = cancel_event(*object, on("20260120T090000"), now);
  REQUIRE(object);
  CHECK(starts(*object) == "0106T09 0113T09 0127T09 0203T09 ");
  EventWords words;
  words.start = lima("20260107T110000");
  object = change_event(*object, words, {}, now);
  REQUIRE(object);
  CHECK(starts(*object) == "0107T11 0114T11 0128T11 0204T11 ");
  CHECK(object->master().value("DTEND") == "20260107T120000");
  CHECK(object->overrides()[0]->value("SUMMARY") == "otra sala");
}

TEST_CASE("a series that goes to another zone takes along what names its dates, however it is written") {
  auto object = EventObject::parse(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\n"
      "DTSTART;TZID=America/Lima:20260106T090000\r\nDTEND;TZID=America/Lima:20260106T100000\r\n"
      "RRULE:FREQ=WEEKLY;UNTIL=20260203T140000Z\r\nEXDATE:20260113T140000Z\r\n"
      "EXDATE;VALUE=DATE-TIME;TZID=\"America/Lima\":20260120T090000\r\nEND:VEVENT\r\n"
      "BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20260127T140000Z\r\n"
      "DTSTART;TZID=America/Lima:20260128T090000\r\nDTEND;TZID=America/Lima:20260128T100000\r\nEND:VEVENT\r\n"
      "END:VCALENDAR\r\n");
  REQUIRE(object);
  CHECK(starts(*object) == "0106T09 0128T09 0203T09 ");
  EventWords words;
  words.start = *parse_moment("20260106T113000", "America/Bogota");
  auto moved = change_event(*object, words, {}, now);
  REQUIRE(moved);
  CHECK(starts(*moved) == "0106T11 0128T11 0203T11 ");
  const Component& series = moved->master();
  CHECK(series.value("RRULE") == "FREQ=WEEKLY;UNTIL=20260203T163000Z");
  auto out = series.all("EXDATE");
  REQUIRE(out.size() == 2);
  CHECK(*out[0] == ContentLine{"EXDATE", ";TZID=America/Bogota", "20260113T113000"});
  CHECK(*out[1] == ContentLine{"EXDATE", ";VALUE=DATE-TIME;TZID=America/Bogota", "20260120T113000"});
  CHECK(moved->overrides()[0]->find("RECURRENCE-ID")->parameter("TZID") == "America/Bogota");
  EventWords ruled = words;
  ruled.rule = "FREQ=WEEKLY;UNTIL=20260113T140000Z";
  CHECK(change_event(*object, ruled, {}, now)->master().value("RRULE") == *ruled.rule);
}

TEST_CASE("one date is moved, and moved again, and no other") {
  EventWords words;
  words.start = lima("20260114T150000");
  auto object = change_event(series(), words, on("20260113T090000"), now);
  REQUIRE(object);
  CHECK(starts(*object) == "0106T09 0114T15 0120T09 0127T09 0203T09 ");
  CHECK(object->overrides()[0]->value("DTEND") == "20260114T160000");
  words.start = lima("20260115T080000");
  object = change_event(*object, words, on("20260113T090000"), now);
  CHECK(starts(*object) == "0106T09 0115T08 0120T09 0127T09 0203T09 ");
  CHECK(object->overrides().size() == 1);
}

TEST_CASE("from a date on the series is changed, then one of those again") {
  EventWords words;
  words.start = lima("20260120T110000");
  auto object = change_event(series(), words, on("20260120T090000", Scope::onwards), now);
  REQUIRE(object);
  CHECK(starts(*object) == "0106T09 0113T09 0120T11 0127T11 0203T11 ");
  EventWords one;
  one.start = lima("20260128T120000");
  object = change_event(*object, one, on("20260127T090000"), now);
  REQUIRE(object);
  CHECK(starts(*object) == "0106T09 0113T09 0120T11 0128T12 0203T11 ");
}

TEST_CASE("called off: whole, one date, from a date on") {
  auto off = cancel_event(series(), {}, now);
  CHECK(is_cancelled(off->master()));
  auto one = cancel_event(series(), on("20260113T090000"), now);
  CHECK(starts(*one) == "0106T09 0120T09 0127T09 0203T09 ");
  auto onwards = cancel_event(series(), on("20260120T090000", Scope::onwards), now);
  CHECK(starts(*onwards) == "0106T09 0113T09 ");
  CHECK(onwards->master().value("RRULE") == "FREQ=WEEKLY;UNTIL=20260120T135959Z");
  EventWords days;
  days.title = "días";
  days.start = *parse_moment("20260106");
  days.rule = "FREQ=WEEKLY";
  auto whole_days = make_event(days, random_bytes, now);
  auto ended = cancel_event(*whole_days, {Scope::onwards, *parse_moment("20260120")}, now);
  REQUIRE(ended);
  CHECK(ended->master().value("RRULE") == "FREQ=WEEKLY;UNTIL=20260119");
  CHECK(starts(*ended) == "0106 0113 ");
}

TEST_CASE("a date the series doesn't have, a rule for one date, a zone that isn't: refused") {
  CHECK(code_of(cancel_event(series(), on("20260114T090000"), now)) == Code::not_found);
  EventWords words;
  words.rule = "FREQ=DAILY";
  CHECK(code_of(change_event(series(), words, on("20260113T090000"), now)) == Code::malformed);
  EventWords wrong = said();
  wrong.start->tzid = "Nowhere";
  CHECK(code_of(make_event(wrong, random_bytes, now)) == Code::not_found);
  EventWords backwards;
  backwards.end = lima("20250101T000000");
  CHECK(code_of(change_event(series(), backwards, {}, now)) == Code::malformed);
}
