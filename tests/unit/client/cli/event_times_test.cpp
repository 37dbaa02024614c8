#include "client/cli/event_times.h"

#include <catch2/catch.hpp>

#include "client/calendar/event_object.h"

using namespace encuentro;
using namespace encuentro::client;
using namespace encuentro::client::cli;

TEST_CASE("times are read on the clock of a zone, in one form only") {
  auto moment = parse_event_time("2026-12-01T10:00", "America/Lima");
  REQUIRE(moment);
  CHECK(value_text(*moment) == "20261201T100000");
  CHECK(moment->tzid == "America/Lima");
  CHECK(value_text(*parse_event_time("2026-12-01T15:00:30Z", "America/Lima")) == "20261201T100030");
  CHECK(value_text(*parse_event_time("2026-12-01 10:00", "UTC")) == "20261201T100000Z");
  CHECK(parse_event_time("2026-12-01", "America/Lima")->date);
  for (const char* wrong : {"", "2026-12-1", "2026-13-01", "2026-12-01T25:00", "20261201T100000", "2026-12-01T10",
                            "2026-12-01T10:00+03:00", "2026-12-01x10:00"}) {
    INFO(wrong);
    CHECK_FALSE(parse_event_time(wrong, "UTC"));
  }
  CHECK_FALSE(parse_event_time("2026-12-01T10:00", "Nowhere"));
}

TEST_CASE("a window is the reader's") {
  auto reader = *calendar::Zone::load("America/Lima");
  CHECK(*parse_window("1970-01-01", reader) == 5 * 3600);
  CHECK(*parse_window("1970-01-01T00:00Z", reader) == 0);
  CHECK_FALSE(parse_window("", reader));
}

TEST_CASE("a span is shown on the event's clock and the reader's") {
  Catalogue words(Language::es);
  auto shown = [&](const std::string& lines, const char* reader) {
    auto object = calendar::EventObject::parse("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\n" + lines +
                                               "END:VEVENT\r\nEND:VCALENDAR\r\n");
    REQUIRE(object);
    calendar::ZoneBook zones(object->calendar(), *calendar::Zone::load(reader));
    return span_text(*calendar::first_occurrence(*object, zones), zones, words);
  };
  std::string lima = "DTSTART;TZID=America/Lima:20261201T230000\r\nDURATION:PT30M\r\n";
  CHECK(shown(lima, "America/Lima") == "ma 2026-12-01 23:00–23:30 America/Lima");
  CHECK(shown(lima, "America/Sao_Paulo") ==
        "ma 2026-12-01 23:00–23:30 America/Lima (mi 2026-12-02 01:00–01:30 America/Sao_Paulo)");
  CHECK(shown("DTSTART;VALUE=DATE:20261201\r\nDTEND;VALUE=DATE:20261204\r\n", "UTC") ==
        "ma 2026-12-01 – ju 2026-12-03");
  CHECK(shown("DTSTART;VALUE=DATE:20261201\r\n", "UTC") == "ma 2026-12-01");
  CHECK(shown("DTSTART:20261201T100000Z\r\n", "UTC") == "ma 2026-12-01 10:00 UTC");
}

TEST_CASE("data holds UTC or dates; weekends are Saturday and Sunday") {
  auto saturday = *calendar::parse_moment("20261205T230000");
  CHECK(data_time(saturday, saturday.local) == "2026-12-05T23:00:00Z");
  CHECK(data_time(*calendar::parse_moment("20261205"), 0) == "2026-12-05");
  CHECK(on_weekend(saturday.local));
  CHECK(on_weekend(saturday.local + 86400));
  CHECK_FALSE(on_weekend(saturday.local - 86400));
  CHECK_FALSE(on_weekend(saturday.local + 2 * 86400));
}
