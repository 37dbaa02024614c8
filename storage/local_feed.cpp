#include "storage/local_feed.h"

#include <algorithm>

namespace encuentro::storage {

// The recursive mutex is held while the listener runs: ending the listening from another thread waits until
// the call is over, from inside the call it doesn't wait for itself.
struct LocalFeed::Listener {
  std::recursive_mutex mutex;
  bool listening = true;
  std::move_only_function<void(const Hint&)> on_hint;
};

class LocalFeed::Listening final : public Subscription {
 public:
  Listening(LocalFeed& feed, std::shared_ptr<Listener> listener) : feed_(feed), listener_(std::move(listener)) {}
  ~Listening() override {
    {
      const std::scoped_lock lock(listener_->mutex);
      listener_->listening = false;
    }
    const std::scoped_lock lock(feed_.mutex_);
    std::erase(feed_.listeners_, listener_);
  }

 private:
  LocalFeed& feed_;
  std::shared_ptr<Listener> listener_;
};

std::unique_ptr<Subscription> LocalFeed::listen(std::move_only_function<void(const Hint&)> on_hint,
                                                std::move_only_function<void()>) {
  auto listener = std::make_shared<Listener>();
  listener->on_hint = std::move(on_hint);
  const std::scoped_lock lock(mutex_);
  listeners_.push_back(listener);
  return std::make_unique<Listening>(*this, std::move(listener));
}

void LocalFeed::announce(const Hint& hint) {
  std::vector<std::shared_ptr<Listener>> listeners;
  {
    const std::scoped_lock lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& listener : listeners) {
    const std::scoped_lock lock(listener->mutex);
    if (listener->listening) listener->on_hint(hint);
  }
}

}  // namespace encuentro::storage
