// The structured log: one JSON object a line, event codes from a closed list, time rounded to the minute, a
// pseudonymous connection number. There is no way to put in a text that came from outside: no content, name, id or
// address (R82).
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "protocol/base/error.h"
#include "protocol/base/time.h"

namespace encuentro::server::ops {

enum class Level : std::uint8_t { debug, info, warning, error };
std::expected<Level, std::string> level_named(std::string_view word);

// A number beside an event; the name is a literal.
struct Figure {
  const char* name;
  std::uint64_t value;
};

class Log {
 public:
  // To standard error (empty `file`) or appended to `file`, reopened by reopen() after rotation.
  static std::expected<std::unique_ptr<Log>, std::string> open(Level level, const std::filesystem::path& file);
  virtual ~Log() = default;

  // `event` is a literal, e.g. "session_opened". Any thread.
  virtual void write(Level level, const char* event, std::initializer_list<Figure> figures = {}) = 0;
  void write(Level level, const char* event, const Error& error);
  virtual void reopen() = 0;
};

}  // namespace encuentro::server::ops
