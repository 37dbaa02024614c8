// Tests: client/cli/net/https_line.cpp
#include "client/cli/net/poll_connection.h"

#include <catch2/catch.hpp>
#include <thread>

#include "protocol/base/limits.h"
#include "tests/unit/server/net/live_server.h"

using namespace encuentro;
using client::cli::net::Connection;
using client::cli::net::Endpoint;
using client::cli::net::open_polling;
using server::net::Event;
using server::net::LiveServer;
using server::net::test_options;

namespace {

std::unique_ptr<Connection> opened(const LiveServer& live, Duration silence = seconds(30)) {
  auto connection = open_polling({"127.0.0.1", live.port(), live.certificate().spki}, seconds(5), silence);
  REQUIRE(connection);
  return std::move(*connection);
}

std::string text(const Result<std::optional<Bytes>>& received) {
  REQUIRE(received);
  REQUIRE(*received);
  return std::string(as_text(**received));
}

}  // namespace

TEST_CASE("a conversation by polling over a pinned key") {
  LiveServer live(test_options());
  const auto connection = opened(live);
  CHECK(connection->server_spki() == live.certificate().spki);
  REQUIRE(connection->send(as_bytes("e hello")));
  CHECK(text(connection->receive(seconds(5))) == "e hello");
  CHECK(connection->login_exporter() == client::cli::net::LoginExporter{});
  REQUIRE(connection->send(as_bytes("i")));
  CHECK(text(connection->receive(seconds(5))) == std::string(64, '0') + " loopback");
  connection->close();
  CHECK(live.wait_for(Event::session_closed));
  CHECK(connection->send(as_bytes("e")).error().code == Code::unreachable);
}

TEST_CASE("polling: large messages, many messages, and one too large") {
  LiveServer live(test_options());
  const auto connection = opened(live);
  REQUIRE(connection->send(as_bytes("l")));
  CHECK(text(connection->receive(seconds(5))) == "l");
  const std::string large(limits::frame_bytes_max, 'e');
  REQUIRE(connection->send(as_bytes(large)));
  CHECK(text(connection->receive(seconds(5))) == large);
  CHECK(connection->send(Bytes(limits::frame_bytes_max + 1)).error().code == Code::too_large);
  REQUIRE(connection->send(as_bytes("b200")));
  for (int i = 200; i > 0; --i) REQUIRE(text(connection->receive(seconds(5))) == "burst " + std::to_string(i));
}

TEST_CASE("polling: what others publish comes to who waits, without asking") {
  LiveServer live(test_options());
  const auto reader = opened(live);
  const auto writer = opened(live);
  REQUIRE(reader->send(as_bytes("s")));
  CHECK(text(reader->receive(seconds(5))) == "s");
  CHECK_FALSE(*reader->receive(milliseconds(20)));
  REQUIRE(writer->send(as_bytes("p news")));
  CHECK(text(reader->receive(seconds(5))) == " news");
}

TEST_CASE("polling: empty answers keep it alive") {
  auto options = test_options();
  options.deadlines.ping_after = milliseconds(50);
  options.deadlines.silent = milliseconds(250);
  LiveServer live(options);
  const auto connection = opened(live);
  CHECK_FALSE(*connection->receive(milliseconds(700)));
  CHECK(live.count(Event::silent) == 0);
  REQUIRE(connection->send(as_bytes("e")));
  CHECK(text(connection->receive(seconds(5))) == "e");
}

TEST_CASE("polling: receive waits as long as it is told, or until interrupted") {
  LiveServer live(test_options());
  const auto connection = opened(live);
  CHECK_FALSE(*connection->receive(milliseconds(0)));
  std::thread other([&] { connection->interrupt(); });
  CHECK_FALSE(*connection->receive(seconds(60)));
  other.join();
  REQUIRE(connection->send(as_bytes("e after")));
  CHECK(text(connection->receive(seconds(5))) == "e after");
}

TEST_CASE("polling: a server that doesn't answer in time is gone") {
  auto options = test_options();
  options.deadlines.ping_after = seconds(60);
  LiveServer live(options);
  const auto connection = opened(live, milliseconds(200));
  CHECK(connection->receive(seconds(20)).error().code == Code::unreachable);
  CHECK(connection->send(as_bytes("e")).error().code == Code::unreachable);
}

TEST_CASE("polling: the session's end is noticed, after what came before was read") {
  LiveServer live(test_options());
  const auto connection = opened(live);
  REQUIRE(connection->send(as_bytes("b2")));
  REQUIRE(connection->send(as_bytes("q")));
  CHECK(text(connection->receive(seconds(5))) == "burst 2");
  CHECK(text(connection->receive(seconds(5))) == "burst 1");
  CHECK(connection->receive(seconds(5)).error().code == Code::unreachable);
}

TEST_CASE("polling: another key than the pinned one is told as for a WebSocket") {
  LiveServer live(test_options());
  const auto refused = open_polling({"127.0.0.1", live.port(), Hash32{Bytes(32, 1)}}, seconds(5));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == Code::wrong_server_key);
  CHECK(refused.error().presented == live.certificate().spki);
  CHECK(live.count(Event::session_opened) == 0);
}

TEST_CASE("polling: a server over its caps is unreachable for now") {
  auto options = test_options();
  options.caps.before_login_per_remote = 1;
  LiveServer live(options);
  const auto connection = opened(live);
  const auto refused = open_polling({"127.0.0.1", live.port(), live.certificate().spki}, seconds(5));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().error.code == Code::unreachable);
}
