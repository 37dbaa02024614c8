#include "client/calendar/component.h"

#include <catch2/catch.hpp>

#include "protocol/base/bytes.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client::calendar;
using tests::code_of;

namespace {

const std::string whole =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Agenda\r\nBEGIN:VEVENT\r\nUID:1\r\n"
    "ATTENDEE;CN=\"Pérez; Ana: titular\";X-FOO=bar:mailto:ana@example.org\r\nIANA-UNKNOWN;A=1:b\r\n"
    "BEGIN:VALARM\r\nTRIGGER:-P1D\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

std::string line_of(const std::string& value) { return "BEGIN:VCALENDAR\r\nX-A:" + value + "\r\nEND:VCALENDAR\r\n"; }

}  // namespace

TEST_CASE("every line is kept as it was") {
  auto calendar = parse_calendar(whole);
  REQUIRE(calendar);
  CHECK(print(*calendar) == whole);
  const Component& event = calendar->children[0];
  CHECK(event.find("attendee")->parameter("cn") == "Pérez; Ana: titular");
  CHECK(event.find("ATTENDEE")->parameter("X-FOO") == "bar");
  CHECK(event.find("ATTENDEE")->parameter("ROLE").empty());
  CHECK(event.value("IANA-UNKNOWN") == "b");
}

TEST_CASE("folds, line ends, empty lines and a byte order mark are taken in") {
  std::string folded =
      "\xef\xbb\xbf"
      "BEGIN:VCALENDAR\nX-A:uno\n  dos\n\ttres\n\n\nEND:VCALENDAR";
  auto calendar = parse_calendar(folded);
  REQUIRE(calendar);
  CHECK(calendar->value("X-A") == "uno dostres");
}

TEST_CASE("what goes out is folded at 75 bytes, never inside a character") {
  std::string text(40, 'x');
  for (int i = 0; i < 60; ++i) text += "ñ";
  auto calendar = parse_calendar(line_of(text));
  REQUIRE(calendar);
  std::string printed = print(*calendar);
  std::size_t begin = 0;
  for (std::size_t end; (end = printed.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
    CHECK(end - begin <= 75);
    CHECK((static_cast<unsigned char>(printed[begin + (printed[begin] == ' ' ? 1 : 0)]) & 0xc0) != 0x80);
  }
  CHECK(parse_calendar(printed)->value("X-A") == text);
}

TEST_CASE("text of any signs comes through escaping, folding and reading") {
  tests::SeededRandom random(7);
  const std::string signs[] = {"\\", ";", ",", ":", "\n", "\"", " ", "a", "é", "N", "\xf0\x9f\x98\x80"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t n = random.next() % 200; n-- > 0;) text += signs[random.next() % std::size(signs)];
    auto calendar = parse_calendar(line_of(text_escaped(text)));
    REQUIRE(calendar);
    auto again = parse_calendar(print(*calendar));
    REQUIRE(again);
    CHECK(*again == *calendar);
    CHECK(text_unescaped(again->value("X-A")) == text);
  }
}

TEST_CASE("what is no calendar is refused") {
  for (const char* text :
       {"", "hello", "BEGIN:VEVENT\r\nEND:VEVENT", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nEND:VEVENT", "END:VCALENDAR",
        "X-A:1\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR", "BEGIN:VCALENDAR\r\nno colon\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nX;A=\"open:1\r\nEND:VCALENDAR", "BEGIN:VCALENDAR\r\n:1\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nX-A:\xff\r\nEND:VCALENDAR"}) {
    INFO(text);
    CHECK(code_of(parse_file(text)) == Code::malformed);
  }
  CHECK(code_of(parse_file(std::string_view("BEGIN:VCALENDAR\r\nX:\0\r\nEND:VCALENDAR", 33))) == Code::malformed);
  CHECK(code_of(parse_calendar(whole + whole)) == Code::malformed);
  CHECK(parse_file(whole + whole)->size() == 2);
}

TEST_CASE("a hostile file meets the bounds first") {
  CHECK(code_of(parse_file(std::string(file_bytes_max + 1, 'x'))) == Code::too_large);
  std::string deep;
  for (std::size_t i = 0; i <= depth_max; ++i) deep += "BEGIN:VCALENDAR\r\n";
  CHECK(code_of(parse_file(deep)) == Code::too_large);
  CHECK(code_of(parse_file(line_of(std::string(line_bytes_max, 'x')))) == Code::too_large);
  std::string folded = "BEGIN:VCALENDAR\r\nX-A:1\r\n";
  for (std::size_t i = 0; i <= line_bytes_max / 1000; ++i) folded += " " + std::string(1000, 'x') + "\r\n";
  CHECK(code_of(parse_file(folded)) == Code::too_large);
  std::string many = "BEGIN:VCALENDAR\r\n";
  for (std::size_t i = 0; i <= components_max; ++i) many += "BEGIN:A\r\nEND:A\r\n";
  CHECK(code_of(parse_file(many)) == Code::too_large);
  std::string lines = "BEGIN:VCALENDAR\r\n";
  for (std::size_t i = 0; i <= lines_max; ++i) lines += "A:1\r\n";
  CHECK(code_of(parse_file(lines)) == Code::too_large);
}

TEST_CASE("a property is set in its place and erased whole") {
  Component event{"VEVENT", {{"A", "", "1"}, {"b", ";X=1", "2"}, {"C", "", "3"}, {"B", "", "4"}}, {}};
  event.set("B", "", "5");
  CHECK(event.lines == std::vector<ContentLine>{{"A", "", "1"}, {"B", "", "5"}, {"C", "", "3"}});
  event.set("D", ";V=1", "6");
  CHECK(event.lines.back() == ContentLine{"D", ";V=1", "6"});
  event.erase("b");
  CHECK(event.find("B") == nullptr);
  CHECK(event.all("A").size() == 1);
}
