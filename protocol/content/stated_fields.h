// Properties of the archive's items (initiatives, meetings) as their authors state them: countries by code, days, lines
// of text. Each is read back only in its one form.
#pragma once

#include "protocol/content/content.h"

namespace encuentro::content {

inline constexpr std::size_t line_bytes_max = 512;
inline constexpr std::size_t countries_max = 200;

// "2017", "2017-06" or "2017-06-04": a day that there is, in the years 1900 to 2199.
bool is_date(std::string_view text);
bool is_day(std::string_view text);
// Two capital letters.
bool is_country_code(std::string_view text);
// One line of 1 to 512 bytes of UTF-8, no control characters.
bool is_line(std::string_view text);

// Fields are given in ascending order of their keys.
void set_text(Content& content, std::uint16_t key, std::string_view text);
void set_id(Content& content, std::uint16_t key, BytesView id);

// The text of a field, empty where it isn't there. Errors: malformed (`rule`) where `is` doesn't hold.
Result<std::string> text_of(const Content& content, std::uint16_t key, bool (*is)(std::string_view), const char* rule);
// Errors: malformed (another form, or it isn't there).
Result<RecordId> id_of(const Content& content, std::uint16_t key, const char* rule);
// A number from 1 to `most`. Errors: malformed; unknown_version above.
Result<std::uint8_t> act_of(const Content& content, std::uint16_t key, std::uint8_t most, const char* rule);

}  // namespace encuentro::content
