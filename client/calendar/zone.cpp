#include "client/calendar/zone.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "protocol/codec/reader.h"

namespace encuentro::client::calendar {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view zone_folder = "/usr/share/zoneinfo";
constexpr std::size_t tzif_bytes_max = std::size_t{256} * 1024;
constexpr std::int32_t offset_max_s = 26 * 3600;

UtcSeconds days_of(int year, unsigned month, unsigned day) {
  std::chrono::sys_days date = std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day);
  return date.time_since_epoch().count();
}

struct Header {
  std::uint8_t version = 0;
  std::uint32_t utc_flags = 0, standard_flags = 0, leaps = 0, times = 0, kinds = 0, characters = 0;
  // Of the block behind it, where a time takes `time_bytes`.
  std::size_t bytes(std::size_t time_bytes) const {
    return times * (time_bytes + 1) + kinds * std::size_t{6} + characters + leaps * (time_bytes + 4) + standard_flags +
           utc_flags;
  }
};

Result<Header> read_header(codec::Reader& r) {
  TRY(BytesView magic, r.raw(4));
  if (as_text(magic) != "TZif") return fail(Code::malformed, "TZif");
  Header header;
  TRY(header.version, r.u8());
  TRY([[maybe_unused]] BytesView reserved, r.raw(15));
  for (std::uint32_t* count :
       {&header.utc_flags, &header.standard_flags, &header.leaps, &header.times, &header.kinds, &header.characters}) {
    TRY(*count, r.u32());
    if (*count > tzif_bytes_max) return fail(Code::malformed, "TZif");
  }
  if (header.kinds == 0) return fail(Code::malformed, "TZif");
  return header;
}

// The 64-bit block of a file of version 2 or later, and the rule after it.
Result<Zone> read_tzif(std::string name, BytesView file) {
  codec::Reader r(file);
  TRY(Header old, read_header(r));
  if (old.version < '2') return fail(Code::malformed, "TZif version");
  TRY([[maybe_unused]] BytesView skipped, r.raw(old.bytes(4)));
  TRY(Header header, read_header(r));
  std::vector<OffsetChange> changes(header.times);
  for (OffsetChange& change : changes) {
    TRY(std::uint64_t at, r.u64());
    change.at = static_cast<std::int64_t>(at);
  }
  TRY(BytesView kinds_of_changes, r.raw(header.times));
  std::vector<std::int32_t> offsets(header.kinds);
  for (std::int32_t& offset : offsets) {
    TRY(std::uint32_t seconds, r.u32());
    offset = static_cast<std::int32_t>(seconds);
    if (offset < -offset_max_s || offset > offset_max_s) return fail(Code::malformed, "TZif offset");
    TRY([[maybe_unused]] std::uint16_t daylight_and_name, r.u16());
  }
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (kinds_of_changes[i] >= offsets.size()) return fail(Code::malformed, "TZif");
    changes[i].offset_s = offsets[kinds_of_changes[i]];
  }
  std::size_t rest = header.bytes(8) - header.times * 9 - header.kinds * std::size_t{6};
  TRY(skipped, r.raw(rest));
  std::string_view rule = as_text(r.rest());
  if (rule.size() < 2 || rule.front() != '\n' || rule.back() != '\n') return fail(Code::malformed, "TZif rule");
  rule = rule.substr(1, rule.size() - 2);
  UtcSeconds last = changes.empty() ? INT64_MIN : changes.back().at;
  int year = changes.empty() || last < 0 ? 1970 : 1970 + static_cast<int>(last / 31'556'952);
  if (!rule.empty()) {
    TRY(auto further, rule_changes(rule, year));
    for (const OffsetChange& change : further) {
      if (change.at > last) changes.push_back(change);
    }
  }
  // Some changes are of the zone's letters only, or mark where a file was cut.
  std::int32_t offset = offsets.front();
  std::erase_if(changes, [&](const OffsetChange& change) { return std::exchange(offset, change.offset_s) == offset; });
  return Zone(std::move(name), offsets.front(), std::move(changes));
}

// --- POSIX rules: "std offset [dst [offset] , date [/time] , date [/time]]" -----------------------------------------

struct RuleReader {
  std::string_view rest;

  bool take(char c) {
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    return true;
  }
  Result<int> number(int most) {
    int value = 0;
    auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc() || value < 0 || value > most) return fail(Code::malformed, "zone rule");
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    return value;
  }
  Status name() {
    bool quoted = take('<');
    std::size_t end = quoted ? rest.find('>') : rest.find_first_of("0123456789+-,");
    if (quoted && end == std::string_view::npos) return fail(Code::malformed, "zone rule");
    rest.remove_prefix(std::min(end, rest.size()));
    if (quoted) take('>');
    return {};
  }
  // [+-]hh[:mm[:ss]] as seconds.
  Result<int> time() {
    int sign = take('-') ? -1 : 1;
    if (sign == 1) take('+');
    TRY(int hours, number(167));
    int minutes = 0, seconds = 0;
    if (take(':')) {
      TRY(minutes, number(59));
      if (take(':')) {
        TRY(seconds, number(59));
      }
    }
    return sign * (hours * 3600 + minutes * 60 + seconds);
  }
};

