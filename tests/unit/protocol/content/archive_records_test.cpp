// Tests: protocol/content/initiative.cpp protocol/content/meeting.cpp protocol/content/stated_fields.cpp
#include <algorithm>

#include "protocol/content/initiative.h"
#include "protocol/content/meeting.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using content::Content;
using content::Initiative;
using content::InitiativeAct;
using content::Meeting;
using content::MeetingAct;

namespace {

RecordId record(std::uint8_t last) {
  Bytes bytes(RecordId::bytes);
  bytes.back() = last;
  return RecordId(bytes);
}

Initiative filed() {
  Initiative initiative;
  initiative.country = "XA";
  initiative.date = "2017-06";
  initiative.theme = "Educación";
  initiative.confirm_by = "2018-03-31";
  initiative.title = "Taller para docentes";
  initiative.text = "*Tres* jornadas.";
  return initiative;
}

Meeting convened() {
  Meeting meeting;
  meeting.host = "XB";
  meeting.start = "2017-10-16";
  meeting.end = "2017-10-17";
  meeting.place = "Ciudad B";
  meeting.title = "Octava reunión";
  meeting.text = "1. Apertura";
  return meeting;
}

Meeting attendance(std::vector<std::string> countries) {
  Meeting meeting;
  meeting.act = MeetingAct::attendance;
  meeting.meeting = record(1);
  meeting.countries = std::move(countries);
  return meeting;
}

Code refused(const Initiative& initiative) { return code_of(content::initiative_of(content::content_of(initiative))); }
Code refused(const Meeting& meeting) { return code_of(content::meeting_of(content::content_of(meeting))); }

template <class T>
Code refused_with(T item, void (*change)(T&)) {
  change(item);
  return refused(item);
}

}  // namespace

TEST_CASE("dates are days, months or years that there are") {
  for (const char* date : {"2017", "2017-06", "2017-06-30", "2016-02-29", "1900-01-01"}) CHECK(content::is_date(date));
  for (const char* date : {"", "17", "2017-13", "2017-00", "2017-6", "2017-02-29", "2100-02-29", "2017/06",
                           "2017-06-31", "2017-06-00", "1899", "2200", "201a", "2017-06-01T"}) {
    INFO(date);
    CHECK_FALSE(content::is_date(date));
  }
  CHECK_FALSE(content::is_day("2017-06"));
  CHECK(content::is_line("ñ"));
  CHECK_FALSE(content::is_line("a\nb"));
  CHECK_FALSE(content::is_line(std::string(content::line_bytes_max + 1, 'a')));
  CHECK_FALSE(content::is_line("\xff"));
}

TEST_CASE("initiatives read back through their bytes") {
  Initiative corrected = filed();
  corrected.act = InitiativeAct::correct;
  corrected.initiative = record(1);
  corrected.country.clear();  // the network's own
  Initiative confirmed;
  confirmed.act = InitiativeAct::confirm;
  confirmed.initiative = record(1);
  confirmed.version = record(2);
  for (const Initiative& initiative : {filed(), corrected, confirmed}) {
    auto read = content::decode_content(content::encode(content::content_of(initiative)));
    REQUIRE(read);
    CHECK(*content::initiative_of(*read) == initiative);
  }
}

TEST_CASE("an initiative of another form is refused") {
  CHECK(refused_with(filed(), +[](Initiative& i) { i.country = "xa"; }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.date = "2017-13"; }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.date.clear(); }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.theme = "a\nb"; }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.confirm_by = "2018-03"; }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.title.clear(); }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.initiative = record(1); }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.act = InitiativeAct::correct; }) == Code::malformed);
  CHECK(refused_with(
            filed(), +[](Initiative& i) {
              i.act = InitiativeAct::confirm;
              i.initiative = record(1);
            }) == Code::malformed);
  CHECK(refused_with(filed(), +[](Initiative& i) { i.act = static_cast<InitiativeAct>(5); }) == Code::unknown_version);
  CHECK(code_of(content::initiative_of(Content())) == Code::malformed);
}

TEST_CASE("meetings read back through their bytes") {
  Meeting changed = convened();
  changed.act = MeetingAct::change;
  changed.meeting = record(1);
  Meeting document;
  document.act = MeetingAct::document;
  document.meeting = record(1);
  document.document = record(2);
  Meeting decision;
  decision.act = MeetingAct::decision;
  decision.meeting = record(1);
  decision.title = "Normas mínimas";
  decision.text = "Se adoptan.";
  for (const Meeting& meeting : {convened(), changed, attendance({"AR", "XA"}), document, decision}) {
    auto read = content::decode_content(content::encode(content::content_of(meeting)));
    REQUIRE(read);
    CHECK(*content::meeting_of(*read) == meeting);
  }
}

TEST_CASE("a meeting of another form is refused") {
  CHECK(refused_with(convened(), +[](Meeting& m) { m.host = "B"; }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.start.clear(); }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.end = "2017-10-15"; }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.place = "a\tb"; }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.title.clear(); }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.countries = {"XA"}; }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.meeting = record(1); }) == Code::malformed);
  CHECK(refused_with(convened(), +[](Meeting& m) { m.act = static_cast<MeetingAct>(6); }) == Code::unknown_version);
  CHECK(refused(attendance({})) == Code::malformed);
  CHECK(refused(attendance({"XB", "XA"})) == Code::malformed);
  CHECK(refused(attendance({"XA", "XA"})) == Code::malformed);
  CHECK(refused(attendance({"XAB"})) == Code::malformed);
  CHECK(refused(attendance(std::vector<std::string>(content::countries_max + 1, "XA"))) == Code::too_large);
  Meeting document = attendance({});
  document.act = MeetingAct::document;
  CHECK(refused(document) == Code::malformed);
  CHECK(code_of(content::meeting_of(Content())) == Code::malformed);
}

TEST_CASE("a meeting of which only the month is known stands with it, and never ends before it begins") {
  Meeting meeting = convened();
  meeting.start = meeting.end = "2012-03";
  CHECK(*content::meeting_of(content::content_of(meeting)) == meeting);
  meeting.end = "2012-03-05";
  CHECK(*content::meeting_of(content::content_of(meeting)) == meeting);
  meeting.end = "2012-02";
  CHECK(refused(meeting) == Code::malformed);
  meeting.end = "2012-13";
  CHECK(refused(meeting) == Code::malformed);
}

TEST_CASE("an initiative names where it is to stand, or the draft it came from, by whole ids") {
  Initiative draft = filed();
  draft.destination = ChannelId(record(7).view());
  CHECK(*content::initiative_of(content::content_of(draft)) == draft);
  Initiative copy = filed();
  copy.original = record(9);
  CHECK(*content::initiative_of(content::content_of(copy)) == copy);
  for (std::uint16_t key : {std::uint16_t{38}, std::uint16_t{39}}) {
    content::Content content = content::content_of(filed());
    content.fields.push_back({key, Bytes(15, 1)});
    CHECK(code_of(content::initiative_of(content)) == Code::malformed);
  }
}
