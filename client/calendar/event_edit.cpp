#include "client/calendar/event_edit.h"

#include <algorithm>

#include "client/calendar/zone_names.h"

namespace encuentro::client::calendar {
namespace {

constexpr std::int64_t day_s = 86400;

std::string utc_text(UtcSeconds utc) {
  Moment moment;
  moment.local = utc;
  moment.utc = true;
  return value_text(moment);
}

bool is_event(const Component& component) { return same_name(component.name, "VEVENT"); }

void set_moment(Component& event, std::string_view property, const Moment& moment) {
  event.set(property, parameters_of(moment), value_text(moment));
}

void set_text(Component& event, std::string_view property, const std::optional<std::string>& text) {
  if (!text) return;
  if (text->empty()) {
    event.erase(property);
  } else {
    event.set(property, {}, text_escaped(*text));
  }
}

// RFC 7986's property for a video conference; the link is a URI, so it isn't escaped.
void set_link(Component& event, const std::optional<std::string>& link) {
  if (!link) return;
  event.erase("CONFERENCE");
  if (!link->empty()) event.set("CONFERENCE", ";VALUE=URI;FEATURE=AUDIO,VIDEO", *link);
}

void set_reminders(Component& event, const EventWords& words) {
  if (!words.reminders_s) return;
  std::erase_if(event.children, [](const Component& child) { return same_name(child.name, "VALARM"); });
  for (std::int64_t before_s : *words.reminders_s) {
    event.children.push_back({"VALARM",
                              {{"ACTION", "", "DISPLAY"},
                               {"DESCRIPTION", "", event.value("SUMMARY")},
                               {"TRIGGER", "", length_text(-before_s)}},
                              {}});
  }
}

void set_deadline(Component& event, const std::optional<bool>& deadline) {
  if (!deadline || *deadline == is_deadline(event)) return;
  if (*deadline) {
    event.lines.push_back({"CATEGORIES", "", "DEADLINE"});
    event.set("TRANSP", {}, "TRANSPARENT");
  } else {
    std::erase_if(event.lines, [](const ContentLine& line) {
      return same_name(line.name, "CATEGORIES") && same_name(line.value, "DEADLINE");
    });
  }
}

void set_words(Component& event, const EventWords& words) {
  set_text(event, "SUMMARY", words.title);
  set_text(event, "LOCATION", words.place);
  set_text(event, "DESCRIPTION", words.description);
  set_link(event, words.link);
  if (words.start) set_moment(event, "DTSTART", *words.start);
  if (words.end) {
    event.erase("DURATION");
    set_moment(event, "DTEND", *words.end);
  }
  if (words.rule) {
    event.erase("RRULE");
    if (!words.rule->empty()) event.set("RRULE", {}, *words.rule);
  }
  set_deadline(event, words.deadline);
  set_reminders(event, words);
}

// A new edition of a component (RFC 5545 §3.8.7.4): programs that hold an older one take this.
void renew(Component& event, UtcSeconds now) {
  std::int64_t sequence = 0;
  for (char c : event.value("SEQUENCE")) {
    if (c >= '0' && c <= '9' && sequence < 1'000'000) sequence = sequence * 10 + (c - '0');
  }
  event.set("SEQUENCE", {}, std::to_string(sequence + 1));
  event.set("DTSTAMP", {}, utc_text(now));
  event.set("LAST-MODIFIED", {}, utc_text(now));
}

Component& master_of(Component& calendar) {
  auto is_master = [](const Component& c) { return is_event(c) && c.find("RECURRENCE-ID") == nullptr; };
  auto found = std::find_if(calendar.children.begin(), calendar.children.end(), is_master);
  return found != calendar.children.end() ? *found
                                          : *std::find_if(calendar.children.begin(), calendar.children.end(), is_event);
}

// How a series moves: from its old start to its new one, on the clock of each.
class Shift {
 public:
  Shift(ZoneBook& zones, Moment from, Moment to) : zones_(zones), from_(std::move(from)), to_(std::move(to)) {}

