#include "client/views/calendar.h"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "tests/support/written_log.h"

using namespace encuentro;
using namespace encuentro::client;
using content::Attendance;
using content::Event;
using content::EventAct;

namespace {

struct Calendar : tests::WrittenLog {
  Calendar() : WrittenLog(5) {}
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random.next() % n); }
  MemberId ana = random.id<MemberId>(), bea = random.id<MemberId>(), carla = random.id<MemberId>();
  MemberId secretary = random.id<MemberId>();
  RecordId add(const MemberId& by, const std::string& uid, const std::string& body) {
    return write(by, content::Kind::event, content_of(Event{EventAct::add, uid, {}, {}, uid, body, {}}));
  }
  RecordId change(const MemberId& by, const RecordId& event, std::vector<RecordId> parents, const std::string& body,
                  EventAct act = EventAct::change) {
    std::sort(parents.begin(), parents.end());
    return write(by, content::Kind::event, content_of(Event{act, "u", event, parents, "t", body, {}}));
  }
  void answer(const MemberId& by, const RecordId& event, Attendance attendance) {
    write(by, content::Kind::event_answer, content_of(content::EventAnswer{event, event, attendance}));
  }

  roster::Country country_of(const MemberId& member) const {
    if (member == secretary) return {};
    return *roster::Country::parse(member == carla ? "XB" : "XA");
  }
  std::vector<views::CalendarEvent> fold_in(const std::vector<const core::Record*>& all) const {
    return views::fold_events(all, [this](const core::Record& record) {
      return views::Author{record.device, record.member, country_of(record.member), roster::Role::focal_point};
    });
  }
  std::vector<views::CalendarEvent> fold() const {
    std::vector<const core::Record*> all;
    for (const auto& record : records) all.push_back(&record);
    return fold_in(all);
  }
};

// Everything a screen shows of it, as text.
std::string shown(const std::vector<views::CalendarEvent>& events) {
  std::string text;
  for (const auto& event : events) {
    text += "event " + to_hex(event.id.view()) + (event.cancelled() ? " cancelled\n" : "\n");
    for (const auto& version : event.versions) {
      text += to_hex(version.id.view()) + " " + version.event.calendar + (version.displaced ? " displaced\n" : "\n");
    }
    for (const auto& answer : event.answers) {
      text += to_hex(answer.author.member.view()) + std::to_string(static_cast<int>(answer.attendance)) + "\n";
    }
    for (const auto& answer : event.countries) {
      text += std::string(answer.country.text()) + std::to_string(static_cast<int>(answer.attendance)) + "\n";
    }
  }
  return text;
}

}  // namespace

TEST_CASE("an event is added, changed, cancelled: all versions stay, the last stands") {
  Calendar c;
  auto id = c.add(c.ana, "u", "uno");
  auto second = c.change(c.carla, id, {id}, "dos");
  c.change(c.ana, id, {second}, "tres", EventAct::cancel);
  auto events = c.fold();
  REQUIRE(events.size() == 1);
  CHECK(events[0].id == id);
  REQUIRE(events[0].versions.size() == 3);
  CHECK(events[0].versions[1].author.member == c.carla);
  CHECK(events[0].current().event.calendar == "tres");
  CHECK(events[0].cancelled());
  CHECK_FALSE(events[0].in_conflict());
}

TEST_CASE("of two changes at once the later in the log stands, the other is shown until somebody settles it") {
  Calendar c;
  auto id = c.add(c.ana, "u", "uno");
  auto one = c.change(c.ana, id, {id}, "dos");
  auto other = c.change(c.carla, id, {id}, "tres");
  auto events = c.fold();
  CHECK(events[0].current().event.calendar == "tres");
  REQUIRE(events[0].in_conflict());
  CHECK(events[0].version(one)->displaced);
  CHECK_FALSE(events[0].version(id)->displaced);
  auto tips = events[0].tips();
  CHECK(tips.size() == 2);
  CHECK(std::is_sorted(tips.begin(), tips.end()));
  SECTION("a change that had only one of them in view settles nothing") {
    c.change(c.ana, id, {other}, "cuatro");
    CHECK(c.fold()[0].version(one)->displaced);
  }
  SECTION("one that names both does") {
    c.change(c.ana, id, tips, "cuatro");
    CHECK_FALSE(c.fold()[0].in_conflict());
    CHECK(c.fold()[0].current().event.calendar == "cuatro");
  }
}

