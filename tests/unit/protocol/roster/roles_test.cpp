#include "protocol/roster/roles.h"

#include "tests/support/decoder_checks.h"

using namespace encuentro;
using namespace encuentro::roster;

TEST_CASE("words and numbers belong together") {
  for (int i = 1; i <= 6; ++i) CHECK(role_named(name(static_cast<Role>(i))) == static_cast<Role>(i));
  for (int i = 1; i <= 4; ++i)
    CHECK(status_named(name(static_cast<CountryStatus>(i))) == static_cast<CountryStatus>(i));
  for (int i = 1; i <= 2; ++i) CHECK(voice_named(name(static_cast<Voice>(i))) == static_cast<Voice>(i));
  CHECK_FALSE(role_named("king"));
  CHECK(name(static_cast<Role>(9)) == "unknown");
}

TEST_CASE("a country is two capital letters or none") {
  CHECK(Country::parse("AR")->text() == "AR");
  for (auto bad : {"", "A", "ar", "ARG", "A1", "\xC3\x91"}) CHECK_FALSE(Country::parse(bad));
  CHECK(Country{}.none());
  CHECK(Country{}.text().empty());
  auto decodes = [](Bytes bytes) { return codec::decode_all<Country>(bytes, Country::decode).has_value(); };
  CHECK(decodes({'A', 'R'}));
  CHECK(decodes({0, 0}));
  CHECK_FALSE(decodes({0, 'R'}));
  CHECK_FALSE(decodes({'a', 'R'}));
}
