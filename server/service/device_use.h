// When each device of a browser was last here, to the day: one that nobody has used for 180 days sleeps, and is let in
// no more (PROTOCOL L7). It comes in anew, as a new device of its member. Native devices don't sleep.
#pragma once

#include <map>

#include "protocol/roster/roster.h"
#include "server/service/ports.h"

namespace encuentro::server::service {

class DeviceUseBook {
 public:
  explicit DeviceUseBook(Ports& ports) : ports_(ports) {}

  // Errors: the store's; storage_failed for a row that can't be read.
  void load(storage::Done<void> done);

  bool asleep(const roster::DeviceView& device) const;
  // It logged in or was here until now. Written at most once a day and not waited for: a write that is lost makes it
  // sleep a day sooner.
  void used(const roster::DeviceView& device);

 private:
  Ports& ports_;
  std::map<DeviceId, Timestamp> last_;
};

}  // namespace encuentro::server::service
