// The conversation by HTTPS long polling, where something on the way refuses WebSocket (docs/PROTOCOL.md P). For
// connection.cpp, which tries WebSocket first.
#pragma once

#include "client/cli/net/connection.h"

namespace encuentro::client::cli::net {

// `silence`: without an answer for so long the connection is gone; above the server's waiting time (15 s).
std::expected<std::unique_ptr<Connection>, ConnectFailure> open_polling(const Endpoint& endpoint, Duration timeout,
                                                                        Duration silence = seconds(30));

}  // namespace encuentro::client::cli::net
