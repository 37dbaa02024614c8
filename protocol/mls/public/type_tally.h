// Counts how many leaves list a value, so that "do all members support it" is a look-up and not a walk
// over the tree (RFC 9420 §7.3, §12.1.7).
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/base/sorting.h"

namespace encuentro::mls {

template <class Type>
class TypeTally {
 public:
  using Entry = std::pair<Type, std::uint32_t>;

  std::uint32_t count(Type type) const {
    auto at = place(type);
    return at != entries_.end() && at->first == type ? at->second : 0;
  }
  // Values with a count above zero, ascending.
  const std::vector<Entry>& entries() const { return entries_; }

  void add(Type type) {
    auto at = place(type);
    if (at != entries_.end() && at->first == type) {
      ++entries_[index(at)].second;
    } else {
      entries_.insert(at, Entry{type, 1});
    }
  }
  void subtract(Type type) {
    auto at = place(type);
    ENC_CHECK(at != entries_.end() && at->first == type);
    if (--entries_[index(at)].second == 0) entries_.erase(at);
  }

  // One leaf's list; a value it repeats counts once.
  void add_all(const std::vector<Type>& types) {
    for_each_once(types, [this](Type type) { add(type); });
  }
  void subtract_all(const std::vector<Type>& types) {
    for_each_once(types, [this](Type type) { subtract(type); });
  }

 private:
  using Place = typename std::vector<Entry>::const_iterator;

  Place place(Type type) const {
    return std::lower_bound(entries_.begin(), entries_.end(), type,
                            [](const Entry& entry, Type wanted) { return entry.first < wanted; });
  }
  std::size_t index(Place at) const { return static_cast<std::size_t>(at - entries_.begin()); }

  template <class F>
  static void for_each_once(const std::vector<Type>& types, F f) {
    constexpr std::size_t short_list = 32;
    if (types.size() <= short_list) {
      for (std::size_t i = 0; i < types.size(); ++i) {
        auto end = types.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(types.begin(), end, types[i]) == end) f(types[i]);
      }
      return;
    }
    std::vector<Type> sorted = types;
    put_in_order(sorted);
    sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
    for (Type type : sorted) f(type);
  }

  std::vector<Entry> entries_;
};

}  // namespace encuentro::mls
