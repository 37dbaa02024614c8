// May this request become the conversation? RFC 6455 §4.2.1, subprotocol and Origin as design.md §6 and R64 want them.
// Pure. Extensions offered (every browser offers compression) are simply not accepted; their frames are refused.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "server/net/request_head.h"

namespace encuentro::server::net {

inline constexpr std::string_view websocket_path = "/v1";
inline constexpr std::string_view websocket_subprotocol = "encuentro.v1";

struct Upgrade {
  std::string accept_key;
  bool browser = false;  // an Origin stood there
};

struct UpgradeRefusal {
  int status;            // 400, 403 (Origin), 405 (method), 426 (no upgrade, or another WebSocket version)
  std::string_view why;  // a literal, for the answer's text
};

std::expected<Upgrade, UpgradeRefusal> judge_upgrade(const RequestHead& head, const std::vector<std::string>& origins);

// Base64(SHA-1(key || GUID)), RFC 6455 §4.2.2.
std::string websocket_accept_key(std::string_view key);

}  // namespace encuentro::server::net