struct RuleDate {
  char form = 'M';  // M month.week.day, J day without 29 February, 'n' day of the year from 0
  int month = 0, week = 0, day = 0;
  int time_s = 2 * 3600;

  // Seconds of the local day and time in a year.
  LocalSeconds in(int year) const {
    bool leap = std::chrono::year{year}.is_leap();
    if (form != 'M') {
      int skipped = form == 'J' ? day - 1 + (leap && day >= 60 ? 1 : 0) : day;
      return (days_of(year, 1, 1) + skipped) * 86400 + time_s;
    }
    std::chrono::year_month month_of_year{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}};
    std::chrono::weekday weekday{static_cast<unsigned>(day)};
    std::chrono::sys_days date = week == 5
                                     ? std::chrono::sys_days(month_of_year / weekday[std::chrono::last])
                                     : std::chrono::sys_days(month_of_year / weekday[static_cast<unsigned>(week)]);
    return LocalSeconds{date.time_since_epoch().count()} * 86400 + time_s;
  }
};

Result<RuleDate> read_date(RuleReader& r) {
  RuleDate date;
  if (r.take('M')) {
    TRY(date.month, r.number(12));
    if (!r.take('.')) return fail(Code::malformed, "zone rule");
    TRY(date.week, r.number(5));
    if (!r.take('.')) return fail(Code::malformed, "zone rule");
    TRY(date.day, r.number(6));
    if (date.month == 0 || date.week == 0) return fail(Code::malformed, "zone rule");
  } else {
    date.form = r.take('J') ? 'J' : 'n';
    TRY(date.day, r.number(date.form == 'J' ? 365 : 364));
    if (date.form == 'J' && date.day == 0) return fail(Code::malformed, "zone rule");
  }
  if (r.take('/')) {
    TRY(date.time_s, r.time());
  }
  return date;
}

}  // namespace

Result<std::vector<OffsetChange>> rule_changes(std::string_view rule, int from_year) {
  RuleReader r{rule};
  TRY_OK(r.name());
  TRY(int west, r.time());
  std::int32_t standard = -west;
  std::vector<OffsetChange> changes;
  if (r.rest.empty()) return changes;
  TRY_OK(r.name());
  std::int32_t daylight = standard + 3600;
  if (!r.rest.starts_with(',')) {
    TRY(int daylight_west, r.time());
    daylight = -daylight_west;
  }
  if (!r.take(',')) return fail(Code::malformed, "zone rule");
  TRY(RuleDate begins, read_date(r));
  if (!r.take(',')) return fail(Code::malformed, "zone rule");
  TRY(RuleDate ends, read_date(r));
  if (!r.rest.empty()) return fail(Code::malformed, "zone rule");
  for (int year = from_year; year <= years_end; ++year) {
    OffsetChange on{begins.in(year)-standard, daylight}, off{ends.in(year)-daylight, standard};
    changes.push_back(std::min(on, off, [](const auto& a, const auto& b) { return a.at < b.at; }));
    changes.push_back(on.at < off.at ? off : on);
  }
  return changes;
}

bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name.front() == '/' || name.back() == '/') return false;
  char before = '/';
  for (char c : name) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("_+-/").find(c) != std::string_view::npos;
    if (!plain || (c == '/' && before == '/')) return false;
    before = c;
  }
  return true;
}

Result<Zone> Zone::load(std::string_view iana_name) {
  if (iana_name == "UTC") return utc();
  if (!is_zone_name(iana_name)) return fail(Code::not_found, "zone");
  fs::path file = fs::path(zone_folder) / iana_name;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return fail(Code::not_found, "zone");
  auto size = fs::file_size(file, error);
  if (error || size > tzif_bytes_max) return fail(Code::malformed, "TZif");
  Bytes bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return fail(Code::not_found, "zone");
  return read_tzif(std::string(iana_name), bytes);
}

std::int32_t Zone::offset_at(UtcSeconds utc) const {
  auto after = std::upper_bound(changes_.begin(), changes_.end(), utc,
                                [](UtcSeconds at, const OffsetChange& change) { return at < change.at; });
  return after == changes_.begin() ? first_offset_s_ : std::prev(after)->offset_s;
}

UtcSeconds Zone::utc(LocalSeconds local) const {
  constexpr std::int64_t day_s = 86400;
  std::int32_t before = offset_at(local - day_s), after = offset_at(local + day_s);
  UtcSeconds earlier = local - before;
  if (before == after || offset_at(earlier) == before) return earlier;
  UtcSeconds later = local - after;
  return offset_at(later) == after ? later : earlier;
}

std::string local_zone_name() {
  if (const char* named = std::getenv("TZ"); named != nullptr) {
    std::string_view zone = named;
    if (zone.starts_with(':')) zone.remove_prefix(1);
    if (Zone::load(zone)) return std::string(zone);
  }
  std::error_code error;
  std::string target = fs::canonical("/etc/localtime", error).string();
  std::string prefix = std::string(zone_folder) + "/";
  if (!error && target.starts_with(prefix) && Zone::load(target.substr(prefix.size()))) {
    return target.substr(prefix.size());
  }
  return "UTC";
}

}  // namespace encuentro::client::calendar
