#include "client/calendar/zone_names.h"

#include <catch2/catch.hpp>

#include "client/calendar/zone.h"

using namespace encuentro::client::calendar;

TEST_CASE("a TZID means a zone of this machine, whatever stands in front of it") {
  CHECK(iana_zone_of("America/Sao_Paulo") == "America/Sao_Paulo");
  CHECK(iana_zone_of("E. South America Standard Time") == "America/Sao_Paulo");
  CHECK(iana_zone_of("Pacific SA Standard Time") == "America/Santiago");
  CHECK(iana_zone_of("Central Standard Time (Mexico)") == "America/Mexico_City");
  CHECK(iana_zone_of("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires") == "America/Argentina/Buenos_Aires");
  CHECK(iana_zone_of("/freeassociation.sourceforge.net/America/Lima") == "America/Lima");
  CHECK(iana_zone_of("UTC") == "Etc/UTC");
  CHECK(iana_zone_of("Customized Time Zone").empty());
  CHECK(iana_zone_of("/etc/passwd").empty());
  CHECK(iana_zone_of("").empty());
}

TEST_CASE("every capital's zone is known here") {
  for (const char* code : {"AR", "BO", "BR", "CL", "CO", "CR", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE", "PY",
                           "SV", "UY", "VE", "US"}) {
    INFO(code);
    CHECK(Zone::load(capital_zone(code)));
  }
  CHECK(capital_zone("XA").empty());
  CHECK(capital_zone("").empty());
}
