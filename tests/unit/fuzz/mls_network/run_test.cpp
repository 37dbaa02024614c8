// Tests: fuzz/mls_network/
#include "fuzz/mls_network/run.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

namespace encuentro::fuzz {

TEST_CASE("members agree whatever the delivery service does, for many plans") {
  std::vector<std::size_t> epochs;
  Tally sum;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    tests::SeededRandom random(seed);
    Bytes bytes(2048);
    random.fill(bytes);
    const Outcome outcome = run_network(bytes);
    for (const std::string& violation : outcome.violations) {
      INFO("seed " << seed << ": " << violation);
      CHECK(violation.empty());
    }
    epochs.push_back(outcome.tally.epochs);
    sum.commits += outcome.tally.commits;
    sum.joins += outcome.tally.joins;
    sum.opened += outcome.tally.opened;
    sum.rejections += outcome.tally.rejections;
    sum.forks += outcome.tally.forks;
  }
  std::sort(epochs.begin(), epochs.end());
  INFO("epochs " << epochs.front() << " to " << epochs.back());
  CHECK(epochs[epochs.size() / 2] >= 20);
  // Each kind of thing happens.
  CHECK(sum.commits > 400);
  CHECK(sum.joins > 100);
  CHECK(sum.opened > 200);
  CHECK(sum.rejections > 400);
  CHECK(sum.forks > 20);
}

TEST_CASE("the same bytes do the same") {
  const Bytes bytes{1, 2, 3, 250, 128};
  CHECK(run_network(bytes).tally.commits == run_network(bytes).tally.commits);
  CHECK(run_network({}).violations.empty());
}

}  // namespace encuentro::fuzz
