// News of appended entries, as hints: a hint may come twice, late or not at all, but never names a seq that
// isn't readable. The log is the truth: who hears of seq n reads from its own cursor.
#pragma once

#include <functional>
#include <memory>

#include "storage/partition.h"

namespace encuentro::storage {

struct Hint {
  PartitionId partition;
  std::uint64_t seq = 0;  // the log reached at least here
};

// Ends the listening when destroyed; after that neither function is called any more. Destroying it from
// inside one of them is allowed.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

class ChangeFeed {
 public:
  virtual ~ChangeFeed() = default;

  // Both run on a thread of the store and must not block. `on_gap`: hints may have been lost, look at all heads
  // again (an embedded store never calls it). A listener must be gone before its feed is.
  [[nodiscard]] virtual std::unique_ptr<Subscription> listen(std::move_only_function<void(const Hint&)> on_hint,
                                                             std::move_only_function<void()> on_gap) = 0;
};

}  // namespace encuentro::storage
