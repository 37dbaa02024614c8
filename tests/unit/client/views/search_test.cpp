// The gathering of what a profile holds is driven by tests/e2e/archive.test.mjs.
#include "client/views/search.h"

#include <catch2/catch.hpp>

using encuentro::client::views::excerpt;

TEST_CASE("an excerpt stands around the first word that was found, at whole characters") {
  CHECK(excerpt("La reunión fue en Quito.", "quito", 100) == "La reunión fue en Quito.");
  std::string text = "ñ";
  for (int i = 0; i < 100; ++i) text += "ñandú áéí ";
  text += "la Declaración\nfinal ";
  for (int i = 0; i < 100; ++i) text += "ñññ ";
  for (std::size_t most = 20; most < 60; ++most) {
    std::string line = excerpt(text, "declaracion", most);
    CHECK(line.starts_with("… "));
    CHECK(line.ends_with(" …"));
    CHECK(encuentro::content::is_utf8(encuentro::as_bytes(line)));
    CHECK(line.size() <= most + 10);
    CHECK(line.find("Decl") != std::string::npos);
    CHECK(line.find('\n') == std::string::npos);
  }
  CHECK(excerpt("", "x", 10).empty());
}
