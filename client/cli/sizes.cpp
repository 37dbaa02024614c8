#include "client/cli/sizes.h"

#include <array>
#include <string_view>

namespace encuentro::client::cli {

std::string size_text(std::uint64_t bytes) {
  static constexpr std::array<std::string_view, 4> units = {" KiB", " MiB", " GiB", " TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  std::size_t unit = 0;
  std::uint64_t whole = bytes / 1024, rest = bytes % 1024;
  while (whole >= 1024 && unit + 1 < units.size()) {
    rest = whole % 1024;
    whole /= 1024;
    ++unit;
  }
  return std::to_string(whole) + "." + std::to_string(rest * 10 / 1024) + std::string(units[unit]);
}

}  // namespace encuentro::client::cli
