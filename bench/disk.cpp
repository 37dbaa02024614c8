#include "bench/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "protocol/base/check.h"

namespace encuentro::bench {

double fdatasyncs_per_second(const std::string& directory, std::chrono::milliseconds time) {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t entry_bytes = 1024;
  const std::string path = directory + "/fdatasync";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600);
  ENC_CHECK(file >= 0);
  const std::vector<char> content(entry_bytes, 'x');
  std::uint64_t count = 0;
  const auto start = Clock::now();
  for (; Clock::now() - start < time; ++count) {
    ENC_CHECK(::write(file, content.data(), content.size()) == static_cast<ssize_t>(entry_bytes));
    ENC_CHECK(::fdatasync(file) == 0);
  }
  const double rate = static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - start).count();
  ::close(file);
  std::filesystem::remove(path);
  return rate;
}

}  // namespace encuentro::bench
