// The server as a whole: store, service, network, signals.
#pragma once

#include <expected>
#include <string>

#include "server/ops/config.h"

namespace encuentro::server::host {

// Serves until it is told to stop. Prints `ready wss://HOST:PORT spki=HASH` on standard output once it accepts
// connections. The error is a sentence for the operator.
std::expected<void, std::string> run_server(const ops::Config& config);

}  // namespace encuentro::server::host
