// How one thing of the roster changed: values by the place from which on they hold, so that any older head can be
// asked.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "protocol/base/ids.h"

namespace encuentro::roster {

template <class T>
class History {
 public:
  // `at` is not below the last one; at the same place the later value counts.
  void set(RosterSeq at, T value) {
    ENC_CHECK(steps_.empty() || steps_.back().first <= at);
    steps_.emplace_back(at, std::move(value));
  }
  // The value at that head; nullptr before the first.
  const T* at(RosterSeq head) const {
    auto after = std::upper_bound(steps_.begin(), steps_.end(), head,
                                  [](RosterSeq seq, const auto& step) { return seq < step.first; });
    return after == steps_.begin() ? nullptr : &std::prev(after)->second;
  }
  const std::vector<std::pair<RosterSeq, T>>& steps() const { return steps_; }

 private:
  std::vector<std::pair<RosterSeq, T>> steps_;
};

}  // namespace encuentro::roster
