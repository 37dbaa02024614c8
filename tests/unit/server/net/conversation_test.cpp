#include "server/net/conversation.h"

#include <catch2/catch.hpp>

#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

// A server and a client in conversation with it.
struct Talk {
  explicit Talk(const Options& options = test_options(), int receive_buffer_bytes = 0)
      : live(options), client(live.port(), receive_buffer_bytes) {
    REQUIRE(client.tls());
    REQUIRE(client.opened());
  }
  void log_in() {
    client.send_message("l");
    REQUIRE(client.read_frame()->text() == "l");
  }
  unsigned close_code() {
    while (const auto frame = client.read_frame()) {
      if (frame->opcode == 8) return frame->close_code();
    }
    return 0;
  }
  LiveServer live;
  RawClient client;
};

}  // namespace

TEST_CASE("a burst arrives as one TLS record") {
  Talk talk;
  const std::size_t before = talk.client.records();
  talk.client.send_message("b100");
  for (int i = 100; i > 0; --i) REQUIRE(talk.client.read_frame()->text() == "burst " + std::to_string(i));
  CHECK(talk.client.records() - before == 1);
}

TEST_CASE("R66 a text frame is refused") {
  Talk talk;
  talk.client.send_frame(0x81, as_bytes("hello"));
  CHECK(talk.close_code() == 1003);
  CHECK(talk.live.wait_for(Event::refused_frame));
}

TEST_CASE("R72 frames are bounded: small before login, larger after") {
  Talk talk;
  SECTION("4 KiB pass before login") {
    talk.client.send_message(std::string(limits::frame_before_login_bytes_max, 'e'));
    CHECK(talk.client.read_frame()->payload.size() == limits::frame_before_login_bytes_max);
  }
  SECTION("one byte more doesn't") {
    talk.client.send_message(std::string(limits::frame_before_login_bytes_max + 1, 'e'));
    CHECK(talk.close_code() == 1009);
  }
  SECTION("128 KiB pass after login") {
    talk.log_in();
    talk.client.send_message(std::string(limits::frame_bytes_max, 'e'));
    CHECK(talk.client.read_frame()->payload.size() == limits::frame_bytes_max);
  }
  SECTION("one byte more doesn't") {
    talk.log_in();
    talk.client.send_message(std::string(limits::frame_bytes_max + 1, 'e'));
    CHECK(talk.close_code() == 1009);
  }
}

TEST_CASE("a compressed or unmasked frame is refused") {
  Talk talk;
  SECTION("RSV1") { talk.client.send_frame(0xc2, as_bytes("e")); }
  SECTION("no mask") { talk.client.send_frame(0x82, as_bytes("e"), false); }
  CHECK(talk.close_code() == 1002);
}

TEST_CASE("a ping is answered with its own payload") {
  Talk talk;
  talk.client.send_frame(0x89, as_bytes("here?"));
  const auto frame = talk.client.read_frame();
  REQUIRE(frame);
  CHECK(frame->opcode == 10);
  CHECK(frame->text() == "here?");
}

TEST_CASE("fragments are one message") {
  Talk talk;
  talk.client.send_frame(0x02, as_bytes("e one "));
  talk.client.send_frame(0x89, as_bytes(""));
  talk.client.send_frame(0x80, as_bytes("two"));
  CHECK(talk.client.read_frame()->opcode == 10);
  CHECK(talk.client.read_frame()->text() == "e one two");
}

TEST_CASE("who is silent is pinged, and gone when it doesn't answer") {
  Options options = test_options();
  options.deadlines.ping_after = milliseconds(100);
  options.deadlines.silent = milliseconds(400);
  Talk talk(options);
  SECTION("no answer") {
    CHECK(talk.client.read_frame()->opcode == 9);
    CHECK(talk.client.ended_within(2000));
    CHECK(talk.live.wait_for(Event::silent));
  }
  SECTION("answers keep it alive") {
    for (int i = 0; i < 8; ++i) {
      const auto ping = talk.client.read_frame();
      REQUIRE(ping);
      REQUIRE(ping->opcode == 9);
      talk.client.send_frame(0x8a, ping->payload);
    }
    CHECK(talk.live.count(Event::silent) == 0);
  }
}

TEST_CASE("R74 a lagging reader misses pushes, hears of it once, and hears again when it has caught up") {
  Options options = test_options();
  options.caps.queue_bytes = 80 * limits::KiB;
  Talk talk(options);
  talk.client.send_message("s");
  REQUIRE(talk.client.read_frame()->text() == "s");
  const SharedFrame big = Frame::binary(Bytes(32 * limits::KiB, 'x'));
  std::size_t taken = 0;
  talk.live.on_network([&] {
    // One turn of the loop: nothing is written meanwhile, two fit.
    for (int i = 0; i < 5; ++i) taken += talk.live.server().hub().publish(LiveServer::channel(), big);
    CHECK(talk.live.overflows == 1);
    CHECK(talk.live.drains == 0);
  });
  CHECK(taken == 2);
  for (int i = 0; i < 2; ++i) REQUIRE(talk.client.read_frame()->payload.size() == 32 * limits::KiB);
  talk.client.send_message("e");
  REQUIRE(talk.client.read_frame()->text() == "e");
  CHECK(talk.live.overflows == 1);
  CHECK(talk.live.drains == 1);
  CHECK(talk.live.lagged_channels == 1);
  CHECK(talk.live.count(Event::overflow) == 1);
}

TEST_CASE("R74 who asks and doesn't read the answers isn't listened to") {
  Options options = test_options();
  options.caps.queue_frames = 8;
  options.deadlines.write_stalled = milliseconds(300);
  Talk talk(options, 4096);
  talk.log_in();
  const std::string large(limits::frame_bytes_max, 'e');
  // Each is answered with as much; the answers aren't read. Sending stops when the server stops reading.
  std::thread asking([&] {
    for (int i = 0; i < 200; ++i) talk.client.send_message(large);
  });
  CHECK(talk.live.wait_for(Event::write_stalled));
  asking.join();
  CHECK(talk.live.frames < 200);
}

TEST_CASE("replies over twice the cap end the connection") {
  Options options = test_options();
  options.caps.queue_frames = 10;
  Talk talk(options);
  talk.client.send_message("b21");
  CHECK(talk.close_code() == 1013);
}

TEST_CASE("the service closes: its reason is told") {
  Talk talk;
  talk.client.send_message("q");
  CHECK(talk.close_code() == 1008);
  talk.client.send_frame(0x88, Bytes{0x03, 0xf0});
  CHECK(talk.client.ended_within(2000));
  CHECK(talk.live.wait_for(Event::session_closed));
}

TEST_CASE("an end without goodbye is noticed") {
  LiveServer live(test_options());
  {
    RawClient client(live.port());
    REQUIRE(client.tls());
    REQUIRE(client.opened());
  }
  CHECK(live.wait_for(Event::session_closed));
}

TEST_CASE("other threads may answer a session that is just ending") {
  LiveServer live(test_options());
  std::atomic<bool> over{false};
  std::thread answering([&] {
    while (!over) {
      const SessionRef session = live.last_session();
      session.send(Frame::binary(as_bytes("late")));
      session.logged_in();
    }
  });
  for (int i = 0; i < 50; ++i) {
    RawClient client(live.port());
    CHECK(client.tls());
    CHECK(client.opened());
  }
  CHECK(live.wait_for(Event::session_closed, 50));
  over = true;
  answering.join();
}
