#include "protocol/base/error.h"

#include <catch2/catch.hpp>

using namespace encuentro;

namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail(Code::malformed, "R-TEST", 0, 1);
  return n / 2;
}
Result<int> quarter(int n) {
  TRY(int h, half(n));
  TRY(int q, half(h));
  return q;
}

}  // namespace

TEST_CASE("every code has a word and the word leads back") {
  int named = 0;
  for (int n = 1; n < 800; ++n) {
    auto code = static_cast<Code>(n);
    if (name(code) == "unknown") continue;
    CHECK(code_named(name(code)) == code);
    ++named;
  }
  CHECK(named >= 70);
  CHECK(name(Code::not_admitted) == "not_admitted");
  CHECK(code_named("no such word") == Code::none);
}

TEST_CASE("TRY hands errors up unchanged") {
  CHECK(*quarter(8) == 2);
  CHECK(quarter(6).error().code == Code::malformed);
  CHECK(quarter(6).error().rule == std::string_view("R-TEST"));
}
