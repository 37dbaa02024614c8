#include "protocol/content/document_symbol.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using content::parse_symbol;
using content::SymbolSuffix;

TEST_CASE("a symbol is its base and what became of it") {
  auto symbol = parse_symbol("REUNION/GT/12/Rev.1/Add.2");
  REQUIRE(symbol.has_value());
  CHECK(symbol->base == "REUNION/GT/12");
  REQUIRE(symbol->parts.size() == 2);
  CHECK(symbol->parts[0].suffix == SymbolSuffix::revision);
  CHECK(symbol->parts[1].suffix == SymbolSuffix::addendum);
  CHECK(symbol->parts[1].number == 2);
  CHECK(symbol->text() == "REUNION/GT/12/Rev.1/Add.2");
}

TEST_CASE("a symbol typed otherwise is written in its one form") {
  CHECK(parse_symbol("CD/1/rev3")->text() == "CD/1/Rev.3");
  CHECK(parse_symbol("CD/1/CORR.12")->text() == "CD/1/Corr.12");
  CHECK(parse_symbol("CD/1")->parts.empty());
}

TEST_CASE("what isn't a suffix belongs to the base") {
  for (const char* text : {"CD/Rev.0", "CD/Rev.", "CD/Rev.01", "CD/Rev.12345", "CD/Revista1", "Rev.1"}) {
    INFO(text);
    CHECK(parse_symbol(text)->base == text);
  }
  CHECK(parse_symbol("A/Rev.1/Rev.2/Rev.3/Rev.4/Rev.5")->base == "A/Rev.1");
}

TEST_CASE("a symbol has no blanks, no control characters, a base and a length") {
  for (const char* text : {"", "CD 1", "CD\t1", "CD\x7f", "/Rev.1"}) {
    INFO(text);
    CHECK(parse_symbol(text).error().code == Code::malformed);
  }
  CHECK(parse_symbol(std::string(96, 'x')).has_value());
  CHECK(parse_symbol(std::string(97, 'x')).error().code == Code::too_large);
  // Found by the fuzzer: 96 bytes as typed, 97 as written.
  CHECK(parse_symbol(std::string(91, 'x') + "/add1").error().code == Code::too_large);
  CHECK(parse_symbol(std::string(90, 'x') + "/add1")->text().size() == 96);
}
