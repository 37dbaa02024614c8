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
  // Whether another process waits in take(): a long-running holder (`watch`) lets go then and takes it again.
  bool wanted() const;
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();

 private:
  Lock(int held, int wanted) : held_(held), wanted_(wanted) {}
  int held_ = -1;    // exclusive while this object lives
  int wanted_ = -1;  // shared while one waits
};

}  // namespace encuentro::client::cli::profile
