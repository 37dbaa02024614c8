// Signals on a thread of their own: TERM and INT stop, HUP reloads. To be made before any other thread, so that all of
// them leave these signals to it.
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace encuentro::server::host {

class Signals {
 public:
  // Blocks the signals in this thread and those it starts. Nothing is listened to before listen().
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Each is called on the listening thread; `on_stop` at most once.
  void listen(std::function<void()> on_stop, std::function<void()> on_reload);

 private:
  sigset_t set_{};
  std::thread thread_;
};

}  // namespace encuentro::server::host
