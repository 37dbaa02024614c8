// What all connections of one server share. Owned by the server, outlives every connection; the network's thread only.
#pragma once

#include <chrono>

#include "server/net/admission.h"
#include "server/net/flusher.h"
#include "server/net/poll_sessions.h"
#include "server/net/response.h"
#include "server/net/server.h"
#include "server/net/static_files.h"

namespace encuentro::server::net {

struct Surroundings {
  Surroundings(Executor executor, Options chosen, Doors plugged, StaticFiles web)
      : flusher(std::move(executor)),
        options(std::move(chosen)),
        doors(std::move(plugged)),
        files(std::move(web)),
        responses(options.origins),
        admission(options.caps.connections, options.caps.before_login_per_remote),
        polls(options.caps.connections, options.caps.before_login_per_remote) {}

  Flusher flusher;
  Options options;
  Doors doors;
  StaticFiles files;
  ResponseWriter responses;
  Admission admission;
  Hub hub;
  PollSessions polls;
  std::uint64_t last_session = 0;
  std::size_t body_bytes_in_flight = 0;
  bool stopping = false;

  void note(Event event, SessionId session = {}) const {
    if (doors.observer) doors.observer->on_event(event, session);
  }
};

// For deadlines only: never goes back, means nothing to people.
inline Timestamp steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

// The moment by which the connection must have done what it is at; the server's sweep closes it when it is late.
struct Watch {
  Timestamp deadline{};
  Event if_late = Event::handshake_late;
};

}  // namespace encuentro::server::net
