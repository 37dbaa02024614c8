#include "client/calendar/zone_book.h"

#include <algorithm>
#include <chrono>

#include "client/calendar/recurrence.h"
#include "client/calendar/zone_names.h"

namespace encuentro::client::calendar {
namespace {

constexpr std::size_t changes_max = 4'000;
constexpr std::int64_t day_s = 86400;

// "-0300", "+013000".
Result<std::int32_t> parse_offset(std::string_view value) {
  bool sized = value.size() == 5 || value.size() == 7;
  if (!sized || (value[0] != '+' && value[0] != '-')) return fail(Code::malformed, "offset");
  std::int32_t parts[3] = {0, 0, 0};
  for (std::size_t i = 1; i < value.size(); ++i) {
    if (value[i] < '0' || value[i] > '9') return fail(Code::malformed, "offset");
    parts[(i - 1) / 2] = parts[(i - 1) / 2] * 10 + (value[i] - '0');
  }
  if (parts[0] > 24 || parts[1] > 59 || parts[2] > 59) return fail(Code::malformed, "offset");
  std::int32_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  return value[0] == '-' ? -seconds : seconds;
}

std::string offset_text(std::int32_t offset_s) {
  std::int32_t rest = offset_s < 0 ? -offset_s : offset_s;
  auto two = [](std::int32_t number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  std::string text = (offset_s < 0 ? "-" : "+") + two(rest / 3600) + two(rest / 60 % 60);
  return rest % 60 == 0 ? text : text + two(rest % 60);
}

// A zone's rule begins once a year: what steps faster could only be meant to cost.
bool yearly(std::string_view rule) {
  std::string text;
  for (char c : rule) text.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  bool sub_daily = text.find("BYHOUR") != std::string::npos || text.find("BYMINUTE") != std::string::npos ||
                   text.find("BYSECOND") != std::string::npos;
  return text.find("FREQ=YEARLY") != std::string::npos && !sub_daily;
}

// The onsets of a STANDARD or DAYLIGHT part, each on the clock that stood before it.
Status add_onsets(const Component& part, std::vector<OffsetChange>& changes, std::int32_t& earliest_before,
                  UtcSeconds& earliest) {
  const ContentLine* start_line = part.find("DTSTART");
  if (start_line == nullptr) return fail(Code::malformed, "VTIMEZONE");
  TRY(Moment start, moment_of(*start_line));
  TRY(std::int32_t before, parse_offset(part.value("TZOFFSETFROM")));
  TRY(std::int32_t after, parse_offset(part.value("TZOFFSETTO")));
  std::vector<LocalSeconds> onsets = {start.local};
  LocalSeconds last = std::chrono::sys_days(std::chrono::year{years_end} / 12 / 31).time_since_epoch().count() * day_s;
  Zone before_zone("", before, {});
  for (const ContentLine* rule : part.all("RRULE")) {
    if (!yearly(rule->value)) return fail(Code::malformed, "VTIMEZONE");
    TRY(RuleDates dates, rule_dates(rule->value, start, before_zone, last));
    onsets.insert(onsets.end(), dates.dates.begin(), dates.dates.end());
  }
  for (const ContentLine* dates : part.all("RDATE")) {
    TRY(auto periods, periods_of(*dates));
    for (const Period& period : periods) onsets.push_back(period.start.local);
  }
  if (changes.size() + onsets.size() > changes_max) return fail(Code::too_large, "VTIMEZONE");
  for (LocalSeconds onset : onsets) changes.push_back({onset - before, after});
  UtcSeconds first = *std::min_element(onsets.begin(), onsets.end()) - before;
  if (first < earliest) {
    earliest = first;
    earliest_before = before;
  }
  return {};
}

// A change's day and time, on the clock before it.
struct CivilChange {
  std::int64_t second_of_day;
  int year;
  unsigned month, day, weekday, days_in_month;
};

CivilChange civil_of(const OffsetChange& change, std::int32_t before) {
  LocalSeconds local = change.at + before;
  std::int64_t day = local / day_s - (local % day_s < 0 ? 1 : 0);
  std::chrono::sys_days date{std::chrono::days(day)};
  std::chrono::year_month_day civil(date);
  std::chrono::year_month_day_last last(civil.year() / civil.month() / std::chrono::last);
  return {local - day * day_s,
          int{civil.year()},
          unsigned{civil.month()},
          unsigned{civil.day()},
          std::chrono::weekday(date).c_encoding(),
          unsigned{last.day()}};
}

Component part_of(const OffsetChange& change, std::int32_t before, bool daylight) {
  Moment onset;
  onset.local = change.at + before;
  return {daylight ? "DAYLIGHT" : "STANDARD",
          {{"DTSTART", "", value_text(onset)},
           {"TZOFFSETFROM", "", offset_text(before)},
           {"TZOFFSETTO", "", offset_text(change.offset_s)}},
          {}};
}

// The rule that the yearly changes of one kind follow to the end of what is known; empty if they follow none.
std::string yearly_rule(const std::vector<CivilChange>& changes) {
  constexpr std::string_view weekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  const CivilChange& first = changes.front();
  bool same = true, last_week = true;
  unsigned earliest = 31, latest = 1;
  int year = first.year;
  for (const CivilChange& change : changes) {
    same = same && change.year == year++ && change.month == first.month && change.weekday == first.weekday &&
           change.second_of_day == first.second_of_day;
    last_week = last_week && change.day + 7 > change.days_in_month;
    earliest = std::min(earliest, change.day);
    latest = std::max(latest, change.day);
  }
  if (!same || (latest - earliest > 6 && !last_week)) return {};
  std::string rule = "FREQ=YEARLY;BYMONTH=" + std::to_string(first.month) + ";BYDAY=";
  std::string day(weekdays[first.weekday]);
  if (last_week) return rule + "-1" + day;
  if (earliest % 7 == 1) return rule + std::to_string(earliest / 7 + 1) + day;
  rule += day + ";BYMONTHDAY=" + std::to_string(earliest);
  for (unsigned next = earliest + 1; next < earliest + 7; ++next) rule += "," + std::to_string(next);
  return rule;
}

// What the changes of the same kind as `next`, every second one, have in common to the end; empty if nothing.
std::string rule_from(std::vector<OffsetChange>::const_iterator next, std::vector<OffsetChange>::const_iterator end,
                      std::int32_t before) {
  std::vector<CivilChange> same_kind;
  std::int32_t offset = before;
  bool every_second = true;
  for (auto change = next; change != end; ++change, every_second = !every_second) {
    if (every_second && (offset != before || change->offset_s != next->offset_s)) return {};
    if (every_second) same_kind.push_back(civil_of(*change, offset));
    offset = change->offset_s;
  }
  return same_kind.size() > 1 ? yearly_rule(same_kind) : std::string();
}

}  // namespace

Result<Zone> zone_from(const Component& timezone) {
  std::vector<OffsetChange> changes;
  std::int32_t first_offset = 0;
  UtcSeconds earliest = INT64_MAX;
  for (const Component& part : timezone.children) {
    if (!same_name(part.name, "STANDARD") && !same_name(part.name, "DAYLIGHT")) continue;
    TRY_OK(add_onsets(part, changes, first_offset, earliest));
  }
  if (changes.empty()) return fail(Code::malformed, "VTIMEZONE");
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
  return Zone(timezone.value("TZID"), first_offset, std::move(changes));
}

Component timezone_component(const Zone& zone, UtcSeconds from) {
  Component timezone{"VTIMEZONE", {{"TZID", "", zone.name()}}, {}};
  std::int32_t before = zone.offset_at(from);
  Moment start;
  start.local = from + before;
  timezone.children.push_back(part_of({from, before}, before, false));
  timezone.children.back().set("DTSTART", "", value_text(start));
  const auto& all = zone.changes();
  auto next = std::upper_bound(all.begin(), all.end(), from, [](UtcSeconds at, const auto& c) { return at < c.at; });
  // The two kinds of change that go on to the end are rules from where they follow one without a break.
  UtcSeconds end = std::chrono::sys_days(std::chrono::year{years_end} / 1 / 1).time_since_epoch().count() * day_s;
  bool goes_on = !all.empty() && all.back().at >= end;
  for (bool ruled = false; next != all.end(); ++next) {
    Component part = part_of(*next, before, next->offset_s > before);
    std::string rule = goes_on ? rule_from(next, all.end(), before) : std::string();
    if (!rule.empty()) part.set("RRULE", "", rule);
    timezone.children.push_back(std::move(part));
    before = next->offset_s;
    if (ruled && !rule.empty()) break;  // both halves of the year are rules now: nothing is left to say
    ruled = !rule.empty();
  }
  return timezone;
}

ZoneBook::ZoneBook(const Component& calendar, Zone reader) : reader_(std::move(reader)) {
  for (const Component& child : calendar.children) {
    if (same_name(child.name, "VTIMEZONE")) own_.push_back(child);
  }
}

Result<const Zone*> ZoneBook::zone(const std::string& tzid) {
  if (auto known = found_.find(tzid); known != found_.end()) return &known->second;
  auto from_file = std::find_if(own_.begin(), own_.end(), [&](const auto& own) { return own.value("TZID") == tzid; });
  std::string name = iana_zone_of(tzid);
  // Some programs put the IANA name beside a TZID of their own.
  if (name.empty() && from_file != own_.end()) name = iana_zone_of(from_file->value("X-LIC-LOCATION"));
  if (!name.empty()) {
    TRY(Zone loaded, Zone::load(name));
    return &found_.emplace(tzid, std::move(loaded)).first->second;
  }
  if (from_file == own_.end()) return fail(Code::not_found, "zone");
  TRY(Zone made, zone_from(*from_file));
  return &found_.emplace(tzid, std::move(made)).first->second;
}

Result<const Zone*> ZoneBook::zone_of(const Moment& moment) {
  if (moment.utc) return &utc_;
  if (moment.tzid.empty() || moment.date) return &reader_;
  return zone(moment.tzid);
}

Result<UtcSeconds> ZoneBook::utc(const Moment& moment) {
  TRY(const Zone* zone, zone_of(moment));
  return zone->utc(moment.local);
}

}  // namespace encuentro::client::calendar
