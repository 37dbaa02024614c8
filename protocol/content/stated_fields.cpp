#include "protocol/content/stated_fields.h"

#include <algorithm>
#include <array>

namespace encuentro::content {
namespace {

// Digits alone; 0 where there are others.
int number_in(std::string_view digits) {
  int number = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + (c - '0');
  }
  return number;
}

int days_in(int year, int month) {
  static constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days.at(static_cast<std::size_t>(month - 1));
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  int year = number_in(text.substr(0, 4));
  if (year < 1900 || year > 2199) return false;
  if (text.size() == 4) return true;
  int month = number_in(text.substr(5, 2));
  if (text[4] != '-' || month < 1 || month > 12) return false;
  if (text.size() == 7) return true;
  int day = number_in(text.substr(8, 2));
  return text[7] == '-' && day >= 1 && day <= days_in(year, month);
}

bool is_day(std::string_view text) { return text.size() == 10 && is_date(text); }

bool is_country_code(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_line(std::string_view text) {
  bool controls = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<std::uint8_t>(c) < 0x20; });
  return !text.empty() && text.size() <= line_bytes_max && !controls && is_utf8(as_bytes(text));
}

void set_text(Content& content, std::uint16_t key, std::string_view text) {
  if (!text.empty()) content.fields.push_back({key, to_bytes(as_bytes(text))});
}

void set_id(Content& content, std::uint16_t key, BytesView id) { content.fields.push_back({key, to_bytes(id)}); }

Result<std::string> text_of(const Content& content, std::uint16_t key, bool (*is)(std::string_view), const char* rule) {
  const Field* found = content.field(key);
  if (found == nullptr) return std::string();
  if (!is(as_text(found->value))) return fail(Code::malformed, rule);
  return std::string(as_text(found->value));
}

Result<RecordId> id_of(const Content& content, std::uint16_t key, const char* rule) {
  const Field* found = content.field(key);
  if (found == nullptr || found->value.size() != RecordId::bytes) return fail(Code::malformed, rule);
  return RecordId(found->value);
}

Result<std::uint8_t> act_of(const Content& content, std::uint16_t key, std::uint8_t most, const char* rule) {
  auto number = content.number(key);
  if (!number || *number == 0) return fail(Code::malformed, rule);
  if (*number > most) return fail(Code::unknown_version, rule, most, *number);
  return static_cast<std::uint8_t>(*number);
}

}  // namespace encuentro::content
