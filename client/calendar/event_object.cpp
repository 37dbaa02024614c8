#include "client/calendar/event_object.h"

#include <algorithm>
#include <map>
#include <set>

#include "client/calendar/recurrence.h"
#include "protocol/content/event.h"
#include "protocol/crypto/hash.h"

namespace encuentro::client::calendar {
namespace {

bool is_event(const Component& component) { return same_name(component.name, "VEVENT"); }
bool is_zone(const Component& component) { return same_name(component.name, "VTIMEZONE"); }
bool is_override(const Component& event) { return event.find("RECURRENCE-ID") != nullptr; }

Status check_moment(const ContentLine& line, ZoneBook& zones) {
  TRY(Moment moment, moment_of(line));
  TRY([[maybe_unused]] const Zone* zone, zones.zone_of(moment));
  return {};
}

Status check_dates(const Component& event, std::string_view property, ZoneBook& zones) {
  for (const ContentLine* line : event.all(property)) {
    TRY(auto periods, periods_of(*line));
    for (const Period& period : periods) {
      TRY([[maybe_unused]] const Zone* zone, zones.zone_of(period.start));
    }
  }
  return {};
}

Status check_times(const Component& event, ZoneBook& zones) {
  const ContentLine* start_line = event.find("DTSTART");
  if (start_line == nullptr) return fail(Code::malformed, "DTSTART");
  TRY_OK(check_moment(*start_line, zones));
  if (const ContentLine* end_line = event.find("DTEND")) {
    TRY(Moment start, moment_of(*start_line));
    TRY(Moment end, moment_of(*end_line));
    TRY(UtcSeconds start_utc, zones.utc(start));
    TRY(UtcSeconds end_utc, zones.utc(end));
    if (end_utc < start_utc || start.date != end.date) return fail(Code::malformed, "DTEND");
  } else if (const ContentLine* length_line = event.find("DURATION")) {
    TRY(Length length, parse_length(length_line->value));
    if (length.days < 0 || length.seconds < 0) return fail(Code::malformed, "DURATION");
  }
  return {};
}

Status check_event(const Component& event, ZoneBook& zones) {
  TRY_OK(check_times(event, zones));
  std::size_t rules = 0;
  for (std::string_view property : {"RRULE", "EXRULE"}) {
    for (const ContentLine* line : event.all(property)) {
      if (++rules > rules_max) return fail(Code::too_large, "rules", rules_max, rules);
      TRY_OK(check_rule(line->value));
    }
  }
  TRY_OK(check_dates(event, "EXDATE", zones));
  TRY_OK(check_dates(event, "RDATE", zones));
  if (const ContentLine* id = event.find("RECURRENCE-ID")) TRY_OK(check_moment(*id, zones));
  return {};
}

void collect_zones(const Component& component, std::set<std::string>& named) {
  for (const ContentLine& line : component.lines) {
    if (std::string tzid = line.parameter("TZID"); !tzid.empty()) named.insert(std::move(tzid));
  }
  for (const Component& child : component.children) collect_zones(child, named);
}

std::string made_uid(const Component& event) {
  return to_hex(crypto::sha256({as_bytes(print(event))}).view()).substr(0, 32) + "@encuentro";
}

// The properties of a whole calendar, but for what a calendar of ours says itself.
bool is_own_property(const ContentLine& line) {
  for (std::string_view name : {"PRODID", "VERSION", "CALSCALE", "METHOD"}) {
    if (same_name(line.name, name)) return true;
  }
  return false;
}

}  // namespace

Result<EventObject> EventObject::parse(std::string_view text) {
  TRY(Component calendar, parse_calendar(text));
  return from(std::move(calendar));
}

Result<EventObject> EventObject::from(Component calendar) {
  ZoneBook zones(calendar, Zone::utc());
  std::string uid;
  std::size_t series = 0, overrides = 0;
  for (const Component& child : calendar.children) {
    if (!is_event(child)) continue;
    if (series + overrides > 0 && child.value("UID") != uid) return fail(Code::malformed, "UID");
    uid = child.value("UID");
    ++(is_override(child) ? overrides : series);
    if (series > 1) return fail(Code::malformed, "two series");
    if (overrides > overrides_max) return fail(Code::too_large, "exceptions", overrides_max, overrides);
    TRY_OK(check_event(child, zones));
  }
  if (series + overrides == 0) return fail(Code::malformed, "VEVENT");
  if (uid.empty()) return fail(Code::malformed, "UID");
  if (uid.size() > content::event_uid_bytes_max) {
    return fail(Code::too_large, "UID", content::event_uid_bytes_max, uid.size());
  }
  return EventObject(std::move(calendar));
}

std::string EventObject::uid() const { return master().value("UID"); }

const Component& EventObject::master() const {
  const Component* first = nullptr;
  for (const Component& child : calendar_.children) {
    if (!is_event(child)) continue;
    if (!is_override(child)) return child;
    if (first == nullptr) first = &child;
  }
  return *first;
}

std::vector<const Component*> EventObject::overrides() const {
  std::vector<const Component*> found;
  for (const Component& child : calendar_.children) {
    if (is_event(child) && is_override(child)) found.push_back(&child);
  }
  return found;
}

bool EventObject::has_series() const { return !is_override(master()); }
bool EventObject::recurs() const {
  return has_series() && (master().find("RRULE") != nullptr || master().find("RDATE") != nullptr);
}

Result<FileEvents> events_of_file(std::string_view text) {
  TRY(auto calendars, parse_file(text));
  FileEvents events;
  for (Component& calendar : calendars) {
    std::map<std::string, std::size_t, std::less<>> place;
    for (Component& child : calendar.children) {
      if (is_zone(child)) continue;
      if (!is_event(child)) {
        ++events.others;
        continue;
      }
      if (child.value("UID").empty()) child.set("UID", "", made_uid(child));
      auto [known, fresh] = place.try_emplace(child.value("UID"), events.objects.size());
      if (fresh) events.objects.push_back({calendar.name, calendar.lines, {}});
      events.objects[known->second].children.push_back(child);
    }
    for (const auto& [uid, index] : place) {
      Component& object = events.objects[index];
      std::set<std::string> named;
      collect_zones(object, named);
      auto is_named = [&](const Component& c) { return is_zone(c) && named.contains(c.value("TZID")); };
      std::vector<Component> zones;
      std::copy_if(calendar.children.begin(), calendar.children.end(), std::back_inserter(zones), is_named);
      object.children.insert(object.children.begin(), zones.begin(), zones.end());
    }
  }
  return events;
}

Component calendar_of(const std::vector<const Component*>& objects, std::string_view title) {
  Component calendar{"VCALENDAR", {{"VERSION", "", "2.0"}, {"PRODID", "", "-//Encuentro//Encuentro//ES"}}, {}};
  std::vector<Component> events;
  std::set<std::string> zones;
  for (const Component* object : objects) {
    for (const ContentLine& line : object->lines) {
      bool known = std::find(calendar.lines.begin(), calendar.lines.end(), line) != calendar.lines.end();
      if (!is_own_property(line) && !known) calendar.lines.push_back(line);
    }
    for (const Component& child : object->children) {
      if (!is_zone(child)) {
        events.push_back(child);
      } else if (zones.insert(child.value("TZID")).second) {
        calendar.children.push_back(child);
      }
    }
  }
  if (!title.empty() && calendar.find("X-WR-CALNAME") == nullptr) {
    calendar.lines.push_back({"X-WR-CALNAME", "", text_escaped(title)});
  }
  calendar.children.insert(calendar.children.end(), events.begin(), events.end());
  return calendar;
}

std::string title_of(const Component& event) { return text_unescaped(event.value("SUMMARY")); }
std::string place_of(const Component& event) { return text_unescaped(event.value("LOCATION")); }
std::string description_of(const Component& event) { return text_unescaped(event.value("DESCRIPTION")); }

std::string link_of(const Component& event) {
  for (std::string_view property : {"CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL"}) {
    if (const ContentLine* line = event.find(property)) return line->value;
  }
  return {};
}

bool is_deadline(const Component& event) {
  for (const ContentLine* line : event.all("CATEGORIES")) {
    std::string_view rest = line->value;
    while (!rest.empty()) {
      std::size_t comma = std::min(rest.find(','), rest.size());
      if (same_name(rest.substr(0, comma), "DEADLINE")) return true;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return false;
}

bool is_cancelled(const Component& event) { return same_name(event.value("STATUS"), "CANCELLED"); }

}  // namespace encuentro::client::calendar
