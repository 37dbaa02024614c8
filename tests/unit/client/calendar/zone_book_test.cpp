#include "client/calendar/zone_book.h"

#include <catch2/catch.hpp>

#include "protocol/base/bytes.h"
#include "tests/support/decoder_checks.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::code_of;

namespace {

Component part(const char* name, const char* start, const char* from, const char* to, const char* rule) {
  Component made{name, {{"DTSTART", "", start}, {"TZOFFSETFROM", "", from}, {"TZOFFSETTO", "", to}}, {}};
  if (*rule != '\0') made.lines.push_back({"RRULE", "", rule});
  return made;
}

// As Outlook writes a zone of its own making: the rules begin in 1601.
Component outlook_zone() {
  return {"VTIMEZONE",
          {{"TZID", "", "Customized Time Zone"}},
          {part("STANDARD", "16010401T000000", "-0300", "-0400", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4"),
           part("DAYLIGHT", "16010902T000000", "-0400", "-0300", "FREQ=YEARLY;BYDAY=1SU;BYMONTH=9")}};
}

LocalSeconds at(const char* text) { return parse_moment(text)->local; }

}  // namespace

TEST_CASE("a zone of the file's own counts where this machine knows none of that name") {
  ZoneBook zones({"VCALENDAR", {}, {outlook_zone()}}, Zone::utc());
  auto zone = zones.zone("Customized Time Zone");
  REQUIRE(zone);
  CHECK((*zone)->offset_at(at("20260110T000000Z")) == -3 * 3600);
  CHECK((*zone)->offset_at(at("20260710T000000Z")) == -4 * 3600);
  CHECK(code_of(zones.zone("Elsewhere")) == Code::not_found);
}

TEST_CASE("a known name goes before the file's copy of old rules") {
  Component old{
      "VTIMEZONE", {{"TZID", "", "America/Sao_Paulo"}}, {part("STANDARD", "19700101T000000", "-0200", "-0200", "")}};
  ZoneBook zones({"VCALENDAR", {}, {old}}, Zone::utc());
  CHECK((*zones.zone("America/Sao_Paulo"))->offset_at(at("20260110T000000Z")) == -3 * 3600);
  Component named{"VTIMEZONE",
                  {{"TZID", "", "mine"}, {"X-LIC-LOCATION", "", "America/Lima"}},
                  {part("STANDARD", "19700101T000000", "-0200", "-0200", "")}};
  ZoneBook others({"VCALENDAR", {}, {named}}, Zone::utc());
  CHECK((*others.zone("mine"))->name() == "America/Lima");
}

TEST_CASE("floating times and dates are the reader's, UTC is UTC") {
  ZoneBook zones({"VCALENDAR", {}, {}}, *Zone::load("America/Lima"));
  CHECK(*zones.utc(*parse_moment("20260101T100000")) == at("20260101T150000Z"));
  CHECK(*zones.utc(*parse_moment("20260101T100000Z")) == at("20260101T100000Z"));
  CHECK(*zones.utc(*parse_moment("20260101")) == at("20260101T050000Z"));
}

TEST_CASE("a hostile VTIMEZONE is refused before it costs anything") {
  auto refused = [](std::vector<Component> parts) { return code_of(zone_from({"VTIMEZONE", {}, std::move(parts)})); };
  CHECK(refused({}) == Code::malformed);
  CHECK(refused({part("STANDARD", "19000101T000000", "-0300", "-0300", "FREQ=SECONDLY")}) == Code::malformed);
  CHECK(refused({part("STANDARD", "19000101T000000", "-0300", "-0300", "FREQ=YEARLY;BYHOUR=1,2")}) == Code::malformed);
  CHECK(refused({part("STANDARD", "19000101T000000", "-0300", "3", "")}) == Code::malformed);
  CHECK(refused({part("STANDARD", "19000101T000000", "-9900", "-0300", "")}) == Code::malformed);
  CHECK(refused({part("STANDARD", "never", "-0300", "-0300", "")}) == Code::malformed);
  CHECK(refused({{"STANDARD", {}, {}}}) == Code::malformed);
  std::vector<Component> many(60, part("STANDARD", "19000101T000000", "-0300", "-0300", "FREQ=YEARLY;BYDAY=MO"));
  CHECK(refused(many) == Code::too_large);
}

TEST_CASE("the VTIMEZONE that goes out reads back as the zone, and is short") {
  for (const char* name : {"America/Santiago", "America/Sao_Paulo", "America/Mexico_City", "America/New_York",
                           "America/Havana", "Europe/Madrid", "America/Asuncion", "America/Lima"}) {
    Zone zone = *Zone::load(name);
    for (const char* from : {"20050101T000000Z", "20140601T000000Z", "20260101T000000Z"}) {
      Component made = timezone_component(zone, at(from));
      auto again = zone_from(made);
      INFO(name << " from " << from << "\n" << print(made));
      REQUIRE(again);
      int wrong = 0;
      for (UtcSeconds utc = at(from); utc < at("20900101T000000Z"); utc += 6 * 3600 + 1800) {
        if (zone.offset_at(utc) != again->offset_at(utc)) ++wrong;
      }
      CHECK(wrong == 0);
      CHECK(made.children.size() < 45);
    }
  }
}
