#include "server/net/server.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("a client enters, is answered and leaves") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  REQUIRE(client.opened());
  client.send_message("echo this");
  const auto frame = client.read_frame();
  REQUIRE(frame);
  CHECK(frame->opcode == 2);
  CHECK(frame->text() == "echo this");
  client.send_frame(0x88, Bytes{0x03, 0xe8});
  const auto closed = client.read_frame();
  REQUIRE(closed);
  CHECK(closed->opcode == 8);
  CHECK(closed->close_code() == 1000);
  CHECK(live.wait_for(Event::session_closed));
  CHECK(live.wait_for(Event::closed));
}

TEST_CASE("who serves the web client lets in the page that came from it, and no other") {
  const auto folder = std::filesystem::temp_directory_path() / ("encuentro-web-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  Options options = test_options();
  options.web = folder;
  {
    LiveServer live(options);
    const auto status = [&](const std::string& origin) {
      RawClient client(live.port());
      REQUIRE(client.tls());
      return client.upgrade("Origin: " + origin + "\r\n").substr(9, 3);
    };
    CHECK(status("https://127.0.0.1:" + std::to_string(live.port())) == "101");
    CHECK(status("https://localhost:" + std::to_string(live.port())) == "403");
    CHECK(status("https://127.0.0.1") == "403");
  }
  std::filesystem::remove_all(folder);
}

TEST_CASE("the session knows the exporter that the client computes") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  REQUIRE(client.opened());
  client.send_message("i");
  CHECK(client.read_frame()->text() == to_hex(client.exporter()) + " loopback");
}

TEST_CASE("a page's session has no exporter: zeros, which no native client's login is signed over") {
  Options options = test_options();
  options.origins = {"https://meet.example.org"};
  LiveServer live(options);
  RawClient client(live.port());
  REQUIRE(client.tls());
  REQUIRE(client.upgrade("Origin: https://meet.example.org\r\n").starts_with("HTTP/1.1 101"));
  client.send_message("i");
  CHECK(client.read_frame()->text() == std::string(64, '0') + " loopback browser");
}

TEST_CASE("R63 nothing below TLS 1.3") {
  LiveServer live(test_options());
  RawClient client(live.port());
  CHECK_FALSE(client.tls(TLS1_2_VERSION));
  CHECK(live.wait_for(Event::handshake_failed));
}

TEST_CASE("R70 a stalled TLS handshake ends at the deadline, whatever trickles in") {
  Options options = test_options();
  options.deadlines.handshake = milliseconds(200);
  LiveServer live(options);
  RawClient silent(live.port());
  RawClient trickling(live.port());
  trickling.write_plain("\x16\x03\x01");
  CHECK(silent.ended_within(2000));
  CHECK(trickling.ended_within(2000));
  CHECK(live.wait_for(Event::handshake_late, 2));
}

TEST_CASE("R70 a stalled request ends at the same deadline") {
  Options options = test_options();
  options.deadlines.handshake = milliseconds(300);
  LiveServer live(options);
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write("GET /v1 HTTP/1.1\r\nHost: a\r\n");
  CHECK(client.ended_within(2000));
  CHECK(live.wait_for(Event::handshake_late));
}

TEST_CASE("R73 a remote has so many connections before login, and they come back when one logs in or leaves") {
  Options options = test_options();
  options.caps.before_login_per_remote = 2;
  LiveServer live(options);
  auto first = std::make_unique<RawClient>(live.port());
  RawClient second(live.port());
  REQUIRE(first->tls());
  REQUIRE(second.tls());
  REQUIRE(second.opened());
  RawClient refused(live.port());
  CHECK_FALSE(refused.tls());
  CHECK(live.wait_for(Event::refused_cap));

  second.send_message("l");
  REQUIRE(second.read_frame()->text() == "l");
  RawClient in_place_of_second(live.port());
  CHECK(in_place_of_second.tls());
  first.reset();
  REQUIRE(live.wait_for(Event::closed));
  RawClient in_place_of_first(live.port());
  CHECK(in_place_of_first.tls());
}

TEST_CASE("R73 when all places are taken the oldest that hasn't logged in goes") {
  Options options = test_options();
  options.caps.connections = 2;
  LiveServer live(options);
  RawClient in(live.port());
  REQUIRE(in.tls());
  REQUIRE(in.opened());
  in.send_message("l");
  REQUIRE(in.read_frame());
  RawClient stranger(live.port());
  REQUIRE(stranger.tls());
  RawClient newest(live.port());
  CHECK(newest.tls());
  CHECK(stranger.ended_within(2000));
  in.send_message("e still here");
  CHECK(in.read_frame()->text() == "e still here");
}

TEST_CASE("one frame goes to all subscribers") {
  LiveServer live(test_options());
  std::vector<std::unique_ptr<RawClient>> readers;
  for (int i = 0; i < 5; ++i) {
    readers.push_back(std::make_unique<RawClient>(live.port()));
    REQUIRE(readers.back()->tls());
    REQUIRE(readers.back()->opened());
    readers.back()->send_message("s");
    REQUIRE(readers.back()->read_frame()->text() == "s");
  }
  RawClient author(live.port());
  REQUIRE(author.tls());
  REQUIRE(author.opened());
  author.send_message("pnews");
  for (const auto& reader : readers) CHECK(reader->read_frame()->text() == "news");
}

TEST_CASE("stop() says 1001, writes what is queued and returns from run()") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  REQUIRE(client.opened());
  RawClient in_handshake(live.port());
  client.send_message("b3");
  REQUIRE(client.read_frame()->text() == "burst 3");
  std::thread stopping([&] { live.stop(); });
  std::vector<std::string> rest;
  unsigned code = 0;
  while (const auto frame = client.read_frame()) {
    if (frame->opcode == 8) {
      code = frame->close_code();
      client.send_frame(0x88, frame->payload);
    } else {
      rest.push_back(frame->text());
    }
    if (code != 0) break;
  }
  CHECK(rest == std::vector<std::string>{"burst 2", "burst 1"});
  CHECK(code == 1001);
  CHECK(in_handshake.ended_within(2000));
  client.read_to_end();
  stopping.join();
}

TEST_CASE("a new certificate is used for new handshakes") {
  LiveServer live(test_options());
  LiveServer other(test_options());
  RawClient before(live.port());
  REQUIRE(before.tls());
  REQUIRE(before.opened());
  REQUIRE(live.server().use_certificate(other.certificate()));
  live.on_network([] {});
  RawClient after(live.port());
  REQUIRE(after.tls());
  CHECK(after.opened());
  before.send_message("e");
  CHECK(before.read_frame()->text() == "e");
  CHECK_FALSE(live.server().use_certificate(Certificate{"no", "pem", {}}));
}

TEST_CASE("what can't be listened on is said in words") {
  LiveServer live(test_options());
  Options options = test_options();
  options.listen_host = "203.0.113.7";
  const auto refused = Server::open(options, live.certificate(), Doors{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().find("can't listen on 203.0.113.7:0: ") == 0);
}

TEST_CASE("a server that was opened and never run ends quietly") {
  LiveServer live(test_options());
  CHECK(Server::open(test_options(), live.certificate(), Doors{}));
}
