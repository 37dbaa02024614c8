// What the local listener answers to a request: a file of the page, the way to the socket, or a refusal. Pure. Every
// answer carries the headers that the server sends with the page (server/net/response.cpp; a test compares the two).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/cli/ui/gate.h"
#include "client/cli/ui/page_files.h"

namespace encuentro::client::cli::ui {

inline constexpr std::string_view socket_path = "/ui/v1";
inline constexpr std::string_view socket_subprotocol = "encuentro.ui.v1";

using Fields = std::vector<std::pair<std::string, std::string>>;

// What of a request decides. A field that stands there more than once is `repeated`.
struct Asked {
  std::string method;
  std::string target;
  std::optional<std::string> host;
  std::optional<std::string> origin;
  bool repeated = false;  // Host or Origin
  bool upgrade = false;   // to WebSocket
  std::string subprotocol;
};

struct Answer {
  int status = 200;
  Fields fields;
  std::string body;
  bool head_only = false;  // the length is told, the body isn't sent
  bool socket = false;     // go on as WebSocket; nothing else counts then
};

// 400 (repeated), 421 (another Host), 403 (another Origin; none, for the socket), 405, 404, 426 (the socket's path
// without an upgrade or with another subprotocol).
Answer answer(const Asked& asked, const Gate& gate, const PageFiles& files);
// The fields of every answer, the socket's too.
Fields strict_fields(const Gate& gate);

}  // namespace encuentro::client::cli::ui
