#include "client/cli/copy/compare.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

std::string told(const std::vector<Difference>& differences) {
  std::string text;
  for (const Difference& one : differences) {
    text += one.id + ":" + std::to_string(one.line) + ":" + std::string(name(one.code)) + " ";
  }
  return text;
}

constexpr std::string_view list = R"([{"id":"a","n":1},{"id":"b","n":2},{"id":"c","n":3}])";

}  // namespace

TEST_CASE("a text differs at its first line that does") {
  CHECK(compare_text("one\ntwo\n", "one\ntwo\n").empty());
  CHECK(told(compare_text("one\ntwo\n", "one\nzwo\n")) == ":2:bad_signature ");
  CHECK(told(compare_text("one\ntwo\n", "one\ntwo\nthree\n")) == ":3:bad_signature ");
  CHECK(told(compare_text("one\ntwo\n", "one\n")) == ":2:bad_signature ");
  CHECK(told(compare_text("", "x")) == ":1:bad_signature ");
}

TEST_CASE("a list differs by the items that were changed, added, left out or moved") {
  CHECK(compare_json(list, list).empty());
  CHECK(told(compare_json(list, R"([{"id":"a","n":1},{"id":"b","n":9},{"id":"c","n":3}])")) == "b:0:bad_signature ");
  CHECK(told(compare_json(list, R"([{"id":"a","n":1},{"id":"c","n":3}])")) == "b:0:gap ");
  CHECK(told(compare_json(list, R"([{"id":"a","n":1},{"id":"x"},{"id":"b","n":2},{"id":"c","n":3}])")) ==
        "x:0:bad_signature ");
  CHECK(told(compare_json(list, R"([{"id":"b","n":2},{"id":"a","n":1},{"id":"c","n":3}])")) == "a:0:reordered ");
  CHECK(told(compare_json(list, R"([{"id":"a","n":1},{"id":"b","n":2},{"id":"b","n":2},{"id":"c","n":3}])")) ==
        "b:0:bad_signature ");
}

TEST_CASE("JSON that differs in anything differs, whether or not an item can be named") {
  CHECK(told(compare_json(R"({"items":[{"id":"a"}],"title":"t"})", R"({"items":[],"title":"t"})")) == "a:0:gap ");
  CHECK(told(compare_json(R"({"title":"t"})", R"({"title":"u"})")) == ":1:bad_signature ");
  CHECK(told(compare_json(list, "[]")) == "a:0:gap b:0:gap c:0:gap ");
  CHECK(told(compare_json(list, "{}")) == ":1:bad_signature ");
  CHECK(told(compare_json(list, "[3]")) == ":1:bad_signature ");
  CHECK(told(compare_json(list, std::string(list) + " ")) == ":1:bad_signature ");
  CHECK(told(compare_json(list, "[")) == ":0:malformed ");
}
