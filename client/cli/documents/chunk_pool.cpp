#include "client/cli/documents/chunk_pool.h"

#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace encuentro::client::cli {
namespace {

constexpr Duration request_timeout = minutes(2);
constexpr auto pause = std::chrono::milliseconds(250);  // before a chunk is tried again

bool only_delays(Code code) {
  return code == Code::unreachable || code == Code::overloaded || code == Code::too_many ||
         code == Code::storage_failed;
}

}  // namespace

struct ChunkPool::State {
  net::Endpoint endpoint;
  std::vector<std::uint32_t> chunks;
  Move move;

  mutable std::mutex mutex;
  std::condition_variable changed;
  std::size_t next = 0;
  std::string token;
  std::uint64_t token_number = 0;
  bool token_wanted = false;
  bool stopping = false;
  std::optional<Error> failure;
  std::vector<Through> through;
  std::vector<std::jthread> workers;

  void work() {
    auto transfers = net::Transfers::open(endpoint, request_timeout);
    std::unique_lock lock(mutex);
    while (!stopping && !failure && next < chunks.size()) {
      std::uint32_t index = chunks[next++];
      move_until_done(*transfers, index, lock);
    }
  }

  // The lock is held on entry and exit, never while bytes move.
  void move_until_done(net::Transfers& transfers, std::uint32_t index, std::unique_lock<std::mutex>& lock) {
    while (!stopping && !failure) {
      std::string with = token;
      std::uint64_t number = token_number;
      lock.unlock();
      auto moved = move(transfers, with, index);
      lock.lock();
      if (moved) {
        through.push_back({index, *moved});
        changed.notify_all();
        return;
      }
      Code code = moved.error().code;
      if (code == Code::not_logged_in) {
        if (number == token_number) token_wanted = true;
        changed.notify_all();
        changed.wait(lock, [&] { return stopping || failure || number != token_number; });
      } else if (only_delays(code)) {
        changed.wait_for(lock, pause, [&] { return stopping || failure.has_value(); });
      } else {
        failure = moved.error();
        changed.notify_all();
      }
    }
  }
};

ChunkPool::ChunkPool(const net::Endpoint& endpoint, std::string token, std::vector<std::uint32_t> chunks, Move move)
    : state_(std::make_unique<State>()) {
  std::size_t workers = std::min(workers_max, chunks.size());
  state_->endpoint = endpoint;
  state_->token = std::move(token);
  state_->chunks = std::move(chunks);
  state_->move = std::move(move);
  for (std::size_t i = 0; i < workers; ++i) state_->workers.emplace_back([state = state_.get()] { state->work(); });
}

ChunkPool::~ChunkPool() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  state_->workers.clear();
}

std::vector<ChunkPool::Through> ChunkPool::take(Duration wait) {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait_for(lock, std::chrono::milliseconds(wait.ms),
                           [&] { return !state_->through.empty() || state_->failure || state_->token_wanted; });
  return std::exchange(state_->through, {});
}

std::optional<Error> ChunkPool::failure() const {
  std::lock_guard lock(state_->mutex);
  return state_->failure;
}

bool ChunkPool::token_wanted() const {
  std::lock_guard lock(state_->mutex);
  return state_->token_wanted;
}

void ChunkPool::renew(std::string token) {
  {
    std::lock_guard lock(state_->mutex);
    state_->token = std::move(token);
    ++state_->token_number;
    state_->token_wanted = false;
  }
  state_->changed.notify_all();
}

}  // namespace encuentro::client::cli
