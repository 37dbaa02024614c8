#include "client/cli/clock.h"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace encuentro::client::cli {
namespace {

constexpr Duration longest = days(3653);

std::optional<int> digits(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text[0] == '-') return std::nullopt;
  return value;
}

}  // namespace

Timestamp now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

std::string rfc3339(Timestamp time) {
  std::time_t whole = static_cast<std::time_t>(time.ms / 1000);
  std::tm parts{};
  gmtime_r(&whole, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string local_time(Timestamp time) {
  std::time_t whole = static_cast<std::time_t>(time.ms / 1000);
  std::tm parts{};
  localtime_r(&whole, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
  return text;
}

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  auto number = digits(text.substr(0, text.size() - 1));
  if (!number) return std::nullopt;
  Duration unit = text.back() == 'd' ? days(1) : text.back() == 'h' ? hours(1) : minutes(1);
  if (text.back() != 'd' && text.back() != 'h' && text.back() != 'm') return std::nullopt;
  if (*number > longest.ms / unit.ms) return std::nullopt;
  return Duration{*number * unit.ms};
}

std::optional<Timestamp> parse_time(std::string_view text) {
  bool dated = text.size() == 10;
  if (!dated && (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')) {
    return std::nullopt;
  }
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
  auto hour = dated ? 23 : digits(text.substr(11, 2)), minute = dated ? 59 : digits(text.substr(14, 2));
  auto second = dated ? 59 : digits(text.substr(17, 2));
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                   std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  Timestamp midnight{std::chrono::sys_days(date).time_since_epoch().count() * days(1).ms};
  return midnight + hours(*hour) + minutes(*minute) + seconds(*second);
}

}  // namespace encuentro::client::cli
