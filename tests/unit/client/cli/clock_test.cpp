#include "client/cli/clock.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::cli;

TEST_CASE("times are written in UTC and read back") {
  auto time = parse_time("2026-11-23T21:04:05Z");
  REQUIRE(time);
  CHECK(time->ms == 1795467845000);
  CHECK(rfc3339(*time) == "2026-11-23T21:04:05Z");
}

TEST_CASE("a day alone means its end") { CHECK(rfc3339(*parse_time("2026-02-28")) == "2026-02-28T23:59:59Z"); }

TEST_CASE("days and times that don't exist are refused") {
  for (const char* text : {"2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01T24:00:00Z",
                           "2026-01-01T00:00:00", "2026/01/01", "hoy", "", "2026-01-01T00:00:00+00:00"}) {
    INFO(text);
    CHECK_FALSE(parse_time(text));
  }
}

TEST_CASE("lengths of time take days, hours and minutes") {
  CHECK(parse_duration("14d") == days(14));
  CHECK(parse_duration("72h") == hours(72));
  CHECK(parse_duration("90m") == minutes(90));
  for (const char* text : {"14", "d", "-1d", "1w", "9999999d", "1.5h", ""}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
}
