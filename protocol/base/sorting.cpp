#include "protocol/base/sorting.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "protocol/base/check.h"

namespace encuentro {

std::vector<std::uint32_t> sorted_places(std::size_t count, ComesBefore before, const void* items) {
  ENC_CHECK(count <= std::numeric_limits<std::uint32_t>::max());
  std::vector<std::uint32_t> places(count);
  std::iota(places.begin(), places.end(), 0U);
  // The place decides between equals: std::sort is smaller than std::stable_sort and takes no memory.
  std::sort(places.begin(), places.end(), [before, items](std::uint32_t a, std::uint32_t b) {
    return before(items, a, b) || (a < b && !before(items, b, a));
  });
  return places;
}

}  // namespace encuentro
