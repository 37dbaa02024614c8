#include "client/calendar/recurrence.h"

#include <libical/ical.h>

#include <algorithm>
#include <chrono>
#include <memory>

namespace encuentro::client::calendar {
namespace {

constexpr std::int64_t day_s = 86400;

icaltimetype ical_time(LocalSeconds local, bool date) {
  std::int64_t day = local / day_s - (local % day_s < 0 ? 1 : 0);
  std::chrono::year_month_day civil{std::chrono::sys_days(std::chrono::days(day))};
  auto second = static_cast<int>(local - day * day_s);
  icaltimetype time = icaltime_null_time();
  time.year = int{civil.year()};
  time.month = static_cast<int>(unsigned{civil.month()});
  time.day = static_cast<int>(unsigned{civil.day()});
  time.is_date = date ? 1 : 0;
  if (!date) {
    time.hour = second / 3600;
    time.minute = second / 60 % 60;
    time.second = second % 60;
  }
  return time;
}

LocalSeconds seconds_of(const icaltimetype& time) {
  std::chrono::sys_days day = std::chrono::year{time.year} / time.month / time.day;
  LocalSeconds whole = LocalSeconds{day.time_since_epoch().count()} * day_s;
  return time.is_date != 0 ? whole : whole + time.hour * 3600 + time.minute * 60 + time.second;
}

// In the one case libical's reader is sure to take.
std::string plain(std::string_view rule) {
  std::string text;
  for (char c : rule) text.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  return text;
}

Result<icalrecurrencetype> read_rule(std::string_view rule) {
  if (rule.size() > rule_bytes_max) return fail(Code::too_large, "rule", rule_bytes_max, rule.size());
  std::string text = plain(rule);
  bool known = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("=;,+-").find(c) != std::string_view::npos;
  });
  if (!known || text.find("RSCALE") != std::string::npos) return fail(Code::malformed, "rule");
  icalrecurrencetype read = icalrecurrencetype_from_string(text.c_str());
  if (read.freq == ICAL_NO_RECURRENCE || read.interval < 1 || read.count < 0) return fail(Code::malformed, "rule");
  return read;
}

// The dates a rule may step over on its way: one a unit of its frequency.
std::int64_t unit_s(icalrecurrencetype_frequency frequency) {
  switch (frequency) {
    case ICAL_SECONDLY_RECURRENCE:
      return 1;
    case ICAL_MINUTELY_RECURRENCE:
      return 60;
    case ICAL_HOURLY_RECURRENCE:
      return 3600;
    default:
      return day_s;
  }
}

// UNTIL on the wall clock of the start, so that libical compares like with like, and never after `last`: it ends the
// walk inside libical also where no date ever fits. A date counts to its end, as programs mean it that write one for a
// timed event.
void set_until(icalrecurrencetype& rule, const Moment& start, const Zone& zone, LocalSeconds last) {
  LocalSeconds until = last;
  if (icaltime_is_null_time(rule.until) == 0) {
    LocalSeconds named = seconds_of(rule.until);
    if (rule.until.is_date != 0 && !start.date) named += day_s - 1;
    if (rule.until.is_date == 0 && icaltime_is_utc(rule.until) != 0 && !start.utc) named = zone.local(named);
    until = std::min(until, named);
  }
  rule.until = ical_time(until, start.date);
}

}  // namespace

Status check_rule(std::string_view rule) {
  TRY([[maybe_unused]] auto read, read_rule(rule));
  return {};
}

Result<RuleDates> rule_dates(std::string_view rule, const Moment& start, const Zone& zone, LocalSeconds last) {
  TRY(icalrecurrencetype read, read_rule(rule));
  RuleDates result;
  if (last < start.local) return result;
  std::int64_t steps = (last - start.local) / (unit_s(read.freq) * read.interval);
  // A count ends the walk, but where a BY part may pass dates over nobody knows when.
  if (read.count > 0 && plain(rule).find("BY") == std::string::npos) steps = std::min<std::int64_t>(steps, read.count);
  if (steps > rule_steps_max) {
    return fail(Code::too_large, "rule steps", static_cast<std::uint64_t>(rule_steps_max),
                static_cast<std::uint64_t>(steps));
  }
  set_until(read, start, zone, last);
  std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)> iterator(
      icalrecur_iterator_new(read, ical_time(start.local, start.date)), &icalrecur_iterator_free);
  if (iterator == nullptr) return fail(Code::malformed, "rule");
  for (;;) {
    icaltimetype next = icalrecur_iterator_next(iterator.get());
    if (icaltime_is_null_time(next) != 0) return result;
    LocalSeconds date = seconds_of(next);
    if (date > last) return result;
    if (result.dates.size() == rule_dates_max) {
      result.cut = true;
      return result;
    }
    if (result.dates.empty() || date > result.dates.back()) result.dates.push_back(date);
  }
}

}  // namespace encuentro::client::calendar
