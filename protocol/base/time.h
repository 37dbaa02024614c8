// Time comes in as a value; nothing in the core asks a clock.
#pragma once

#include <compare>
#include <cstdint>

namespace encuentro {

// Milliseconds since 1970-01-01T00:00:00Z. In signed structures times are whole milliseconds.
struct Timestamp {
  std::int64_t ms = 0;
  friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

// A length of time in milliseconds.
struct Duration {
  std::int64_t ms = 0;
  friend constexpr auto operator<=>(Duration, Duration) = default;
};

constexpr Timestamp operator+(Timestamp t, Duration d) { return {t.ms + d.ms}; }
constexpr Timestamp operator-(Timestamp t, Duration d) { return {t.ms - d.ms}; }
constexpr Duration operator-(Timestamp a, Timestamp b) { return {a.ms - b.ms}; }

constexpr Duration milliseconds(std::int64_t n) { return {n}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1000}; }
constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }
constexpr Duration days(std::int64_t n) { return hours(n * 24); }

}  // namespace encuentro
