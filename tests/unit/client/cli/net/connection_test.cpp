#include "client/cli/net/connection.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <thread>

#include "protocol/base/limits.h"
#include "tests/unit/server/net/live_server.h"

using namespace encuentro;
using client::cli::net::Connection;
using client::cli::net::Endpoint;
using server::net::Event;
using server::net::LiveServer;
using server::net::test_options;

namespace {

Endpoint endpoint_of(const LiveServer& live) { return {"127.0.0.1", live.port(), live.certificate().spki}; }

std::string text(const Result<std::optional<Bytes>>& received) {
  REQUIRE(received);
  REQUIRE(*received);
  return std::string(as_text(**received));
}

}  // namespace

TEST_CASE("a conversation over a pinned key") {
  LiveServer live(test_options());
  auto connection = Connection::open(endpoint_of(live), seconds(5));
  REQUIRE(connection);
  CHECK((*connection)->server_spki() == live.certificate().spki);
  REQUIRE((*connection)->send(as_bytes("e hello")));
  CHECK(text((*connection)->receive(seconds(5))) == "e hello");
  REQUIRE((*connection)->send(as_bytes("i")));
  CHECK(text((*connection)->receive(seconds(5))) == to_hex((*connection)->login_exporter()) + " loopback");
  (*connection)->close();
  CHECK(live.wait_for(Event::session_closed));
  CHECK((*connection)->send(as_bytes("e")).error().code == Code::unreachable);
}

TEST_CASE("large messages, many messages, and one too large") {
  LiveServer live(test_options());
  auto connection = Connection::open(endpoint_of(live), seconds(5));
  REQUIRE(connection);
  REQUIRE((*connection)->send(as_bytes("l")));
  CHECK(text((*connection)->receive(seconds(5))) == "l");
  const std::string large(limits::frame_bytes_max, 'e');
  REQUIRE((*connection)->send(as_bytes(large)));
  CHECK(text((*connection)->receive(seconds(5))) == large);
  CHECK((*connection)->send(Bytes(limits::frame_bytes_max + 1)).error().code == Code::too_large);
  REQUIRE((*connection)->send(as_bytes("b200")));
  for (int i = 200; i > 0; --i) REQUIRE(text((*connection)->receive(seconds(5))) == "burst " + std::to_string(i));
}

TEST_CASE("another key than the pinned one: both values are told") {
  LiveServer live(test_options());
  Endpoint endpoint = endpoint_of(live);
  endpoint.spki = Hash32{Bytes(32, 1)};
  const auto refused = Connection::open(endpoint, seconds(5));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == Code::wrong_server_key);
  CHECK(refused.error().pinned == endpoint.spki);
  CHECK(refused.error().presented == live.certificate().spki);
  CHECK(refused.error().issuer == "/CN=encuentro");
  CHECK(live.wait_for(Event::handshake_failed));
  CHECK(live.count(Event::session_opened) == 0);
}

TEST_CASE("without a pin the presented key is taken and told") {
  LiveServer live(test_options());
  Endpoint endpoint = endpoint_of(live);
  endpoint.spki.reset();
  auto connection = Connection::open(endpoint, seconds(5));
  REQUIRE(connection);
  CHECK((*connection)->server_spki() == live.certificate().spki);
}

TEST_CASE("nobody there") {
  std::uint16_t port = 0;
  {
    LiveServer gone(test_options());
    port = gone.port();
  }
  const auto refused = Connection::open({"127.0.0.1", port, std::nullopt}, seconds(5));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == Code::unreachable);
  CHECK_FALSE(refused.error().detail.empty());
}

TEST_CASE("receive waits as long as it is told, or until interrupted") {
  LiveServer live(test_options());
  auto connection = Connection::open(endpoint_of(live), seconds(5));
  REQUIRE(connection);
  const auto nothing = (*connection)->receive(milliseconds(20));
  REQUIRE(nothing);
  CHECK_FALSE(*nothing);
  CHECK_FALSE(*(*connection)->receive(milliseconds(0)));

  std::thread other([&] { (*connection)->interrupt(); });
  const auto start = std::chrono::steady_clock::now();
  const auto interrupted = (*connection)->receive(seconds(60));
  other.join();
  REQUIRE(interrupted);
  CHECK_FALSE(*interrupted);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
  REQUIRE((*connection)->send(as_bytes("e after")));
  CHECK(text((*connection)->receive(seconds(5))) == "e after");
}

TEST_CASE("the server's pings are answered while receive waits") {
  auto options = test_options();
  options.deadlines.ping_after = milliseconds(50);
  options.deadlines.silent = milliseconds(250);
  LiveServer live(options);
  auto connection = Connection::open(endpoint_of(live), seconds(5));
  REQUIRE(connection);
  CHECK_FALSE(*(*connection)->receive(milliseconds(700)));
  CHECK(live.count(Event::silent) == 0);
  REQUIRE((*connection)->send(as_bytes("e")));
  CHECK(text((*connection)->receive(seconds(5))) == "e");
}

TEST_CASE("a server that is there no more is noticed by its silence") {
  LiveServer live(test_options());
  auto connection = Connection::open(endpoint_of(live), seconds(5), milliseconds(300));
  REQUIRE(connection);
  std::promise<void> wake;
  live.server().post([asleep = wake.get_future().share()] { asleep.wait(); });
  CHECK((*connection)->receive(seconds(20)).error().code == Code::unreachable);
  wake.set_value();
}

TEST_CASE("the server's goodbye ends it, after what came before was read") {
  LiveServer live(test_options());
  auto connection = Connection::open(endpoint_of(live), seconds(5));
  REQUIRE(connection);
  REQUIRE((*connection)->send(as_bytes("b2")));
  REQUIRE((*connection)->send(as_bytes("q")));
  CHECK(text((*connection)->receive(seconds(5))) == "burst 2");
  CHECK(text((*connection)->receive(seconds(5))) == "burst 1");
  CHECK((*connection)->receive(seconds(5)).error().code == Code::unreachable);
}
