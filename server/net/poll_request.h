// Long polling, for when something on the way refuses WebSocket (docs/PROTOCOL.md P): POST /v1/poll opens a session and
// answers its token; with `Authorization: Bearer TOKEN`, POST carries one message to the server, GET waits for those to
// the client, DELETE ends it. Pure.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/request_head.h"
#include "server/net/response.h"

namespace encuentro::server::net {

inline constexpr std::string_view poll_path = "/v1/poll";

struct PollRequest {
  enum class Verb : std::uint8_t { open, send, receive, end };
  Verb verb = Verb::open;
  std::string token;     // not for open
  bool browser = false;  // an Origin stood there
};

// The refusal is the whole answer: 400, 401, 403 (Origin), 405, 411.
std::expected<PollRequest, Response> judge_poll(const RequestHead& head, const std::vector<std::string>& origins);

}  // namespace encuentro::server::net
