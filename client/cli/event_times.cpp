#include "client/cli/event_times.h"

#include <chrono>

#include "client/cli/clock.h"

namespace encuentro::client::cli {
namespace {

using calendar::LocalSeconds;
using calendar::Moment;
using calendar::UtcSeconds;
using calendar::Zone;

constexpr std::int64_t day_s = 86400;

LocalSeconds day_of(LocalSeconds local) { return local / day_s - (local % day_s < 0 ? 1 : 0); }

std::string date_text(LocalSeconds local) {
  Moment moment;
  moment.local = local;
  moment.date = true;
  std::string text = value_text(moment);
  return text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
}

std::string time_text(LocalSeconds local) {
  std::int64_t minute = (local - day_of(local) * day_s) / 60;
  auto two = [](std::int64_t number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
  return two(minute / 60) + ":" + two(minute % 60);
}

// The n-th word of a list in the catalogue.
std::string nth_word(std::string_view list, std::size_t n) {
  while (n-- > 0) list.remove_prefix(std::min(list.find(' '), list.size() - 1) + 1);
  return std::string(list.substr(0, list.find(' ')));
}

// "20261201T100000Z" from "2026-12-01T10:00Z".
std::string compact(std::string_view text) {
  std::string plain;
  for (char c : text) {
    if (c != '-' && c != ':') plain.push_back(c == ' ' ? 'T' : c);
  }
  bool utc = plain.ends_with('Z');
  if (utc) plain.pop_back();
  if (plain.size() == 13) plain += "00";
  return utc ? plain + "Z" : plain;
}

// One form only, so that a slip of the fingers isn't taken for another time.
bool well_formed(std::string_view text) {
  for (std::string_view form : {"dddd-dd-dd", "dddd-dd-ddTdd:dd", "dddd-dd-ddTdd:ddZ", "dddd-dd-ddTdd:dd:dd",
                                "dddd-dd-ddTdd:dd:ddZ", "dddd-dd-dd dd:dd"}) {
    bool fits = form.size() == text.size();
    for (std::size_t i = 0; fits && i < form.size(); ++i) {
      fits = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : form[i] == text[i];
    }
    if (fits) return true;
  }
  return false;
}

}  // namespace

std::optional<Moment> parse_event_time(std::string_view text, const std::string& zone) {
  if (!well_formed(text)) return std::nullopt;
  auto moment = calendar::parse_moment(compact(text));
  auto own = Zone::load(zone);
  if (!moment || !own) return std::nullopt;
  if (moment->date) return *moment;
  if (zone == "UTC") {
    moment->utc = true;
    return *moment;
  }
  if (moment->utc) moment->local = own->local(moment->local);
  moment->utc = false;
  moment->tzid = zone;
  return *moment;
}

std::optional<UtcSeconds> parse_window(std::string_view text, const Zone& reader) {
  if (!well_formed(text)) return std::nullopt;
  auto moment = calendar::parse_moment(compact(text));
  if (!moment) return std::nullopt;
  return moment->utc ? moment->local : reader.utc(moment->local);
}

std::string data_time(const Moment& moment, UtcSeconds utc) {
  return moment.date ? date_text(moment.local) : rfc3339(Timestamp{utc * 1000});
}

std::string day_text(LocalSeconds local, const Catalogue& words) {
  std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day_of(local)))};
  return nth_word(words.text("calendar.weekdays"), weekday.iso_encoding() - 1) + " " + date_text(local);
}

std::string clock_text(LocalSeconds local, const Catalogue& words) {
  return day_text(local, words) + " " + time_text(local);
}

std::string span_text(const calendar::Occurrence& occurrence, calendar::ZoneBook& zones, const Catalogue& words) {
  const Moment &start = occurrence.start, &end = occurrence.end;
  if (start.date) {
    LocalSeconds last = end.local - day_s;
    return last <= start.local ? day_text(start.local, words)
                               : day_text(start.local, words) + " – " + day_text(last, words);
  }
  auto on = [&](const Zone& zone, LocalSeconds shown_day) {
    LocalSeconds from = zone.local(occurrence.start_utc), to = zone.local(occurrence.end_utc);
    std::string text = day_of(from) == shown_day ? time_text(from) : clock_text(from, words);
    if (to > from) text += "–" + (day_of(to) == day_of(from) ? time_text(to) : clock_text(to, words));
    return text + " " + zone.name();
  };
  auto own = zones.zone_of(start);
  const Zone& zone = own ? **own : zones.reader();
  LocalSeconds day = day_of(zone.local(occurrence.start_utc));
  std::string text = day_text(day * day_s, words) + " " + on(zone, day);
  if (zone.name() != zones.reader().name()) text += " (" + on(zones.reader(), day) + ")";
  return text;
}

bool on_weekend(LocalSeconds local) {
  std::chrono::weekday weekday{std::chrono::sys_days(std::chrono::days(day_of(local)))};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

}  // namespace encuentro::client::cli
