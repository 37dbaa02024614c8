#include "server/net/flusher.h"

#include <catch2/catch.hpp>

#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("what several handlers queue in one turn leaves each connection as one record") {
  LiveServer live(test_options());
  RawClient reader(live.port());
  REQUIRE(reader.tls());
  REQUIRE(reader.opened());
  reader.send_message("s");
  REQUIRE(reader.read_frame());
  const std::size_t before = reader.records();
  live.on_network([&] {
    for (int i = 0; i < 10; ++i) {
      live.server().hub().publish(LiveServer::channel(), Frame::binary(as_bytes("one")));
    }
  });
  for (int i = 0; i < 10; ++i) REQUIRE(reader.read_frame()->text() == "one");
  CHECK(reader.records() - before == 1);
}

TEST_CASE("a connection that ends in the turn in which it has something to write is forgotten") {
  LiveServer live(test_options());
  for (int i = 0; i < 20; ++i) {
    RawClient client(live.port());
    REQUIRE(client.tls());
    REQUIRE(client.opened());
    client.send_message("b50");
    client.send_frame(0x88, Bytes{0x03, 0xe8});
  }
  CHECK(live.wait_for(Event::session_closed, 20));
}
