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

Result<Lock> Lock::open_files(const std::filesystem::path& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory)) {
    std::filesystem::create_directories(directory.parent_path(), error);
    if (mkdir(directory.c_str(), 0700) != 0 && !std::filesystem::is_directory(directory)) {
      return fail(Code::storage_failed, "profile");
    }
  }
  auto open_file = [&](const char* name) {
    return ::open((directory / name).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  };
  Lock lock(open_file("lock"), open_file("lock-wanted"));
  if (lock.held_ < 0 || lock.wanted_ < 0) return fail(Code::storage_failed, "profile");
  return lock;
}

Result<Lock> Lock::take(const std::filesystem::path& directory, Duration wait) {
  TRY(Lock lock, open_files(directory));
  if (flock(lock.held_, LOCK_EX | LOCK_NB) == 0) return lock;
  // Waiting is shown by a shared lock on the second file. flock has no timed wait; trying again at a short
  // interval is the portable way.
  flock(lock.wanted_, LOCK_SH);
  auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(wait.ms);
  while (flock(lock.held_, LOCK_EX | LOCK_NB) != 0) {
    if (std::chrono::steady_clock::now() >= deadline) return fail(Code::locked);
    poll(nullptr, 0, poll_interval_ms);
  }
  flock(lock.wanted_, LOCK_UN);
  return lock;
}

Result<Lock> Lock::take_back(const std::filesystem::path& directory, const std::function<bool()>& stop) {
  TRY(Lock lock, open_files(directory));
  for (; !stop(); poll(nullptr, 0, poll_interval_ms)) {
    // While the second file is ours alone nobody waits, and nobody can begin to.
    if (flock(lock.wanted_, LOCK_EX | LOCK_NB) != 0) continue;
    bool free = flock(lock.held_, LOCK_EX | LOCK_NB) == 0;
    flock(lock.wanted_, LOCK_UN);
    if (free) return lock;
  }
  return fail(Code::locked);
}

bool Lock::wanted() const {
  if (flock(wanted_, LOCK_EX | LOCK_NB) != 0) return true;
  flock(wanted_, LOCK_UN);
  return false;
}

Lock::Lock(Lock&& other) noexcept : held_(std::exchange(other.held_, -1)), wanted_(std::exchange(other.wanted_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
  std::swap(held_, other.held_);
  std::swap(wanted_, other.wanted_);
  return *this;
}

Lock::~Lock() {
  if (held_ >= 0) close(held_);
  if (wanted_ >= 0) close(wanted_);
}

}  // namespace encuentro::client::cli::profile
