// One sort for every list. A sort written out for each type is 3 to 4 KB of the module that a browser fetches, and
// there were twenty; here the places are sorted, and the items are moved once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace encuentro {

// Whether the item at one place comes before the item at another. `items` is what the caller handed to sorted_places.
using ComesBefore = bool (*)(const void* items, std::uint32_t a, std::uint32_t b);

// The places 0 to count - 1 in the order of their items, equal ones as they stood. A count over 2^32 - 1 stops the
// program.
std::vector<std::uint32_t> sorted_places(std::size_t count, ComesBefore before, const void* items);

// Puts the items in order, equal ones as they stood.
template <class T, class Before = std::less<>>
void put_in_order(std::vector<T>& items, Before before = {}) {
  struct Asked {
    const std::vector<T>& items;
    Before& before;
  } asked{items, before};
  auto places = sorted_places(
      items.size(),
      [](const void* all, std::uint32_t a, std::uint32_t b) -> bool {
        const auto& [list, comes_before] = *static_cast<const Asked*>(all);
        return comes_before(list[a], list[b]);
      },
      &asked);
  std::vector<T> ordered;
  ordered.reserve(items.size());
  for (std::uint32_t place : places) ordered.push_back(std::move(items[place]));
  items = std::move(ordered);
}

}  // namespace encuentro
