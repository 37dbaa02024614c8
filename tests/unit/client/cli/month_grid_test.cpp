#include "client/cli/month_grid.h"

#include <catch2/catch.hpp>

using namespace encuentro::client;
using namespace encuentro::client::cli;

TEST_CASE("a month is read, and has its days") {
  auto month = Month::parse("2026-02");
  REQUIRE(month);
  CHECK(month->days() == 28);
  CHECK(month->first_weekday() == 6);  // a Sunday
  CHECK(month->end() - month->first_day() == 28 * 86400);
  CHECK(Month::of(month->end()).month() == 3);
  for (const char* wrong : {"", "2026", "2026-13", "2026-2", "1599-01", "2026/02"}) CHECK_FALSE(Month::parse(wrong));
}

TEST_CASE("the grid begins on Monday and marks the days that hold something") {
  MonthGrid grid(*Month::parse("2026-12"));
  auto first = Month::parse("2026-12")->first_day();
  grid.mark(first + 3600, first + 3600);
  grid.mark(first + 29 * 86400, first + 40 * 86400);
  grid.mark(first - 5 * 86400, first - 86400);
  std::string text = grid.text(Catalogue(Language::es));
  CHECK(text.starts_with("diciembre 2026\n  lu   ma   mi   ju   vi   sá   do \n"));
  CHECK(text.find("\n        1*   2    3 ") != std::string::npos);
  CHECK(text.find("28   29   30*  31*\n") != std::string::npos);
}
