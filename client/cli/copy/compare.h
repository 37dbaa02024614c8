// One readable file against what it must say: where it differs, and by which item where that can be told.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/error.h"

namespace encuentro::client::cli {

struct Difference {
  std::string id;        // of the item, version, person, ... that differs; empty where none can be named
  std::size_t line = 0;  // the first that differs, from 1, of a file without ids
  Code code{};           // bad_signature: other words than were signed; gap: missing; reordered; malformed
};

// Empty: byte for byte the same.
std::vector<Difference> compare_text(std::string_view expected, std::string_view found);
// The same of JSON: lists of objects with an "id" (or "member") are compared by it. Never empty where a byte differs.
std::vector<Difference> compare_json(std::string_view expected, std::string_view found);

}  // namespace encuentro::client::cli