TEST_CASE("the same file brought in twice is one event, found by either id") {
  Calendar c;
  auto id = c.add(c.ana, "u", "uno");
  auto again = c.add(c.carla, "u", "uno");
  CHECK_FALSE(c.fold()[0].in_conflict());
  c.change(c.carla, again, {again}, "dos");
  c.answer(c.carla, again, Attendance::attending);
  auto events = c.fold();
  REQUIRE(events.size() == 1);
  CHECK(events[0].id == id);
  CHECK(events[0].versions.size() == 3);
  CHECK(events[0].answers.size() == 1);
  c.add(c.carla, "v", "otro");
  CHECK(c.fold().size() == 2);
}

TEST_CASE("answers are people's, the last counts; a country attends if one of its people does") {
  Calendar c;
  auto id = c.add(c.secretary, "u", "uno");
  c.answer(c.ana, id, Attendance::attending);
  c.answer(c.bea, id, Attendance::declined);
  c.answer(c.carla, id, Attendance::declined);
  c.answer(c.secretary, id, Attendance::attending);
  auto events = c.fold();
  CHECK(events[0].answers.size() == 4);
  REQUIRE(events[0].countries.size() == 2);
  CHECK(events[0].countries[0].country.text() == "XA");
  CHECK(events[0].countries[0].attendance == Attendance::attending);
  CHECK(events[0].countries[1].attendance == Attendance::declined);
  c.answer(c.ana, id, Attendance::declined);
  c.answer(c.carla, id, Attendance::tentative);
  events = c.fold();
  CHECK(events[0].answers.size() == 4);
  CHECK(events[0].countries[0].attendance == Attendance::declined);
  CHECK(events[0].countries[1].attendance == Attendance::tentative);
}

TEST_CASE("what is no event, or speaks of none, changes nothing") {
  Calendar c;
  auto id = c.add(c.ana, "u", "uno");
  std::string before = shown(c.fold());
  c.change(c.ana, c.random.id<RecordId>(), {id}, "x");
  c.answer(c.ana, c.random.id<RecordId>(), Attendance::attending);
  c.write(c.ana, content::Kind::event, content::Content{});
  c.write(c.ana, content::Kind::event_answer, content::Content{});
  c.write(c.ana, content::Kind::message, content::Content{});
  c.change(c.ana, id, {id}, "sealed");
  c.records.back().reading = core::Reading::closed;
  CHECK(shown(c.fold()) == before);
}

TEST_CASE("any order of the same log's records gives the same calendar") {
  Calendar c;
  std::vector<RecordId> versions, events;
  auto pick = [&](const std::vector<RecordId>& from) { return from[c.below(from.size())]; };
  for (int i = 0; i < 60; ++i) {
    const MemberId by = std::array{c.ana, c.bea, c.carla, c.secretary}[c.below(4)];
    std::string text = std::to_string(i);
    switch (events.empty() ? 0 : c.below(5)) {
      case 0:
        events.push_back(c.add(by, "u" + std::to_string(c.below(6)), text));
        versions.push_back(events.back());
        break;
      case 1:
        c.answer(by, pick(events), static_cast<Attendance>(1 + c.below(3)));
        break;
      default:
        versions.push_back(c.change(by, pick(events), {pick(versions)}, text));
    }
  }
  std::string expected = shown(c.fold());
  std::vector<const core::Record*> all;
  for (const auto& record : c.records) all.push_back(&record);
  for (int round = 0; round < 200; ++round) {
    for (std::size_t i = all.size(); i > 1; --i) std::swap(all[i - 1], all[c.below(i)]);
    REQUIRE(shown(c.fold_in(all)) == expected);
  }
}
