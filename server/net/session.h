// The door between the network and the service: one SessionHandler a connection, one SessionRef to answer with.
// Nothing here knows WebSocket, so another transport of the same frames (long polling) fits behind it.
//
// All calls of a handler come on the network's thread, in order: on_open, any number of on_frame / on_overflow /
// on_drained, on_closed, then the handler is destroyed. A handler must not block.
#pragma once

#include <array>
#include <functional>
#include <memory>

#include "protocol/base/ids.h"
#include "server/net/frame.h"

namespace encuentro::server::net {

using SessionId = Count<struct SessionTag>;  // never used twice while the program runs

// The label of the TLS exporter that a login is bound to (R65); no context, 32 bytes.
inline constexpr const char* login_exporter_label = "EXPORTER-encuentro-login";
using LoginExporter = std::array<std::uint8_t, 32>;

// What stands for a remote address: its /24 (IPv4) or /48 (IPv6), mixed with a secret of this run, so that caps can
// count without anybody keeping addresses (R73, R82).
using RemoteBucket = Count<struct RemoteBucketTag>;

struct SessionInfo {
  SessionId id;
  RemoteBucket remote;
  bool loopback = false;     // from this machine: may found an empty network
  bool browser = false;      // sent an Origin (which was on the list)
  LoginExporter exporter{};  // all zero where the transport has none
};

enum class CloseReason : std::uint16_t {  // RFC 6455 §7.4.1, what the other side reads
  done = 1000,
  going_away = 1001,
  protocol_error = 1002,
  not_binary = 1003,
  refused = 1008,  // policy: caps, rates, a failed login
  too_large = 1009,
  try_later = 1013,
};

// The transport's side of a session; the network's thread only. What SessionRef calls, and nobody else.
class SessionPort {
 public:
  virtual ~SessionPort() = default;
  virtual void send(SharedFrame frame) = 0;
  virtual bool offer(const SharedFrame& frame) = 0;
  virtual void logged_in() = 0;
  virtual void close(CloseReason reason) = 0;
  // Carries out `work` on the network's thread, at once if this is it.
  virtual void dispatch(std::move_only_function<void()> work) = 0;
};

// A handle that may outlive the connection and be copied freely; calls after the end do nothing. Any thread.
class SessionRef {
 public:
  SessionRef() = default;
  SessionRef(std::weak_ptr<SessionPort> port, SessionId id) : port_(std::move(port)), id_(id) {}

  SessionId id() const { return id_; }

  // A reply: queued also when the queue is over the cap of R74. While it is over, nothing more is read from this
  // connection, so what answers one's own requests stays bounded; over twice the cap the connection closes (try_later).
  void send(SharedFrame frame) const;

  // A push, which can be caught up with later. False: over the cap, not queued; the handler gets on_overflow() once,
  // and on_drained() when everything queued has been written. Network's thread only.
  bool offer(const SharedFrame& frame) const;

  // The peer has proved who it is: frames up to limits::frame_bytes_max, no longer counted among those before login.
  void logged_in() const;

  // Writes what is queued (within the drain time), then says `reason` and closes.
  void close(CloseReason reason) const;

 private:
  std::weak_ptr<SessionPort> port_;
  SessionId id_;
};

class SessionHandler {
 public:
  virtual ~SessionHandler() = default;
  virtual void on_open(SessionRef session, const SessionInfo& info) = 0;
  // One message; the view ends with the call.
  virtual void on_frame(BytesView message) = 0;
  // A push was refused: this connection lags. Pushes go on being refused until on_drained(), when the service tells
  // the client to read from its cursor (Hub::take_lagged names the channels).
  virtual void on_overflow() = 0;
  virtual void on_drained() = 0;
  // No call follows.
  virtual void on_closed() = 0;
};

using SessionFactory = std::function<std::unique_ptr<SessionHandler>()>;

}  // namespace encuentro::server::net
