// TLS 1.3 to a server known by its public key alone. Certificates, dates, names and authorities decide nothing; they
// only help to say what went wrong. For the .cpp files of this folder.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "client/cli/net/connection.h"

namespace encuentro::client::cli::net {

using TlsSocket = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

// What the handshake saw. Must stay in place as long as the context made with it.
struct Pinning {
  std::optional<Hash32> pinned;
  std::optional<Hash32> presented;
  std::string issuer;
  bool inspected = false;  // another key, and a chain that this machine trusts or the name of an inspecting proxy
};

boost::asio::ssl::context pinned_context(Pinning& pinning);

// Resolves, connects and shakes hands; the caller bounds the time.
boost::asio::awaitable<boost::system::error_code> connect_pinned(TlsSocket& socket, const Endpoint& endpoint);

// Why connecting failed: wrong_server_key, inspected_connection or unreachable.
ConnectFailure connect_failure(const Pinning& pinning, std::string detail);

// Runs the loop until `done` or `deadline`; false when it isn't done by then.
bool run_until(boost::asio::io_context& loop, const bool& done, std::chrono::steady_clock::time_point deadline);

}  // namespace encuentro::client::cli::net
