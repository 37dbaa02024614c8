// Whether this store came out of a backup and is being given back what it lost since (PROTOCOL H, R84). The restore
// leaves a row; it ends by a command or when the window is over. Meanwhile nothing new is taken.
#pragma once

#include <optional>

#include "server/service/ports.h"

namespace encuentro::server::service {

class Recovery {
 public:
  Recovery(Ports& ports, Duration window) : ports_(ports), window_(window) {}

  // Errors: the store's; storage_failed for a row that can't be read.
  void load(storage::Done<void> done);
  bool running() const { return since_ && ports_.now() < *since_ + window_; }
  // Durably over; also if there was none.
  void end(storage::Done<void> done);

 private:
  Ports& ports_;
  Duration window_;
  std::optional<Timestamp> since_;
};

}  // namespace encuentro::server::service
