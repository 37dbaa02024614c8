#include "client/calendar/moment.h"

#include <charconv>
#include <chrono>

namespace encuentro::client::calendar {
namespace {

constexpr std::size_t moments_max = 10'000;  // in one line
constexpr std::int64_t day_s = 86400;
constexpr std::int64_t length_max_s = 400 * 366 * day_s;

Result<int> digits(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool plain = !text.empty() && text.front() != '-' && end == text.data() + text.size();
  if (error != std::errc() || !plain) return fail(Code::malformed, "date");
  return value;
}

Result<Period> parse_period(std::string_view value, std::string_view tzid) {
  Period period;
  std::size_t slash = value.find('/');
  TRY(period.start, parse_moment(value.substr(0, slash), tzid));
  if (slash == std::string_view::npos) return period;
  std::string_view end = value.substr(slash + 1);
  if (end.starts_with('P') || end.starts_with('+')) {
    TRY(Length length, parse_length(end));
    period.length_s = length.days * day_s + length.seconds;
  } else {
    TRY(Moment moment, parse_moment(end, tzid));
    period.end = moment;
  }
  return period;
}

}  // namespace

Result<Moment> parse_moment(std::string_view value, std::string_view tzid) {
  Moment moment;
  moment.utc = value.size() == 16 && (value.back() == 'Z' || value.back() == 'z');
  if (moment.utc) value.remove_suffix(1);
  moment.date = value.size() == 8;
  if (!moment.date && (value.size() != 15 || (value[8] != 'T' && value[8] != 't'))) {
    return fail(Code::malformed, "date");
  }
  TRY(int year, digits(value.substr(0, 4)));
  TRY(int month, digits(value.substr(4, 2)));
  TRY(int day, digits(value.substr(6, 2)));
  std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                   std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || year < year_min || year > year_max) return fail(Code::malformed, "date");
  moment.local = std::chrono::sys_days(date).time_since_epoch().count() * day_s;
  if (moment.date) return moment;
  TRY(int hour, digits(value.substr(9, 2)));
  TRY(int minute, digits(value.substr(11, 2)));
  TRY(int second, digits(value.substr(13, 2)));
  if (hour > 23 || minute > 59 || second > 60) return fail(Code::malformed, "date");
  moment.local += hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
  if (!moment.utc) moment.tzid = tzid;
  return moment;
}

Result<Moment> moment_of(const ContentLine& line) { return parse_moment(line.value, line.parameter("TZID")); }

Result<std::vector<Period>> periods_of(const ContentLine& line) {
  std::vector<Period> periods;
  std::string tzid = line.parameter("TZID");
  std::string_view rest = line.value;
  for (;;) {
    std::size_t comma = rest.find(',');
    if (periods.size() == moments_max) return fail(Code::too_large, "dates", moments_max, moments_max + 1);
    TRY(Period period, parse_period(rest.substr(0, comma), tzid));
    periods.push_back(std::move(period));
    if (comma == std::string_view::npos) return periods;
    rest.remove_prefix(comma + 1);
  }
}

std::string value_text(const Moment& moment) {
  std::int64_t day = moment.local / day_s - (moment.local % day_s < 0 ? 1 : 0);
  std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  auto padded = [](std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
  };
  std::string text = padded(int{date.year()}, 4) + padded(unsigned{date.month()}, 2) + padded(unsigned{date.day()}, 2);
  if (moment.date) return text;
  std::int64_t second = moment.local - day * day_s;
  text += "T" + padded(second / 3600, 2) + padded(second / 60 % 60, 2) + padded(second % 60, 2);
  return moment.utc ? text + "Z" : text;
}

std::string parameters_of(const Moment& moment) {
  if (moment.date) return ";VALUE=DATE";
  if (moment.tzid.empty()) return "";
  bool quoted = moment.tzid.find_first_of(":;,") != std::string::npos;  // "(UTC-03:00) Brasilia"
  return quoted ? ";TZID=\"" + moment.tzid + "\"" : ";TZID=" + moment.tzid;
}

Result<Length> parse_length(std::string_view value) {
  std::int64_t sign = value.starts_with('-') ? -1 : 1;
  if (value.starts_with('-') || value.starts_with('+')) value.remove_prefix(1);
  if (!value.starts_with('P') || value.size() < 3) return fail(Code::malformed, "duration");
  value.remove_prefix(1);
  Length length;
  bool timed = false;
  while (!value.empty()) {
    if (value.front() == 'T') {
      if (timed) return fail(Code::malformed, "duration");
      timed = true;
      value.remove_prefix(1);
    }
    std::size_t end = value.find_first_not_of("0123456789");
    if (end == 0 || end == std::string_view::npos || end > 9) return fail(Code::malformed, "duration");
    TRY(int number, digits(value.substr(0, end)));
    std::int64_t amount = sign * number;
    char unit = value[end];
    value.remove_prefix(end + 1);
    if (!timed && unit == 'W') {
      length.days += 7 * amount;
    } else if (!timed && unit == 'D') {
      length.days += amount;
    } else if (timed && unit == 'H') {
      length.seconds += 3600 * amount;
    } else if (timed && unit == 'M') {
      length.seconds += 60 * amount;
    } else if (timed && unit == 'S') {
      length.seconds += amount;
    } else {
      return fail(Code::malformed, "duration");
    }
  }
  std::int64_t whole = length.days * day_s + length.seconds;
  if (whole > length_max_s || whole < -length_max_s) return fail(Code::too_large, "duration");
  return length;
}

std::string length_text(std::int64_t seconds) {
  std::string text = seconds < 0 ? "-P" : "P";
  if (seconds < 0) seconds = -seconds;
  if (seconds % day_s == 0) return text + std::to_string(seconds / day_s) + "D";
  if (seconds % 3600 == 0) return text + "T" + std::to_string(seconds / 3600) + "H";
  if (seconds % 60 == 0) return text + "T" + std::to_string(seconds / 60) + "M";
  return text + "T" + std::to_string(seconds) + "S";
}

}  // namespace encuentro::client::calendar
