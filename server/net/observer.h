// What the network tells whoever counts and logs. Events are a closed list and carry no address, name or content
// (R82); server/ops turns them into metrics and log lines.
#pragma once

#include <cstdint>

#include "server/net/session.h"

namespace encuentro::server::net {

enum class Event : std::uint8_t {
  accepted,
  closed,
  refused_cap,       // over a cap of R73
  handshake_failed,  // TLS did not come about
  handshake_late,    // R70
  refused_origin,    // R64
  refused_request,   // no HTTP, header too large, unknown path, wrong version, subprotocol or method
  session_opened,
  session_closed,
  refused_frame,  // text, too large, or against RFC 6455
  overflow,       // R74
  silent,         // nothing heard: half-open
  write_stalled,
  transfer_put,
  transfer_get,
  transfer_refused,
  accept_failed,  // the system gave no descriptor
};

class Observer {
 public:
  virtual ~Observer() = default;
  // `session` is zero before one is open. Network's thread; must not block.
  virtual void on_event(Event event, SessionId session) = 0;
  virtual void on_received(std::size_t bytes) = 0;
  // One write to the system: `records` TLS records holding `frames` messages.
  virtual void on_written(std::size_t bytes, std::size_t frames, std::size_t records) = 0;
};

}  // namespace encuentro::server::net
