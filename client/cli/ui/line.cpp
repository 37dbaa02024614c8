#include "client/cli/ui/line.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace encuentro::client::cli::ui {
namespace {

constexpr Duration connect_timeout = seconds(10);
constexpr Duration a_while = minutes(10);  // interrupt() ends it

}  // namespace

struct Line::State {
  struct Wanted {
    std::uint64_t number = 0;
    net::Endpoint endpoint;
  };

  Tell tell;
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<Wanted> wanted;  // nothing: no connection
  bool news = false;             // `wanted` is another than the one that is carried out
  std::deque<Bytes> outgoing;
  std::unique_ptr<net::Connection> connection;  // made and ended by the thread; interrupted by anybody under the mutex
  bool stopping = false;
  std::jthread thread;

  void work() {
    for (;;) {
      Wanted next;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return stopping || (news && wanted); });
        if (stopping) return;
        news = false;
        next = *wanted;
      }
      converse(next);
    }
  }

  void converse(const Wanted& what) {
    auto made = net::Connection::open(what.endpoint, connect_timeout);
    if (!made) return tell(what.number, Gone{made.error().error});
    {
      std::lock_guard lock(mutex);
      connection = std::move(*made);
    }
    tell(what.number, Opened{connection->login_exporter()});
    std::optional<Error> broken;
    while (!broken && send_waiting(broken)) {
      auto received = connection->receive(a_while);
      if (!received) {
        broken = received.error();
      } else if (*received) {
        tell(what.number, Received{std::move(**received)});
      }
    }
    connection->close();
    {
      std::lock_guard lock(mutex);
      connection.reset();
    }
    if (broken) tell(what.number, Gone{*broken});
  }

  // False: this connection isn't wanted any more, or broken.
  bool send_waiting(std::optional<Error>& broken) {
    for (;;) {
      Bytes frame;
      {
        std::lock_guard lock(mutex);
        if (stopping || (news && wanted)) return false;
        if (outgoing.empty()) return !news;
        frame = std::move(outgoing.front());
        outgoing.pop_front();
      }
      if (auto sent = connection->send(frame); !sent) {
        broken = sent.error();
        return false;
      }
    }
  }

  void wake() {
    if (connection != nullptr) connection->interrupt();
    changed.notify_all();
  }
};

Line::Line(Tell tell) : state_(std::make_unique<State>()) {
  state_->tell = std::move(tell);
  state_->thread = std::jthread([state = state_.get()] { state->work(); });
}

Line::~Line() {
  {
    std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->wake();
  }
  state_->thread.join();
}

void Line::open(std::uint64_t number, const net::Endpoint& endpoint) {
  std::lock_guard lock(state_->mutex);
  state_->wanted = State::Wanted{number, endpoint};
  state_->news = true;
  state_->outgoing.clear();
  state_->wake();
}

void Line::send(Bytes frame) {
  std::lock_guard lock(state_->mutex);
  if (!state_->wanted) return;
  state_->outgoing.push_back(std::move(frame));
  state_->wake();
}

void Line::close() {
  std::lock_guard lock(state_->mutex);
  state_->wanted.reset();
  state_->news = true;
  state_->wake();
}

}  // namespace encuentro::client::cli::ui
