#include "client/calendar/difference.h"

#include <algorithm>
#include <map>

namespace encuentro::client::calendar {
namespace {

bool is_stamp(std::string_view property) {
  for (std::string_view name : {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED"}) {
    if (same_name(property, name)) return true;
  }
  return false;
}

// A property's values as one text. A moment's zone belongs to what it says.
std::string values_of(const Component& event, std::string_view property) {
  std::string text;
  for (const ContentLine* line : event.all(property)) {
    if (!text.empty()) text += "; ";
    text += text_unescaped(line->value);
    if (std::string tzid = line->parameter("TZID"); !tzid.empty()) text += " " + tzid;
  }
  return text;
}

std::string reminders_of(const Component& event) {
  std::string text;
  for (const Component& child : event.children) {
    if (!same_name(child.name, "VALARM")) continue;
    text += (text.empty() ? "" : "; ") + child.value("TRIGGER");
  }
  return text;
}

std::vector<std::string> properties_of(const Component& before, const Component& after) {
  std::vector<std::string> names;
  for (const Component* event : {&after, &before}) {
    for (const ContentLine& line : event->lines) {
      auto same = [&](const std::string& name) { return same_name(name, line.name); };
      if (!is_stamp(line.name) && std::none_of(names.begin(), names.end(), same)) names.push_back(line.name);
    }
  }
  return names;
}

void compare(const std::string& date, const Component& before, const Component& after, std::vector<Difference>& found) {
  for (const std::string& property : properties_of(before, after)) {
    std::string was = values_of(before, property), is = values_of(after, property);
    if (was != is) found.push_back({date, property, was, is});
  }
  std::string was = reminders_of(before), is = reminders_of(after);
  if (was != is) found.push_back({date, "VALARM", was, is});
}

using ByDate = std::map<std::string, const Component*>;

ByDate by_date(const EventObject& object) {
  ByDate events;
  if (object.has_series()) events[""] = &object.master();
  for (const Component* event : object.overrides()) events[event->value("RECURRENCE-ID")] = event;
  return events;
}

}  // namespace

std::vector<Difference> differences(const EventObject& before, const EventObject& after) {
  std::vector<Difference> found;
  ByDate was = by_date(before), is = by_date(after);
  for (const auto& [date, event] : is) {
    auto earlier = was.find(date);
    // A new exception is told as what it changes of the series.
    const Component* from = earlier != was.end() ? earlier->second : before.has_series() ? &before.master() : nullptr;
    if (from != nullptr) {
      Component shown = *event;
      Component base = *from;
      if (earlier == was.end()) {
        for (std::string_view own : {"RECURRENCE-ID", "RRULE", "RDATE", "EXDATE"}) {
          shown.erase(own);
          base.erase(own);
        }
      }
      compare(date, base, shown, found);
    } else {
      found.push_back({date, "VEVENT", "", title_of(*event)});
    }
  }
  for (const auto& [date, event] : was) {
    if (!is.contains(date)) found.push_back({date, "VEVENT", title_of(*event), ""});
  }
  return found;
}

}  // namespace encuentro::client::calendar
