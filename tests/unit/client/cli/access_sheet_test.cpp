#include "client/cli/access_sheet.h"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

SheetText sheet() {
  return {"Red <de> prueba", "Ana & Luz", "alba barco cinco dedo ella faro",
          "https://127.0.0.1:8443/#AQMabcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
}

}  // namespace

TEST_CASE("a sheet says in three languages what it is, and carries its link as code and as text to be typed") {
  auto text = sheet_as_text(sheet());
  REQUIRE(text);
  for (const char* title : {"Hoja de acceso", "Folha de acesso", "Access sheet"}) {
    CHECK(text->find(title) != std::string::npos);
  }
  CHECK(text->find("█") != std::string::npos);
  CHECK(text->find("AQMabcde fghijklm") != std::string::npos);
  CHECK(text->find("alba barco cinco") != std::string::npos);
}

TEST_CASE("a sheet's page fetches nothing and takes no name as HTML") {
  auto page = sheet_as_html(sheet());
  REQUIRE(page);
  CHECK(page->find("<svg") != std::string::npos);
  CHECK(page->find("Red &lt;de&gt; prueba") != std::string::npos);
  CHECK(page->find("Ana &amp; Luz") != std::string::npos);
  for (const char* outside : {"src=", "href=", "url("}) CHECK(page->find(outside) == std::string::npos);
}

TEST_CASE("a link that no code holds makes no sheet") {
  SheetText long_one = sheet();
  long_one.link.append(4000, 'x');
  CHECK(sheet_as_text(long_one).error().code == Code::too_large);
  CHECK(sheet_as_html(long_one).error().code == Code::too_large);
}