  // A date of the series, or of one of its exceptions, however it was written; afterwards as the new start is.
  Result<Moment> moved(const Moment& moment) {
    Moment there = moment;
    if (moment.date) {
      there.local += seconds() / day_s * day_s;
      return there;
    }
    TRY(there.local, on_old_clock(moment));
    there.local += seconds();
    there.utc = to_.utc;
    there.tzid = to_.tzid;
    return there;
  }

  // UNTIL, which stands in UTC, or as a date.
  Result<Moment> moved_end(const Moment& until) {
    TRY(Moment there, moved(until));
    if (there.date || !until.utc) return there;
    TRY(UtcSeconds utc, zones_.utc(there));
    there = until;
    there.local = utc;
    return there;
  }

 private:
  std::int64_t seconds() const { return to_.local - from_.local; }

  Result<LocalSeconds> on_old_clock(const Moment& moment) {
    if (moment.utc == from_.utc && moment.tzid == from_.tzid) return moment.local;
    TRY(const Zone* zone, zones_.zone_of(from_));
    TRY(UtcSeconds utc, zones_.utc(moment));
    return zone->local(utc);
  }

  ZoneBook& zones_;
  Moment from_, to_;
};

// The parameters without TZID, which follows the moments.
std::string without_zone(std::string_view parameters) {
  std::string kept;
  bool quoted = false;
  for (std::size_t begin = 0; begin < parameters.size();) {
    std::size_t end = begin + 1;
    for (; end < parameters.size() && (quoted || parameters[end] != ';'); ++end) {
      if (parameters[end] == '"') quoted = !quoted;
    }
    std::string_view one = parameters.substr(begin, end - begin);
    if (!same_name(one.substr(0, one.find('=')), ";TZID")) kept += one;
    begin = end;
  }
  return kept;
}

// Every moment of a line, in one with several too.
Status move_line(ContentLine& line, Shift& shift) {
  TRY(auto periods, periods_of(line));
  std::string value, zone;
  for (Period& period : periods) {
    TRY(Moment start, shift.moved(period.start));
    value += (value.empty() ? "" : ",") + value_text(start);
    if (!start.date) zone = parameters_of(start);
    if (period.end) {
      TRY(Moment end, shift.moved(*period.end));
      value += "/" + value_text(end);
    }
    if (period.length_s) value += "/" + length_text(*period.length_s);
  }
  line.value = value;
  line.parameters = without_zone(line.parameters) + zone;
  return {};
}

// So that the last date isn't lost by going past the end.
Status move_until(ContentLine& rule, Shift& shift) {
  std::string kept;
  for (std::string_view rest = rule.value; !rest.empty();) {
    std::size_t end = std::min(rest.find(';'), rest.size());
    std::string part(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    constexpr std::string_view until = "UNTIL=";
    if (same_name(part.substr(0, until.size()), until)) {
      TRY(Moment last, parse_moment(part.substr(until.size())));
      TRY(last, shift.moved_end(last));
      part = std::string(until) + value_text(last);
    }
    kept += (kept.empty() ? "" : ";") + part;
  }
  rule.value = kept;
  return {};
}

// Where the series begins at another time, what names its dates has to go along.
Status move_exceptions(Component& calendar, Shift& shift, bool new_rule) {
  for (Component& event : calendar.children) {
    if (!is_event(event)) continue;
    bool exception = event.find("RECURRENCE-ID") != nullptr;
    for (ContentLine& line : event.lines) {
      bool names_date =
          same_name(line.name, "EXDATE") || same_name(line.name, "RDATE") || same_name(line.name, "RECURRENCE-ID");
      bool own_time = exception && (same_name(line.name, "DTSTART") || same_name(line.name, "DTEND"));
      if (names_date || own_time) TRY_OK(move_line(line, shift));
      if (same_name(line.name, "RRULE") && !new_rule) TRY_OK(move_until(line, shift));
    }
  }
  return {};
}

// The start moves and no end is said: the end moves along, so that it lasts as long.
Result<EventWords> with_end(const Component& event, EventWords words) {
  const ContentLine* end_line = event.find("DTEND");
  if (!words.start || words.end || end_line == nullptr) return words;
  TRY(Moment start, moment_of(*event.find("DTSTART")));
  TRY(Moment end, moment_of(*end_line));
  std::int64_t lasts = end.local - start.local;
  words.end = words.start;
  if (words.start->date == start.date && end.tzid == start.tzid) {
    words.end->local += lasts;
  } else {
    words.end->local += words.start->date ? day_s : 3600;
  }
  return words;
}

Status change_whole(Component& calendar, const EventWords& words, UtcSeconds now) {
  Component& master = master_of(calendar);
  TRY(Moment before, moment_of(*master.find("DTSTART")));
  TRY(EventWords whole, with_end(master, words));
  set_words(master, whole);
  renew(master, now);
  if (words.start && words.start->date == before.date && *words.start != before) {
    ZoneBook zones(calendar, Zone::utc());
    Shift shift(zones, before, *words.start);
    TRY_OK(move_exceptions(calendar, shift, words.rule.has_value()));
  }
  return {};
}

// Whether the series has that date; the answer as its RECURRENCE-ID is written.
Result<Occurrence> date_of(const EventObject& object, const Moment& date) {
  ZoneBook zones(object.calendar(), Zone::utc());
  TRY(UtcSeconds at, zones.utc(date));
  TRY(Occurrences found, occurrences(object, zones, at - 400 * day_s, at + 400 * day_s));
  for (const Occurrence& occurrence : found.list) {
    if (occurrence.id.local == date.local) return occurrence;
  }
  return fail(Code::not_found, "date");
}

bool names(const Component& event, const Moment& date) {
  const ContentLine* line = event.find("RECURRENCE-ID");
  auto id = line == nullptr ? Result<Moment>(fail(Code::not_found)) : moment_of(*line);
  return id && id->local == date.local;
}

// The exception for a date, made from the series if it isn't there yet.
Result<Component> exception_for(const EventObject& object, const Target& target) {
  TRY(Occurrence occurrence, date_of(object, target.date));
  Component event = *occurrence.event;
  if (names(event, target.date)) return event;
  for (std::string_view property : {"RRULE", "RDATE", "EXDATE", "EXRULE", "DURATION", "DTEND"}) event.erase(property);
  set_moment(event, "DTSTART", occurrence.start);
  set_moment(event, "DTEND", occurrence.end);
  return event;
}

Status change_dates(const EventObject& object, Component& calendar, const EventWords& words, const Target& target,
                    UtcSeconds now) {
  if (words.rule) return fail(Code::malformed, "rule of one date");
  TRY(Component event, exception_for(object, target));
  bool onwards =
      target.scope == Scope::onwards || (event.find("RECURRENCE-ID") != nullptr && names(event, target.date) &&
                                         !event.find("RECURRENCE-ID")->parameter("RANGE").empty());
  TRY(EventWords whole, with_end(event, words));
  set_words(event, whole);
  event.set("RECURRENCE-ID", (onwards ? ";RANGE=THISANDFUTURE" : "") + parameters_of(target.date),
            value_text(target.date));
  renew(event, now);
  std::erase_if(calendar.children, [&](const Component& c) { return is_event(c) && names(c, target.date); });
  calendar.children.push_back(std::move(event));
  return {};
}

// UNTIL the last moment before a date; a COUNT goes, both may not stand together.
std::string ended_rule(const std::string& rule, const std::string& until) {
  std::string kept;
  for (std::string_view rest = rule; !rest.empty();) {
    std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::string_view key = part.substr(0, part.find('='));
    if (same_name(key, "UNTIL") || same_name(key, "COUNT")) continue;
    kept += (kept.empty() ? "" : ";") + std::string(part);
  }
  return kept + ";UNTIL=" + until;
}

Status end_before(const EventObject& object, Component& calendar, const Moment& date) {
  ZoneBook zones(object.calendar(), Zone::utc());
  Component& master = master_of(calendar);
  TRY(UtcSeconds at, zones.utc(date));
  Moment last;
  last.local = date.date ? date.local - day_s : at - 1;
  last.date = date.date;
  last.utc = !date.date;
  for (ContentLine& line : master.lines) {
    if (same_name(line.name, "RRULE")) line.value = ended_rule(line.value, value_text(last));
  }
  std::vector<ContentLine> kept;
  for (ContentLine& line : master.lines) {
    if (!same_name(line.name, "RDATE")) {
      kept.push_back(std::move(line));
      continue;
    }
    TRY(auto periods, periods_of(line));
    std::string value;
    for (const Period& period : periods) {
      if (period.start.local < date.local) value += (value.empty() ? "" : ",") + value_text(period.start);
    }
    if (!value.empty()) kept.push_back({line.name, line.parameters, value});
  }
  master.lines = std::move(kept);
  std::erase_if(calendar.children, [&](const Component& child) {
    const ContentLine* line = is_event(child) ? child.find("RECURRENCE-ID") : nullptr;
    auto id = line == nullptr ? Result<Moment>(fail(Code::not_found)) : moment_of(*line);
    return id && id->local >= date.local;
  });
  return {};
}

// A VTIMEZONE for each zone this machine knows and the object names without holding it.
Status add_zones(Component& calendar) {
  std::vector<Component> zones;
  for (const Component& event : calendar.children) {
    for (const ContentLine& line : event.lines) {
      std::string tzid = line.parameter("TZID");
      auto is_it = [&](const Component& c) { return same_name(c.name, "VTIMEZONE") && c.value("TZID") == tzid; };
      auto held = [&](const std::vector<Component>& list) { return std::any_of(list.begin(), list.end(), is_it); };
      if (tzid.empty() || held(calendar.children) || held(zones)) continue;
      TRY(Zone zone, Zone::load(iana_zone_of(tzid)));
      TRY(Moment moment, moment_of({line.name, line.parameters, line.value.substr(0, 15)}));
      Component timezone = timezone_component(zone, zone.utc(moment.local) - 366 * day_s);
      timezone.set("TZID", {}, tzid);
      zones.push_back(std::move(timezone));
    }
  }
  calendar.children.insert(calendar.children.begin(), zones.begin(), zones.end());
  return {};
}

Result<EventObject> finished(Component calendar) {
  TRY_OK(add_zones(calendar));
  return EventObject::from(std::move(calendar));
}

}  // namespace

Result<EventObject> make_event(const EventWords& words, BytesView random, UtcSeconds now) {
  if (!words.title || !words.start) return fail(Code::malformed, "DTSTART");
  Component event{"VEVENT",
                  {{"UID", "", to_hex(random) + "@encuentro"},
                   {"DTSTAMP", "", utc_text(now)},
                   {"CREATED", "", utc_text(now)},
                   {"SEQUENCE", "", "0"}},
                  {}};
  set_words(event, words);
  Component calendar{
      "VCALENDAR", {{"VERSION", "", "2.0"}, {"PRODID", "", "-//Encuentro//Encuentro//ES"}}, {std::move(event)}};
  return finished(std::move(calendar));
}

Result<EventObject> change_event(const EventObject& object, const EventWords& words, const Target& target,
                                 UtcSeconds now) {
  Component calendar = object.calendar();
  if (target.scope == Scope::whole) {
    TRY_OK(change_whole(calendar, words, now));
  } else {
    TRY_OK(change_dates(object, calendar, words, target, now));
  }
  return finished(std::move(calendar));
}

Result<EventObject> cancel_event(const EventObject& object, const Target& target, UtcSeconds now) {
  Component calendar = object.calendar();
  if (target.scope == Scope::whole) {
    for (Component& event : calendar.children) {
      if (!is_event(event)) continue;
      event.set("STATUS", {}, "CANCELLED");
      renew(event, now);
    }
    return finished(std::move(calendar));
  }
  TRY([[maybe_unused]] Occurrence occurrence, date_of(object, target.date));
  if (target.scope == Scope::onwards) {
    TRY_OK(end_before(object, calendar, target.date));
  } else {
    std::erase_if(calendar.children, [&](const Component& c) { return is_event(c) && names(c, target.date); });
    master_of(calendar).lines.push_back({"EXDATE", parameters_of(target.date), value_text(target.date)});
  }
  renew(master_of(calendar), now);
  return finished(std::move(calendar));
}

}  // namespace encuentro::client::calendar
