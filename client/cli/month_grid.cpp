#include "client/cli/month_grid.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <vector>

#include "client/calendar/moment.h"

namespace encuentro::client::cli {
namespace {

constexpr std::int64_t day_s = 86400;
constexpr std::size_t cell_width = 5;

std::chrono::sys_days first_of(int year, unsigned month) {
  return std::chrono::year{year} / static_cast<int>(month) / 1;
}

std::vector<std::string> split(const std::string& list) {
  std::istringstream in(list);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

// Characters, not bytes: the names of the days have accents.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(const std::string& text) {
  std::size_t width = width_of(text);
  return std::string(width < cell_width ? cell_width - width : 0, ' ') + text;
}

}  // namespace

Month Month::of(calendar::LocalSeconds local) {
  std::int64_t day = local / day_s - (local % day_s < 0 ? 1 : 0);
  std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return {int{date.year()}, unsigned{date.month()}};
}

std::optional<Month> Month::parse(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  auto moment = calendar::parse_moment(std::string(text.substr(0, 4)) + std::string(text.substr(5, 2)) + "01");
  if (!moment) return std::nullopt;
  return of(moment->local);
}

calendar::LocalSeconds Month::first_day() const { return first_of(year_, month_).time_since_epoch().count() * day_s; }
calendar::LocalSeconds Month::end() const { return first_day() + days() * day_s; }
unsigned Month::days() const {
  std::chrono::year_month_day_last last(std::chrono::year{year_} / static_cast<int>(month_) / std::chrono::last);
  return unsigned{last.day()};
}
unsigned Month::first_weekday() const { return std::chrono::weekday(first_of(year_, month_)).iso_encoding() - 1; }

void MonthGrid::mark(calendar::LocalSeconds first, calendar::LocalSeconds last) {
  for (unsigned day = 0; day < month_.days(); ++day) {
    calendar::LocalSeconds begins = month_.first_day() + day * day_s;
    if (first < begins + day_s && last >= begins) marked_.at(day) = true;
  }
}

std::string MonthGrid::text(const Catalogue& words) const {
  auto months = split(words.text("calendar.months"));
  std::string text = months.at(month_.month() - 1) + " " + std::to_string(month_.year()) + "\n";
  for (const std::string& day : split(words.text("calendar.weekdays"))) text += padded(day + " ");
  text += "\n" + std::string(cell_width * month_.first_weekday(), ' ');
  for (unsigned day = 1; day <= month_.days(); ++day) {
    text += padded(std::to_string(day) + (marked_.at(day - 1) ? "*" : " "));
    if ((month_.first_weekday() + day) % 7 == 0 && day < month_.days()) text += "\n";
  }
  return text + "\n";
}

}  // namespace encuentro::client::cli
