// A time zone as its changes of offset. Read from the system's tzdata (RFC 8536), because libical 3.0 gives wrong
// offsets for years in which a rule was changed (docs/decisions), or made from a calendar's own VTIMEZONE
// (zone_book.h).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/error.h"

namespace encuentro::client::calendar {

// Seconds since 1970-01-01T00:00:00 as the clock on the wall shows them: no zone in it.
using LocalSeconds = std::int64_t;
using UtcSeconds = std::int64_t;

struct OffsetChange {
  UtcSeconds at = 0;
  std::int32_t offset_s = 0;  // from there on, east of UTC
};

class Zone {
 public:
  // The zone with no changes.
  static Zone utc() { return Zone("UTC", 0, {}); }
  // Changes ascending.
  Zone(std::string name, std::int32_t first_offset_s, std::vector<OffsetChange> changes)
      : name_(std::move(name)), first_offset_s_(first_offset_s), changes_(std::move(changes)) {}

  // By its IANA name. Rules go on until `years_end`. Errors: not_found (no such zone, or no tzdata here), malformed.
  static Result<Zone> load(std::string_view iana_name);

  const std::string& name() const { return name_; }
  std::int32_t offset_at(UtcSeconds utc) const;
  LocalSeconds local(UtcSeconds utc) const { return utc + offset_at(utc); }
  // A time that comes twice is its first; one that doesn't come is read with the offset before the gap (RFC 5545
  // §3.3.5).
  UtcSeconds utc(LocalSeconds local) const;
  std::int32_t first_offset() const { return first_offset_s_; }
  const std::vector<OffsetChange>& changes() const { return changes_; }

 private:
  std::string name_;
  std::int32_t first_offset_s_;
  std::vector<OffsetChange> changes_;
};

inline constexpr int years_end = 2100;

// Letters, digits, '_', '+', '-' and '/', no part empty or beginning with '.': never a path out of the zone folder.
bool is_zone_name(std::string_view name);
// Of this machine: TZ, else where /etc/localtime points, else UTC.
std::string local_zone_name();

// The changes a POSIX TZ rule makes from `from_year` to years_end; what a TZif file ends with. Errors: malformed.
Result<std::vector<OffsetChange>> rule_changes(std::string_view rule, int from_year);

}  // namespace encuentro::client::calendar
