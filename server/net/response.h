// Answers over HTTPS. Every one carries the strict headers that the web client needs and nobody else minds: no
// third-party origin, no inline script, no framing, no sniffing, no referrer.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "protocol/base/bytes.h"

namespace encuentro::server::net {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> fields;
  std::shared_ptr<const Bytes> body;  // may be null
  bool head_only = false;             // HEAD: the length is told, the body isn't sent
};

Response plain_text(int status, std::string_view text);

// What stays the same for all responses of a server.
class ResponseWriter {
 public:
  // `origins` may be connected to by WebSocket; 'self' doesn't cover wss: in every browser.
  explicit ResponseWriter(const std::vector<std::string>& origins);

  // Status line and fields up to the empty line, with Content-Length and Connection.
  std::string head(const Response& response, bool keep_alive) const;

 private:
  std::string fixed_fields_;
};

// The 101 that opens the WebSocket (RFC 6455 §4.2.2).
std::string switching_protocols(std::string_view accept_key);

}  // namespace encuentro::server::net
