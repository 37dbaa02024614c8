#include "server/net/connection.h"

#include <catch2/catch.hpp>

#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("between two requests a connection waits only so long") {
  Options options = test_options();
  options.deadlines.keep_alive = milliseconds(100);
  LiveServer live(options);
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  REQUIRE(client.read_until("ok\n").starts_with("HTTP/1.1 200 "));
  CHECK(client.ended_within(2000));
  CHECK(live.wait_for(Event::closed));
  CHECK(live.count(Event::handshake_late) == 0);
}

TEST_CASE("a refused body may be sent to its end: the answer isn't lost") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  client.write(Bytes(1000000, 'x'));
  CHECK(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 405 "));
}

TEST_CASE("who never stops sending is cut off") {
  Options options = test_options();
  options.deadlines.drain = milliseconds(100);
  LiveServer live(options);
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
  CHECK(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 405 "));
  CHECK(live.wait_for(Event::closed));
}

TEST_CASE("what comes in one piece with the request to upgrade belongs to the conversation") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  std::string both =
      "GET /v1 HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: encuentro.v1\r\n\r\n";
  both += std::string(
      "\x82\x81\x00\x00\x00\x00"
      "e",
      7);
  client.write(both);
  REQUIRE(client.read_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
  CHECK(client.read_frame()->text() == "e");
}
