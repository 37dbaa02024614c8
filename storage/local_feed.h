// The change feed inside one process: whoever commits announces, listeners are called in turn.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "storage/change_feed.h"

namespace encuentro::storage {

class LocalFeed final : public ChangeFeed {
 public:
  [[nodiscard]] std::unique_ptr<Subscription> listen(std::move_only_function<void(const Hint&)> on_hint,
                                                     std::move_only_function<void()> on_gap) override;

  // Calls every listener that is there. One thread at a time.
  void announce(const Hint& hint);

 private:
  struct Listener;
  class Listening;

  std::mutex mutex_;
  std::vector<std::shared_ptr<Listener>> listeners_;
};

}  // namespace encuentro::storage
