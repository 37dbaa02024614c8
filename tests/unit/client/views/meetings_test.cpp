#include "client/views/meetings.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "tests/support/written_log.h"

using namespace encuentro;
using namespace encuentro::client;
using content::Meeting;
using content::MeetingAct;
using roster::Role;

namespace {

struct Convened : tests::WrittenLog {
  Convened() : WrittenLog(9) {}
  std::map<MemberId, std::pair<std::string, Role>> people;
  MemberId person(const std::string& country, Role role = Role::focal_point) {
    auto id = random.id<MemberId>();
    people[id] = {country, role};
    return id;
  }
  MemberId secretariat = person("", Role::secretariat);
  MemberId host = person("XA"), guest = person("XB");

  RecordId act(const MemberId& by, Meeting meeting) {
    return write(by, content::Kind::meeting, content::content_of(meeting));
  }
  RecordId convene(const MemberId& by, const std::string& title = "Reunión") {
    Meeting meeting;
    meeting.host = "XA";
    meeting.start = meeting.end = "2026-05-04";
    meeting.title = title;
    return act(by, meeting);
  }
  Meeting about(const RecordId& meeting, MeetingAct act) {
    Meeting made;
    made.act = act;
    made.meeting = meeting;
    return made;
  }
  void attend(const MemberId& by, const RecordId& meeting, std::vector<std::string> countries) {
    Meeting made = about(meeting, MeetingAct::attendance);
    made.countries = std::move(countries);
    act(by, made);
  }
  void decide(const MemberId& by, const RecordId& meeting, const std::string& title) {
    Meeting made = about(meeting, MeetingAct::decision);
    made.title = title;
    act(by, made);
  }

  std::vector<views::MeetingEntry> fold(std::optional<std::uint32_t> shuffled = {}) const {
    std::vector<const core::Record*> all;
    for (const auto& record : records) all.push_back(&record);
    if (shuffled) std::shuffle(all.begin(), all.end(), std::mt19937(*shuffled));
    return views::fold_meetings(all, [this](const core::Record& record) {
      const auto& [country, role] = people.at(record.member);
      views::Author author{record.device, record.member, {}, role};
      if (!country.empty()) author.country = *roster::Country::parse(country);
      return author;
    });
  }
};

}  // namespace

TEST_CASE("the Secretariat and the host convene, change and decide; others don't") {
  Convened log;
  RecordId first = log.convene(log.secretariat);
  log.convene(log.host, "Otra");
  log.convene(log.guest, "Ninguna");
  log.convene(log.person("XA", Role::delegate), "Ninguna");
  CHECK(log.fold().size() == 2);
  Meeting changed = log.about(first, MeetingAct::change);
  changed.host = "XA";
  changed.start = changed.end = "2026-05-06";
  changed.title = "Reunión, otro día";
  log.act(log.guest, changed);
  CHECK_FALSE(log.fold()[0].changed);
  log.act(log.host, changed);
  log.decide(log.secretariat, first, "Uno");
  log.decide(log.host, first, "Dos");
  log.decide(log.guest, first, "No");
  auto meetings = log.fold();
  const auto& entry = *std::find_if(meetings.begin(), meetings.end(), [&](const auto& m) { return m.id == first; });
  CHECK(entry.words.start == "2026-05-06");
  REQUIRE(entry.decisions.size() == 2);
  CHECK(entry.decisions[1].title == "Dos");
  // The host can't hand the meeting to somebody else.
  changed.host = "XB";
  log.act(log.host, changed);
  CHECK(log.fold()[1].words.host == "XA");
}

TEST_CASE("the Secretariat says who was there, a country adds itself") {
  Convened log;
  RecordId meeting = log.convene(log.secretariat);
  log.attend(log.guest, meeting, {"XB", "XC"});
  CHECK(log.fold()[0].countries == std::set<std::string>{"XB"});
  log.attend(log.secretariat, meeting, {"XA", "XC"});
  CHECK(log.fold()[0].countries == std::set<std::string>{"XA", "XC"});
  log.attend(log.person("XD", Role::delegate), meeting, {"XD"});
  CHECK(log.fold()[0].countries.size() == 2);
}

TEST_CASE("a document counts once; the records' order doesn't matter") {
  Convened log;
  RecordId meeting = log.convene(log.secretariat);
  Meeting document = log.about(meeting, MeetingAct::document);
  document.document = meeting;
  log.act(log.secretariat, document);
  log.act(log.host, document);
  log.act(log.guest, document);
  log.decide(log.secretariat, meeting, "Uno");
  log.write(log.host, content::Kind::meeting, {});
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    auto meetings = log.fold(seed);
    REQUIRE(meetings.size() == 1);
    CHECK(meetings[0].documents.size() == 1);
    CHECK(meetings[0].decisions.size() == 1);
  }
}
