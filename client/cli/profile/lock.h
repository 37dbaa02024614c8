// One process at a time holds a profile (design §5): an advisory lock on a file in it, released by the
// system also when the process is killed.
#pragma once

#include <filesystem>

#include "protocol/base/error.h"
#include "protocol/base/time.h"

namespace encuentro::client::cli::profile {

class Lock {
 public:
  // Waits up to `wait` for another process to let go. Makes the profile's directory (mode 0700) if needed.
  // Errors: locked, storage_failed.
  static Result<Lock> take(const std::filesystem::path& directory, Duration wait);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();

 private:
  explicit Lock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace encuentro::client::cli::profile
