// The connection: hello, login, calls and their answers, coming back with growing pauses (PROTOCOL L).
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/frame.h"

namespace encuentro::client::core {

// Sends a request; `on_answer` comes exactly once, with the connection's end at the latest.
template <class Request>
void call(CoreState& state, const Request& request, OnAnswer on_answer) {
  std::uint32_t id = state.session.next_id++;
  state.session.calls.emplace(id, std::move(on_answer));
  state.effects.send.push_back(api::request_frame(id, request));
}

// The reply as a message, when it is one.
template <class Reply>
Result<Reply> reply_of(const Answer& answer) {
  if (!answer) return std::unexpected(answer.error());
  return api::decode_message<Reply>(*answer);
}

bool ready(const CoreState& state);  // logged in by device
void connect(CoreState& state);      // asks the edge for a connection, if there is somewhere to connect to
// Ends this connection and begins the next at once: after entering, the device logs in anew.
void reconnect(CoreState& state);
void connection_opened(CoreState& state, const api::ExporterValue& exporter);
void connection_ended(CoreState& state, const Error& why);
void frame_received(CoreState& state, BytesView bytes);
// Deadlines and pauses that have passed.
void session_time(CoreState& state);
std::optional<Timestamp> session_wake(const CoreState& state);
void show_session(CoreState& state, SessionState shown, const Error& why = {});

}  // namespace encuentro::client::core
