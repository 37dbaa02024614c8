// The stateful target: members of several groups and a delivery service that is their enemy (mls_network/run.h).
// Prints what the runs reached, and fails if half of them stay below the epochs a run is for.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "fuzz/mls_network/run.h"

namespace {

using encuentro::fuzz::Outcome;

constexpr std::size_t median_epochs_min = 20;
constexpr std::size_t runs_that_tell = 20;
constexpr std::size_t runs_per_line = 500;

class Report {
 public:
  ~Report() {
    if (epochs_.empty()) return;
    print();
    if (epochs_.size() >= runs_that_tell && median() < median_epochs_min) {
      std::fprintf(stderr, "ERROR: the median run reaches fewer than %zu epochs\n", median_epochs_min);
      std::_Exit(1);
    }
  }

  void add(const Outcome& outcome) {
    epochs_.push_back(outcome.tally.epochs);
    commits_ += outcome.tally.commits;
    joins_ += outcome.tally.joins;
    opened_ += outcome.tally.opened;
    rejections_ += outcome.tally.rejections;
    forks_ += outcome.tally.forks;
    if (epochs_.size() % runs_per_line == 0) print();
  }

 private:
  std::size_t median() {
    auto middle = epochs_.begin() + static_cast<std::ptrdiff_t>(epochs_.size() / 2);
    std::nth_element(epochs_.begin(), middle, epochs_.end());
    return *middle;
  }
  void print() {
    std::fprintf(stderr,
                 "fuzz: %zu runs, median %zu epochs; %zu commits, %zu rejections, %zu joins, %zu messages, %zu forks\n",
                 epochs_.size(), median(), commits_, rejections_, joins_, opened_, forks_);
  }

  std::vector<std::size_t> epochs_;
  std::size_t commits_ = 0;
  std::size_t joins_ = 0;
  std::size_t opened_ = 0;
  std::size_t rejections_ = 0;
  std::size_t forks_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Report report;
  const Outcome outcome = encuentro::fuzz::run_network({data, size});
  for (const std::string& violation : outcome.violations) std::fprintf(stderr, "ERROR: %s\n", violation.c_str());
  if (!outcome.violations.empty()) std::abort();
  report.add(outcome);
  return 0;
}
