// Where the open database stands. Readers use it together; the committer alone takes it out and puts another in,
// when a failed write made it unusable (R80).
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>

#include "storage/rocksdb/database.h"

namespace encuentro::storage::rocks {

class DatabaseSlot {
 public:
  // Runs `read` on the database, or fails with storage_failed while there is none.
  template <class Read>
  auto use(Read&& read) -> decltype(read(std::declval<Database&>())) {
    std::unique_lock gate(gate_);
    const std::shared_lock lock(mutex_);
    gate.unlock();
    if (!database_) return fail(Code::storage_failed, "R80");
    return read(*database_);
  }

  // Closes the database, once no reader uses it, and then puts in what `open` makes; null stays empty.
  template <class Open>
  void replace(Open&& open) {
    const std::scoped_lock gate(gate_);
    const std::scoped_lock lock(mutex_);
    database_.reset();
    database_ = open();
  }

  // For the one thread that calls replace(); null if there is none.
  Database* get() { return database_.get(); }

 private:
  std::mutex gate_;  // new readers queue here while replace() waits, so that it isn't kept waiting for ever
  std::shared_mutex mutex_;
  std::unique_ptr<Database> database_;
};

}  // namespace encuentro::storage::rocks
