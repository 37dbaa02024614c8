// How every measurement here takes its time: CPU time of the calling thread, so that neighbours on the
// machine disturb little, and the median of many batches, so that an interruption disturbs nothing.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace encuentro::bench {

// Microseconds of CPU time this thread has used.
double thread_cpu_us();

// Runs `operation` over and over; returns the median of the batches, in microseconds a run. A batch is long
// enough (at least `batch_us`) that reading the clock doesn't count.
template <class Operation>
double median_us(Operation operation, double batch_us = 300) {
  constexpr std::size_t batches = 31;
  std::size_t runs = 1;
  for (;;) {  // also the warm-up
    const double start = thread_cpu_us();
    for (std::size_t i = 0; i < runs; ++i) operation();
    if (thread_cpu_us() - start >= batch_us) break;
    runs *= 2;
  }
  std::array<double, batches> times;
  for (auto& time : times) {
    const double start = thread_cpu_us();
    for (std::size_t i = 0; i < runs; ++i) operation();
    time = (thread_cpu_us() - start) / static_cast<double>(runs);
  }
  std::nth_element(times.begin(), times.begin() + batches / 2, times.end());
  return times[batches / 2];
}

}  // namespace encuentro::bench
