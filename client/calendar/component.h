// iCalendar text (RFC 5545 §3.1, §3.4) as a tree of components and content lines. Every line is kept as it was written,
// also those of properties nobody here knows, so that what comes from another program goes back to it whole. Only
// folding and line ends take one form. Bounds are held before anything is understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/error.h"

namespace encuentro::client::calendar {

inline constexpr std::size_t file_bytes_max = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t line_bytes_max = std::size_t{256} * 1024;  // unfolded
inline constexpr std::size_t lines_max = 400'000;
inline constexpr std::size_t components_max = 20'000;
inline constexpr std::size_t depth_max = 6;

// Names of components, properties and parameters don't tell upper from lower case.
bool same_name(std::string_view a, std::string_view b);

struct ContentLine {
  std::string name;
  std::string parameters;  // as written, from the first ';' on; empty without
  std::string value;
  friend bool operator==(const ContentLine&, const ContentLine&) = default;

  // The first value of a parameter, without quotes; empty if it isn't there.
  std::string parameter(std::string_view key) const;
};

struct Component {
  std::string name;
  std::vector<ContentLine> lines;
  std::vector<Component> children;
  friend bool operator==(const Component&, const Component&) = default;

  const ContentLine* find(std::string_view property) const;
  std::vector<const ContentLine*> all(std::string_view property) const;
  // Empty if it isn't there.
  std::string value(std::string_view property) const;
  // In the place of the first of that name, or at the end; further ones of that name go.
  void set(std::string_view property, std::string parameters, std::string value);
  void erase(std::string_view property);
};

// All VCALENDARs of a file. Errors: too_large (rule: which bound), malformed (rule: "utf-8", "NUL", "line", "nesting",
// "VCALENDAR").
Result<std::vector<Component>> parse_file(std::string_view text);
// A text with one VCALENDAR.
Result<Component> parse_calendar(std::string_view text);
// With CRLF, folded at 75 bytes and never inside a character.
std::string print(const Component& component);

// TEXT values (§3.3.11).
std::string text_escaped(std::string_view text);
std::string text_unescaped(std::string_view value);

}  // namespace encuentro::client::calendar
