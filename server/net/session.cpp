#include "server/net/session.h"

namespace encuentro::server::net {

namespace {

// The reference taken here travels with the work, so that the port is never destroyed on a foreign thread.
template <class Work>
void on_network_thread(const std::weak_ptr<SessionPort>& weak, Work work) {
  std::shared_ptr<SessionPort> port = weak.lock();
  if (!port) return;
  SessionPort& raw = *port;
  raw.dispatch([port = std::move(port), work = std::move(work)]() mutable { work(*port); });
}

}  // namespace

void SessionRef::send(SharedFrame frame) const {
  on_network_thread(port_, [frame = std::move(frame)](SessionPort& port) mutable { port.send(std::move(frame)); });
}

bool SessionRef::offer(const SharedFrame& frame) const {
  const std::shared_ptr<SessionPort> port = port_.lock();
  return port && port->offer(frame);
}

void SessionRef::logged_in() const {
  on_network_thread(port_, [](SessionPort& port) { port.logged_in(); });
}

void SessionRef::close(CloseReason reason) const {
  on_network_thread(port_, [reason](SessionPort& port) { port.close(reason); });
}

}  // namespace encuentro::server::net
