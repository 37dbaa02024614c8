// What a person reads to whoever helps when no connection comes about: which error, why, and of which versions. It
// holds no name, no address, no content.
#pragma once

#include <optional>
#include <string>

#include "client/cli/net/connection.h"

namespace encuentro::client::cli {

// "E705-proxy-0.1.0-1": the error's number; a word for the reason; this program's version and the protocol's. Empty for
// errors that aren't a connection's.
std::string support_code(const Error& error, const std::optional<net::ConnectFailure>& failure);

}  // namespace encuentro::client::cli
