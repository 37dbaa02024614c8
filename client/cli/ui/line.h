// The command's connection to its server while a page is open: net::Connection on a thread of its own, so that the page
// is answered while a connection is made or nothing comes. What happens is told through `tell`, on that thread.
#pragma once

#include <functional>
#include <memory>
#include <variant>

#include "client/cli/net/connection.h"

namespace encuentro::client::cli::ui {

class Line {
 public:
  struct Opened {
    net::LoginExporter exporter{};
  };
  struct Received {
    Bytes frame;
  };
  struct Gone {
    Error why;
  };
  using Happening = std::variant<Opened, Received, Gone>;
  // `number` is of the open() it belongs to.
  using Tell = std::function<void(std::uint64_t number, Happening what)>;

  explicit Line(Tell tell);
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line();  // waits for a connection that is being made, at most its 10 seconds

  // Opened, then Received any number of times, then Gone; or Gone alone. Ends the one before without a word.
  void open(std::uint64_t number, const net::Endpoint& endpoint);
  // On the connection that was asked for last; without one it goes nowhere.
  void send(Bytes frame);
  // After what was sent so far. Nothing of it is told any more.
  void close();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::client::cli::ui
