#include "client/calendar/zone.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <ctime>

#include "client/calendar/moment.h"

using namespace encuentro;
using namespace encuentro::client::calendar;

namespace {

LocalSeconds at(const char* text) { return parse_moment(text)->local; }
std::int32_t hours_at(const Zone& zone, const char* utc) { return zone.offset_at(at(utc)) / 3600; }

}  // namespace

TEST_CASE("offsets are the C library's from 1970 to 2037, hour by quarter day") {
  for (const char* name : {"America/Sao_Paulo", "America/Santiago", "America/Mexico_City", "America/Asuncion",
                           "America/Havana", "America/Argentina/Buenos_Aires", "America/Caracas", "Europe/Madrid"}) {
    auto zone = Zone::load(name);
    REQUIRE(zone);
    setenv("TZ", name, 1);
    tzset();
    int wrong = 0;
    for (std::time_t utc = 0; utc < 2'145'916'800; utc += 6 * 3600 + 1800) {
      std::tm parts{};
      localtime_r(&utc, &parts);
      if (parts.tm_gmtoff != zone->offset_at(utc)) ++wrong;
    }
    unsetenv("TZ");
    tzset();
    INFO(name);
    CHECK(wrong == 0);
  }
}

TEST_CASE("daylight saving began and ended where the decrees said") {
  auto brazil = *Zone::load("America/Sao_Paulo");
  CHECK(hours_at(brazil, "20150110T120000Z") == -2);
  CHECK(hours_at(brazil, "20150222T015959Z") == -2);
  CHECK(hours_at(brazil, "20150222T020000Z") == -3);
  CHECK(hours_at(brazil, "20200110T120000Z") == -3);
  auto mexico = *Zone::load("America/Mexico_City");
  CHECK(hours_at(mexico, "20220601T120000Z") == -5);
  CHECK(hours_at(mexico, "20230601T120000Z") == -6);
  auto chile = *Zone::load("America/Santiago");
  CHECK(hours_at(chile, "20150701T120000Z") == -3);  // the year without winter time
  CHECK(hours_at(chile, "20260701T120000Z") == -4);
  CHECK(hours_at(chile, "20990101T120000Z") == -3);  // by the rule at the file's end
}

TEST_CASE("a time that comes twice is its first, one that doesn't come has the offset before") {
  auto zone = *Zone::load("America/New_York");
  CHECK(zone.utc(at("20261101T013000")) == at("20261101T053000Z"));
  CHECK(zone.utc(at("20260308T023000")) == at("20260308T073000Z"));
  CHECK(zone.utc(at("20260701T120000")) == at("20260701T160000Z"));
  CHECK(zone.local(at("20260701T160000Z")) == at("20260701T120000"));
}

TEST_CASE("POSIX rules in all their forms") {
  auto changes = rule_changes("<-04>4<-03>,M9.1.6/24,M4.1.6/24", 2026);
  REQUIRE(changes);
  CHECK((*changes)[0].at == at("20260405T030000Z"));
  CHECK((*changes)[1].at == at("20260906T040000Z"));
  auto days = rule_changes("AAA-1BBB-3,J60/0,300/-1:30", 2028);  // J60 is 1 March, in leap years too
  REQUIRE(days);
  CHECK((*days)[0].at == at("20280229T230000Z"));
  CHECK((*days)[0].offset_s == 3 * 3600);
  CHECK((*days)[1].at == at("20281026T193000Z"));
  CHECK(rule_changes("CST6", 2026)->empty());
  for (const char* wrong :
       {"", "<CST", "CST6CDT", "CST6CDT,M3.2.0", "CST6CDT,M13.1.0,M11.1.0", "CST6CDT,M3.0.0,M11.1.0",
        "CST6CDT,M3.2.0,M11.1.0x", "CST6CDT,J0,J5", "CST6CDT,M3.2.7,M11.1.0"}) {
    INFO(wrong);
    CHECK_FALSE(rule_changes(wrong, 2026));
  }
}

TEST_CASE("a zone name is no path") {
  for (const char* wrong : {"", "../etc/passwd", "/etc/passwd", "America/../UTC", "America//Lima", "America/", "a b"}) {
    INFO(wrong);
    CHECK_FALSE(is_zone_name(wrong));
    CHECK_FALSE(Zone::load(wrong));
  }
  CHECK_FALSE(Zone::load("America/Nowhere"));
  CHECK_FALSE(Zone::load("tzdata.zi"));
  CHECK_FALSE(Zone::load("zone1970"));
}

TEST_CASE("this machine's zone is one that loads") {
  setenv("TZ", ":America/Lima", 1);
  CHECK(local_zone_name() == "America/Lima");
  unsetenv("TZ");
  CHECK(Zone::load(local_zone_name()));
}
