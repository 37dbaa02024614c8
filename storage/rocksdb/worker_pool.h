// Threads that carry out short tasks: reads, and writes of blobs. A task goes to the lane of its key, one thread a
// lane, so that tasks of one key run one after the other in the order they came.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace encuentro::storage::rocks {

class WorkerPool {
 public:
  using Task = std::move_only_function<void()>;

  WorkerPool(std::size_t lanes, std::size_t tasks_max);
  // Runs what is queued, then ends.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, with the task untouched, if the lane holds tasks_max already.
  [[nodiscard]] bool submit(std::size_t key, Task&& task);

 private:
  struct Lane {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Task> tasks;
    bool ending = false;
    std::thread thread;
  };

  static void run(Lane& lane);

  std::size_t tasks_max_;
  std::vector<Lane> lanes_;
};

}  // namespace encuentro::storage::rocks
