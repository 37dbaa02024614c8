#include <catch2/catch.hpp>

#include "protocol/content/content.h"

using namespace encuentro;

TEST_CASE("well-formed UTF-8 is exactly that of RFC 3629") {
  for (std::string_view good : {"", "plain", "ação niño", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xef\xbf\xbf",
                                "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    CHECK(content::is_utf8(as_bytes(good)));
  }
  for (std::string_view bad :
       {"\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x28\xa1", "\xf0\x9f\x98\x28"}) {
    CHECK_FALSE(content::is_utf8(as_bytes(bad)));
  }
}
