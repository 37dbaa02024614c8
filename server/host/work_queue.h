// Where the store's callbacks go while the network doesn't run yet: one thread waits here until what it started is
// done.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace encuentro::server::host {

class WorkQueue {
 public:
  // Any thread.
  void post(std::move_only_function<void()> work) {
    std::lock_guard lock(mutex_);
    work_.push_back(std::move(work));
    there_.notify_one();
  }

  // Runs what is posted until `result` holds something.
  template <class T>
  T run_until(const std::optional<T>& result) {
    while (!result) {
      std::unique_lock lock(mutex_);
      there_.wait(lock, [&] { return !work_.empty(); });
      auto next = std::move(work_.front());
      work_.pop_front();
      lock.unlock();
      next();
    }
    return *result;
  }

 private:
  std::mutex mutex_;
  std::condition_variable there_;
  std::deque<std::move_only_function<void()>> work_;
};

}  // namespace encuentro::server::host
