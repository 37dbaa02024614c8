// The listener and its connections: TLS 1.3, WebSocket at /v1, HTTPS for blobs, chunks, health and static files, all on
// one port and one thread (the caller of run()). The only header of this folder a program needs besides session.h,
// transfer.h and hub.h; Boost stays behind it.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "server/net/certificate.h"
#include "server/net/hub.h"
#include "server/net/observer.h"
#include "server/net/options.h"
#include "server/net/session.h"
#include "server/net/transfer.h"

namespace encuentro::server::net {

// What the service plugs in. All of it must outlive the server. `transfers` may be null: 404.
struct Doors {
  SessionFactory sessions;
  TransferHandler* transfers = nullptr;
  Observer* observer = nullptr;  // counts and log events; may be null
};

class Server {
 public:
  // Binds and listens; connections are accepted once run() is called. The error is a sentence for the operator.
  static std::expected<std::unique_ptr<Server>, std::string> open(Options options, const Certificate& certificate,
                                                                  Doors doors);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  // Sessions enter and leave it by themselves. Network's thread only.
  Hub& hub();

  // Serves until stop() has drained. Whatever thread calls it is the network's thread.
  void run();

  // Any thread, also a signal-handling one (not a signal handler itself).
  void post(std::move_only_function<void()> work);
  // Accepts no more, writes what is queued within Deadlines::drain, says 1001 and closes; run() then returns.
  void stop();
  // New handshakes use it; connections that stand keep theirs. The error leaves the old one in place.
  std::expected<void, std::string> use_certificate(const Certificate& certificate);

 private:
  class State;
  explicit Server(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::server::net
