// Blobs and chunks between the command and its server, a few at once on threads of their own; the answers come through
// `done`, on those threads.
#pragma once

#include <functional>
#include <memory>

#include "client/cli/net/transfers.h"

namespace encuentro::client::cli::ui {

class Movers {
 public:
  struct Job {
    net::Endpoint endpoint;
    net::TransferAddress address;
    std::string token;
    std::optional<Bytes> body;  // a put; nothing: a get
    // Errors: those of net::Transfers. Empty Bytes after a put.
    std::function<void(Result<Bytes>)> done;
  };
  static constexpr std::size_t threads_max = 3;

  Movers();
  Movers(const Movers&) = delete;
  Movers& operator=(const Movers&) = delete;
  ~Movers();  // after the requests that are on their way; the others are dropped

  void move(Job job);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::client::cli::ui
