#include "client/cli/profile/lock.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace encuentro::client::cli::profile {
namespace {

constexpr int poll_interval_ms = 20;

}  // namespace

Result<Lock> Lock::take(const std::filesystem::path& directory, Duration wait) {
  std::error_code error;
  if (!std::filesystem::exists(directory)) {
    std::filesystem::create_directories(directory.parent_path(), error);
    if (mkdir(directory.c_str(), 0700) != 0 && !std::filesystem::is_directory(directory)) {
      return fail(Code::storage_failed, "profile");
    }
  }
  int descriptor = ::open((directory / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail(Code::storage_failed, "profile");
  Lock lock(descriptor);
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait.ms);
  // flock has no timed wait; trying again at a short interval is the portable way.
  while (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= deadline) return fail(Code::locked);
    poll(nullptr, 0, poll_interval_ms);
  }
  return lock;
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

Lock::~Lock() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace encuentro::client::cli::profile
