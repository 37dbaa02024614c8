#include "client/cli/output.h"

#include <catch2/catch.hpp>

using namespace encuentro::client::cli;

TEST_CASE("control characters of a hostile text never reach the terminal") {
  CHECK(printable("a\x1b[2Jb") == "a\xef\xbf\xbd[2Jb");
  CHECK(printable("\xc2\x9b"
                  "31m") ==
        "\xef\xbf\xbd"
        "31m");
  CHECK(printable("ñandú\n\tlínea") == "ñandú\n\tlínea");
  CHECK(printable("\x7f\r") == "\xef\xbf\xbd\xef\xbf\xbd");
}
