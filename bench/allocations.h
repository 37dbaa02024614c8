// How often memory is taken: what an operation does for each node of a tree shows in how this grows with the tree.
#pragma once

#include <cstddef>

namespace encuentro::bench {

// Calls of operator new by this thread so far; the libraries' own malloc isn't seen.
std::size_t allocations();

template <class Operation>
std::size_t allocations_of(Operation operation) {
  const std::size_t before = allocations();
  operation();
  return allocations() - before;
}

}  // namespace encuentro::bench
