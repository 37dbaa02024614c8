// A month as a grid of weeks, Monday first, with a mark on the days that hold something.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "client/calendar/zone.h"
#include "client/cli/catalogue.h"

namespace encuentro::client::cli {

class Month {
 public:
  static Month of(calendar::LocalSeconds local);
  // "2026-12"; nullopt for anything else and outside the calendar's years.
  static std::optional<Month> parse(std::string_view text);

  int year() const { return year_; }
  unsigned month() const { return month_; }
  calendar::LocalSeconds first_day() const;
  calendar::LocalSeconds end() const;  // the first day of the next month
  unsigned days() const;
  unsigned first_weekday() const;  // 0 is Monday

 private:
  Month(int year, unsigned month) : year_(year), month_(month) {}
  int year_;
  unsigned month_;
};

class MonthGrid {
 public:
  explicit MonthGrid(Month month) : month_(month) {}
  // Every day from the first to the last that lies in the month.
  void mark(calendar::LocalSeconds first, calendar::LocalSeconds last);
  std::string text(const Catalogue& words) const;

 private:
  Month month_;
  std::array<bool, 31> marked_{};
};

}  // namespace encuentro::client::cli
