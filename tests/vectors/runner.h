// Runs a file's cases and counts them.
#pragma once

#include <optional>

#include "tests/vectors/families.h"

namespace encuentro::vectors {

struct Report {
  std::size_t passed = 0;
  std::size_t failed = 0;
  // Cases of other suites, when only one was asked for.
  std::size_t left_out = 0;
  std::vector<std::string> failures;  // "case 3: what wasn't so"
};

// `json_text` is a whole file. Text that isn't JSON, or has no case, is one failure.
Report run_vectors(const Family& family, std::string_view json_text, std::optional<std::uint16_t> only_suite,
                   Random& random);

}  // namespace encuentro::vectors
