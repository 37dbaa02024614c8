// One process at a time holds a profile (design §5): an advisory lock on a file in it, released by the
// system also when the process is killed.
#pragma once

#include <filesystem>
#include <functional>

#include "protocol/base/error.h"
#include "protocol/base/time.h"

namespace encuentro::client::cli::profile {

class Lock {
 public:
  // Waits up to `wait` for another process to let go. Makes the profile's directory (mode 0700) if needed.
  // Errors: locked, storage_failed.
  static Result<Lock> take(const std::filesystem::path& directory, Duration wait);
  // Whether another process waits in take(): a long-running holder (`watch`) lets go then, and takes it back.
  bool wanted() const;
  // For who let go: waits, without being counted among those who wait, until the profile is free and nobody
  // waits in take(). Two long-running holders so don't drive each other out. Errors: locked (`stop` said so),
  // storage_failed.
  static Result<Lock> take_back(const std::filesystem::path& directory, const std::function<bool()>& stop);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&& other) noexcept;
  ~Lock();

 private:
  Lock(int held, int wanted) : held_(held), wanted_(wanted) {}
  static Result<Lock> open_files(const std::filesystem::path& directory);
  int held_ = -1;    // exclusive while this object lives
  int wanted_ = -1;  // shared while one waits
};

}  // namespace encuentro::client::cli::profile
