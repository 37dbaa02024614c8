// The real roster against the model, on random histories of up to 40 entries. A sample runs by default; the whole:
//
//   ENCUENTRO_ROSTER_HISTORIES=100000 build/tests/roster_model/roster_model_test
//
// Tests: protocol/roster/ (all its rules together)
#include <cstdlib>
#include <iostream>

#include "tests/roster_model/histories.h"

using namespace encuentro::roster_model;

namespace {

constexpr int entries_max = 40;
constexpr int tries_max = 90;

std::uint64_t asked(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

}  // namespace

TEST_CASE("the roster and the model agree on random histories") {
  std::uint64_t histories = asked("ENCUENTRO_ROSTER_HISTORIES", 200);
  std::uint64_t first = asked("ENCUENTRO_ROSTER_SEED", 1);
  std::uint64_t taken = 0, refused = 0;
  std::map<Kind, std::pair<int, int>> by_kind;
  for (std::uint64_t seed = first; seed < first + histories; ++seed) {
    History history(seed);
    std::string difference;
    for (int tried = 0; tried < tries_max && history.taken < entries_max && difference.empty(); ++tried) {
      difference = history.step();
    }
    for (int again = 0; again < 3 && difference.empty(); ++again) difference = history.compare_older();
    if (!difference.empty()) FAIL("seed " << seed << " after " << history.taken << " entries: " << difference);
    taken += static_cast<std::uint64_t>(history.taken);
    refused += static_cast<std::uint64_t>(history.refused);
    for (const auto& [kind, counts] : history.by_kind) {
      by_kind[kind].first += counts.first;
      by_kind[kind].second += counts.second;
    }
  }
  CHECK(taken > 15 * histories);
  if (histories < 100) return;
  // Every sort of entry was taken and refused.
  CHECK(by_kind.size() == static_cast<std::size_t>(Kind::checkpoint) + 1);
  for (const auto& [kind, counts] : by_kind) {
    INFO("kind " << static_cast<int>(kind) << ": taken " << counts.first << ", refused " << counts.second);
    CHECK(counts.first > 0);
    CHECK(counts.second > 0);
  }
  std::cout << histories << " histories: " << taken << " entries taken, " << refused << " refused\n";
}
