#include "client/cli/ui/movers.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace encuentro::client::cli::ui {
namespace {

constexpr Duration request_timeout = minutes(1);

bool same_server(const net::Endpoint& a, const net::Endpoint& b) {
  return a.host == b.host && a.port == b.port && a.spki == b.spki;
}

}  // namespace

struct Movers::State {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> jobs;
  bool stopping = false;
  std::vector<std::jthread> threads;

  void work() {
    std::unique_ptr<net::Transfers> transfers;
    net::Endpoint connected;
    for (;;) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stopping || !jobs.empty(); });
      if (stopping) return;
      Job job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      if (transfers == nullptr || !same_server(connected, job.endpoint)) {
        connected = job.endpoint;
        transfers = net::Transfers::open(connected, request_timeout);
      }
      job.done(carry_out(*transfers, job));
    }
  }

  static Result<Bytes> carry_out(net::Transfers& transfers, const Job& job) {
    if (!job.body) return transfers.get(job.address, job.token);
    TRY_OK(transfers.put(job.address, job.token, *job.body));
    return Bytes();
  }
};

Movers::Movers() : state_(std::make_unique<State>()) {
  for (std::size_t i = 0; i < threads_max; ++i) {
    state_->threads.emplace_back([state = state_.get()] { state->work(); });
  }
}

Movers::~Movers() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->threads.clear();
}

void Movers::move(Job job) {
  {
    std::lock_guard lock(state_->mutex);
    state_->jobs.push_back(std::move(job));
  }
  state_->changed.notify_one();
}

}  // namespace encuentro::client::cli::ui
