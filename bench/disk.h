// What the disk itself does: the floor of whatever is acknowledged only when it is durable.
#pragma once

#include <chrono>
#include <string>

namespace encuentro::bench {

// Appends of 1 KiB to a growing file in `directory`, as a write-ahead log grows, each synced. Stops the program when
// the file can't be written.
double fdatasyncs_per_second(const std::string& directory, std::chrono::milliseconds time);

}  // namespace encuentro::bench
