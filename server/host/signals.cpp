#include "server/host/signals.h"

#include <pthread.h>

#include <utility>

namespace encuentro::server::host {

Signals::Signals() {
  sigemptyset(&set_);
  for (int signal : {SIGTERM, SIGINT, SIGHUP, SIGUSR1}) sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

Signals::~Signals() {
  if (!thread_.joinable()) return;
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
}

void Signals::listen(std::function<void()> on_stop, std::function<void()> on_reload) {
  thread_ = std::thread([set = set_, on_stop = std::move(on_stop), on_reload = std::move(on_reload)] {
    bool stopped = false;
    for (;;) {
      int signal = 0;
      if (sigwait(&set, &signal) != 0 || signal == SIGUSR1) return;
      if (signal == SIGHUP) {
        on_reload();
      } else if (!stopped) {
        stopped = true;
        on_stop();
      }
    }
  });
}

}  // namespace encuentro::server::host
