#include "client/calendar/moment.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::calendar;

TEST_CASE("dates and times read and write the same") {
  for (const char* text : {"20261124", "20261124T130000", "20261124T130000Z", "19000101T000000", "20240229"}) {
    auto moment = parse_moment(text);
    INFO(text);
    REQUIRE(moment);
    CHECK(value_text(*moment) == text);
  }
  CHECK(parse_moment("19700102T000001Z")->local == 86401);
  CHECK(parse_moment("20261124T130000", "America/Lima")->tzid == "America/Lima");
  CHECK(parse_moment("20261124T130000Z", "America/Lima")->tzid.empty());
  CHECK(parse_moment("20161231T235960")->local == parse_moment("20161231T235959")->local);
}

TEST_CASE("a zone's name that holds a separator is quoted") {
  CHECK(parameters_of(*parse_moment("20261124T130000", "America/Lima")) == ";TZID=America/Lima");
  Moment moment = *parse_moment("20261124T130000", "(UTC-03:00) Brasilia");
  CHECK(parameters_of(moment) == ";TZID=\"(UTC-03:00) Brasilia\"");
  CHECK(*moment_of(ContentLine{"DTSTART", parameters_of(moment), value_text(moment)}) == moment);
}

TEST_CASE("what is no date is refused") {
  for (const char* text :
       {"", "2026112", "20261324", "20260230", "20261124T240000", "20261124T126000", "20261124130000", "20261124T1300",
        "2026-11-24", "15991231", "22000101", "-0261124", "20261124T130000+"}) {
    INFO(text);
    CHECK_FALSE(parse_moment(text));
  }
}

TEST_CASE("lengths are days on the wall and exact seconds") {
  CHECK(*parse_length("P1DT2H30M") == Length{1, 9000});
  CHECK(*parse_length("-PT15M") == Length{0, -900});
  CHECK(*parse_length("P2W") == Length{14, 0});
  CHECK(*parse_length("+PT10S") == Length{0, 10});
  for (const char* text :
       {"", "P", "PT", "P1H", "PT1D", "P1", "1D", "P-1D", "PT1HT1M", "P9999999999D", "P999999999D"}) {
    INFO(text);
    CHECK_FALSE(parse_length(text));
  }
  CHECK(length_text(-86400) == "-P1D");
  CHECK(length_text(5400) == "PT90M");
  CHECK(length_text(7200) == "PT2H");
  CHECK(length_text(61) == "PT61S");
}

TEST_CASE("lists of dates and periods") {
  auto dates = periods_of({"EXDATE", ";TZID=America/Lima", "20260101T090000,20260201T090000"});
  REQUIRE(dates);
  REQUIRE(dates->size() == 2);
  CHECK((*dates)[1].start.tzid == "America/Lima");
  auto periods = periods_of({"RDATE", ";VALUE=PERIOD", "20260101T090000Z/20260101T100000Z,20260102T090000Z/PT2H"});
  REQUIRE(periods);
  CHECK((*periods)[0].end->local == parse_moment("20260101T100000Z")->local);
  CHECK((*periods)[1].length_s == 7200);
  CHECK_FALSE(periods_of({"EXDATE", "", "20260101,"}));
  std::string many = "20260101";
  for (int i = 0; i < 10'001; ++i) many += ",20260101";
  CHECK(periods_of({"EXDATE", "", many}).error().code == Code::too_large);
}
