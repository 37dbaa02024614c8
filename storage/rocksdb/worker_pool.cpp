#include "storage/rocksdb/worker_pool.h"

#include <pthread.h>

namespace encuentro::storage::rocks {

WorkerPool::WorkerPool(std::size_t lanes, std::size_t tasks_max) : tasks_max_(tasks_max), lanes_(lanes) {
  for (auto& lane : lanes_) lane.thread = std::thread([&lane] { run(lane); });
}

WorkerPool::~WorkerPool() {
  for (auto& lane : lanes_) {
    {
      const std::scoped_lock lock(lane.mutex);
      lane.ending = true;
    }
    lane.wake.notify_one();
  }
  for (auto& lane : lanes_) lane.thread.join();
}

bool WorkerPool::submit(std::size_t key, Task&& task) {
  Lane& lane = lanes_[key % lanes_.size()];
  {
    const std::scoped_lock lock(lane.mutex);
    if (lane.tasks.size() >= tasks_max_) return false;
    lane.tasks.push_back(std::move(task));
  }
  lane.wake.notify_one();
  return true;
}

void WorkerPool::run(Lane& lane) {
  ::pthread_setname_np(::pthread_self(), "store-read");
  while (true) {
    std::unique_lock lock(lane.mutex);
    lane.wake.wait(lock, [&lane] { return lane.ending || !lane.tasks.empty(); });
    if (lane.tasks.empty()) return;
    Task task = std::move(lane.tasks.front());
    lane.tasks.pop_front();
    lock.unlock();
    task();
  }
}

}  // namespace encuentro::storage::rocks
