// What goes out, read by libical's own parser: RFC 5545's objects, other programs' files and events after each of our
// edits come through it with every property, and it finds nothing to complain of that wasn't in the file before.
#include <libical/ical.h>
#include <catch2/catch.hpp>

#include <map>
#include <memory>

#include "client/calendar/event_edit.h"
#include "tests/unit/client/calendar/fixtures.h"
#include "tests/unit/client/calendar/rfc5545.h"

using namespace encuentro;
using namespace encuentro::client::calendar;

namespace {

struct Seen {
  std::map<std::string, int> properties;  // "VEVENT DTSTART:19970903T163000Z" → how often
  std::vector<std::string> errors;        // X-LIC-ERROR
  friend bool operator==(const Seen&, const Seen&) = default;
};

using ComponentPointer = std::unique_ptr<icalcomponent, void (*)(icalcomponent*)>;

ComponentPointer parsed(const std::string& text) { return {icalparser_parse_string(text.c_str()), icalcomponent_free}; }

void see(icalcomponent* component, Seen& seen) {
  std::string name = icalcomponent_kind_to_string(icalcomponent_isa(component));
  for (auto* property = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY); property != nullptr;
       property = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)) {
    std::unique_ptr<char, void (*)(void*)> text(icalproperty_as_ical_string_r(property), icalmemory_free_buffer);
    REQUIRE(text);
    if (icalproperty_isa(property) == ICAL_XLICERROR_PROPERTY) {
      seen.errors.emplace_back(text.get());
    } else {
      ++seen.properties[name + " " + text.get()];
    }
  }
  for (auto* child = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); child != nullptr;
       child = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
    see(child, seen);
  }
}

Seen seen_in(const std::string& text) {
  auto component = parsed(text);
  REQUIRE(component);
  CHECK(icalcomponent_isa(component.get()) == ICAL_VCALENDAR_COMPONENT);
  Seen seen;
  see(component.get(), seen);
  return seen;
}

// As libical counts: a list of values (§3.8.1.2, §3.8.2.6, §3.8.5.1) is a property for each.
std::size_t properties_of(const Component& component) {
  std::size_t properties = component.lines.size();
  for (const ContentLine& line : component.lines) {
    bool list = false;
    for (std::string_view name : {"CATEGORIES", "RESOURCES", "FREEBUSY", "EXDATE", "RDATE"}) {
      list = list || same_name(line.name, name);
    }
    for (std::size_t i = 0; list && i < line.value.size(); ++i) {
      if (line.value[i] == ',' && (i == 0 || line.value[i - 1] != '\\')) ++properties;
    }
  }
  for (const Component& child : component.children) properties += properties_of(child);
  return properties;
}
std::size_t count(const Seen& seen) {
  std::size_t all = 0;
  for (const auto& [property, times] : seen.properties) all += static_cast<std::size_t>(times);
  return all;
}

// Read by libical without a word, each line a property of its own.
void check_clean(const EventObject& object) {
  Seen seen = seen_in(object.text());
  CAPTURE(object.text());
  CHECK(seen.errors.empty());
  CHECK(count(seen) == properties_of(object.calendar()));
}

}  // namespace

TEST_CASE("RFC 5545's objects are to libical the same before and after") {
  std::size_t read = 0, clean = 0;
  for (const std::string& text : tests::rfc_calendars()) {
    std::string file = tests::with_crlf(text);
    auto calendar = parse_calendar(file);
    CAPTURE(text);
    REQUIRE(calendar);
    Seen before = seen_in(file), after = seen_in(print(*calendar));
    CHECK(after == before);
    if (before.errors.empty()) {
      CHECK(count(after) == properties_of(*calendar));
      ++clean;
    }
    CHECK(*parse_calendar(print(*calendar)) == *calendar);
    ++read;
  }
  CHECK(read == 23);
  CHECK(clean == 22);  // §4's VTODO has a TRIGGER with a time and no VALUE=DATE-TIME, which §3.8.6.3 demands
}

TEST_CASE("RFC 5545's events stand in a calendar of ours with every property") {
  std::size_t events = 0;
  for (const std::string& text : tests::rfc_calendars()) {
    auto file = events_of_file(tests::with_crlf(text));
    REQUIRE(file);
    for (const Component& component : file->objects) {
      auto object = EventObject::from(component);
      CAPTURE(text);
      REQUIRE(object);
      check_clean(*object);
      Seen out = seen_in(print(calendar_of({&object->calendar()}, "")));
      for (const auto& [property, times] : seen_in(tests::with_crlf(text)).properties) {
        if (!property.starts_with("VCALENDAR")) CHECK(out.properties[property] == times);
      }
      ++events;
    }
  }
  CHECK(events == 10);
}

TEST_CASE("other programs' files are to libical the same before and after") {
  for (const std::string& text : {tests::thunderbird_file, tests::outlook_file, tests::google_file}) {
    std::string file = tests::with_crlf(text);
    auto calendar = parse_calendar(file);
    REQUIRE(calendar);
    CHECK(seen_in(print(*calendar)) == seen_in(file));
  }
}

TEST_CASE("an event of ours after each edit is one that libical takes") {
  const UtcSeconds now = parse_moment("20260101T000000Z")->local;
  for (const char* zone : {"America/Sao_Paulo", "America/Santiago", "America/Mexico_City"}) {
    auto at = [&](const char* text) { return *parse_moment(text, zone); };
    EventWords words;
    words.title = "Reunión; de, trabajo\ncon «comillas» \\ y barra";
    words.start = at("20170901T090000");
    words.end = at("20170901T103000");
    words.place = "Sala 2, piso 1";
    words.link = "https://example.org/a,b;c?d=e";
    words.description = "Línea uno\nlínea dos, más larga que setenta y cinco octetos y con eñes para que se parta bien";
    words.rule = "FREQ=WEEKLY;COUNT=30";
    words.reminders_s = {{86400, 900}};
    words.deadline = true;
    auto made = make_event(words, Bytes(16, 1), now);
    REQUIRE(made);
    check_clean(*made);
    EventWords moved;
    moved.start = at("20170916T183000");
    EventWords later;
    later.start = at("20171013T003000");
    EventWords early;
    early.start = at("20170901T003000");
    auto one = change_event(*made, moved, {Scope::one_date, at("20170915T090000")}, now);
    REQUIRE(one);
    check_clean(*one);
    auto onwards = change_event(*one, later, {Scope::onwards, at("20171013T090000")}, now);
    REQUIRE(onwards);
    check_clean(*onwards);
    auto out = cancel_event(*onwards, {Scope::one_date, at("20170922T090000")}, now);
    REQUIRE(out);
    check_clean(*out);
    auto whole = change_event(*out, early, {}, now);
    REQUIRE(whole);
    check_clean(*whole);
    auto ended = cancel_event(*whole, {Scope::onwards, at("20171110T003000")}, now);
    REQUIRE(ended);
    check_clean(*ended);
    auto off = cancel_event(*ended, {}, now);
    REQUIRE(off);
    check_clean(*off);
  }
}
