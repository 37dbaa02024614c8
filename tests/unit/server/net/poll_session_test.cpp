// Conversations by long polling against a running server.
// Tests: server/net/poll_session.cpp server/net/poll_sessions.cpp
#include <catch2/catch.hpp>

#include "protocol/base/limits.h"
#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

// One connection and its requests.
class Line {
 public:
  explicit Line(const LiveServer& live) : client(live.port()) { REQUIRE(client.tls()); }

  struct Answer {
    int status = 0;
    std::string body;
  };
  void ask(const std::string& method, const std::string& token, std::string_view body = "") {
    std::string head = method + " /v1/poll HTTP/1.1\r\nHost: x\r\n";
    if (!token.empty()) head += "Authorization: Bearer " + token + "\r\n";
    if (method == "POST") head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.write(head + "\r\n" + std::string(body));
  }
  Answer answer() {
    const std::string head = client.read_until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 ")) return {};
    Answer got{std::stoi(head.substr(9, 3)), ""};
    const auto field = head.find("Content-Length: ");
    got.body = client.read_bytes(static_cast<std::size_t>(std::stoul(head.substr(field + 16))));
    return got;
  }
  Answer request(const std::string& method, const std::string& token, std::string_view body = "") {
    ask(method, token, body);
    return answer();
  }
  RawClient client;
};

std::string open_session(Line& line) {
  const auto opened = line.request("POST", "");
  REQUIRE(opened.status == 200);
  REQUIRE(opened.body.size() == 43);
  return opened.body;
}

std::vector<std::string> messages(const Line::Answer& answer) {
  REQUIRE(answer.status == 200);
  std::vector<std::string> list;
  for (std::string_view rest = answer.body; !rest.empty();) {
    REQUIRE(rest.size() >= 4);
    std::size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<std::uint8_t>(rest[static_cast<std::size_t>(i)]);
    REQUIRE(rest.size() >= 4 + size);
    list.emplace_back(rest.substr(4, size));
    rest.remove_prefix(4 + size);
  }
  return list;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a conversation by requests: one message up, those that wait down") {
  LiveServer live(test_options());
  Line line(live);
  const std::string token = open_session(line);
  CHECK(line.request("POST", token, "e one").status == 200);
  CHECK(line.request("POST", token, "b2").status == 200);
  CHECK(messages(line.request("GET", token)) == Texts{"e one", "burst 2", "burst 1"});
  // The transport has no exporter.
  line.request("POST", token, "i");
  CHECK(messages(line.request("GET", token)) == Texts{std::string(64, '0') + " loopback"});
  CHECK(line.request("DELETE", token).status == 200);
  CHECK(line.request("GET", token).status == 404);
  CHECK(line.request("POST", token, "e").status == 404);
  CHECK(live.count(Event::session_closed) == 1);
}

TEST_CASE("who waits is answered as soon as something is published") {
  LiveServer live(test_options());
  Line line(live);
  Line other(live);
  const std::string token = open_session(line);
  line.request("POST", token, "s");
  CHECK(messages(line.request("GET", token)) == Texts{"s"});
  line.ask("GET", token);
  other.request("POST", token, "p news");
  CHECK(messages(line.answer()) == Texts{" news"});
}

TEST_CASE("nothing to say: an empty answer in time, and the session goes on") {
  Options options = test_options();
  options.deadlines.ping_after = milliseconds(100);
  LiveServer live(options);
  Line line(live);
  const std::string token = open_session(line);
  for (int i = 0; i < 3; ++i) CHECK(messages(line.request("GET", token)).empty());
  line.request("POST", token, "e still");
  CHECK(messages(line.request("GET", token)) == Texts{"e still"});
}

TEST_CASE("only one request waits for a session") {
  Options options = test_options();
  options.deadlines.ping_after = milliseconds(100);
  LiveServer live(options);
  Line line(live);
  Line other(live);
  const std::string token = open_session(line);
  bool refused = false;
  for (int tries = 0; tries < 50 && !refused; ++tries) {
    line.ask("GET", token);
    other.ask("GET", token);
    const int one = line.answer().status, two = other.answer().status;
    refused = one == 409 || two == 409;
    CHECK((one == 200 || two == 200));
  }
  CHECK(refused);
  other.request("POST", token, "e");
  CHECK(messages(line.request("GET", token)) == Texts{"e"});
}

TEST_CASE("R72 messages are bounded: small before login, larger after") {
  LiveServer live(test_options());
  Line line(live);
  const std::string token = open_session(line);
  const std::string small(limits::frame_before_login_bytes_max, 'e');
  CHECK(line.request("POST", token, small).status == 200);
  {
    Line late(live);
    late.ask("POST", token, std::string(small.size() + 1, 'e'));
    CHECK(late.answer().status == 413);
  }
  CHECK(line.request("POST", token, "l").status == 200);
  const std::string large(limits::frame_bytes_max, 'e');
  CHECK(line.request("POST", token, large).status == 200);
  CHECK(messages(line.request("GET", token)) == Texts{small, "l"});
  CHECK(messages(line.request("GET", token)) == Texts{large});
  line.ask("POST", token, large + "e");
  CHECK(line.answer().status == 413);
}

TEST_CASE("a token that was never given opens nothing") {
  LiveServer live(test_options());
  Line line(live);
  const std::string token = open_session(line);
  for (const std::string& wrong : {std::string(43, 'A'), token + "A", token.substr(1), std::string("x")}) {
    CHECK(line.request("GET", wrong).status == 404);
    CHECK(line.request("DELETE", wrong).status == 404);
    Line other(live);
    CHECK(other.request("POST", wrong, "e").status == 404);
  }
  line.request("POST", token, "e");
  CHECK(messages(line.request("GET", token)) == Texts{"e"});
}

TEST_CASE("who doesn't come back is gone") {
  Options options = test_options();
  options.deadlines.ping_after = milliseconds(50);
  options.deadlines.silent = milliseconds(200);
  LiveServer live(options);
  Line line(live);
  const std::string token = open_session(line);
  CHECK(live.wait_for(Event::silent));
  CHECK(live.wait_for(Event::session_closed));
  CHECK(line.request("GET", token).status == 404);
}

TEST_CASE("an answer that reached nobody ends the session: its messages are lost") {
  LiveServer live(test_options());
  Line line(live);
  std::string token;
  {
    Line waiting(live);
    token = open_session(waiting);
    waiting.request("POST", token, "s");
    CHECK(messages(waiting.request("GET", token)) == Texts{"s"});
    waiting.ask("GET", token);
    waiting.client.reset();
  }
  REQUIRE(line.request("POST", token, "p lost").status == 200);
  CHECK(live.wait_for(Event::session_closed));
}

TEST_CASE("the service closes: what waits is still fetched, then it is over") {
  LiveServer live(test_options());
  Line line(live);
  const std::string token = open_session(line);
  line.request("POST", token, "e last");
  line.request("POST", token, "q");
  CHECK(messages(line.request("GET", token)) == Texts{"e last"});
  CHECK(line.request("GET", token).status == 404);
  CHECK(live.wait_for(Event::session_closed));
}

TEST_CASE("R74 who polls too seldom misses pushes, hears of it once, and hears again when it has caught up") {
  Options options = test_options();
  options.caps.queue_frames = 4;
  LiveServer live(options);
  Line line(live);
  Line other(live);
  const std::string token = open_session(line);
  const std::string writer = open_session(other);
  line.request("POST", token, "s");
  CHECK(messages(line.request("GET", token)) == Texts{"s"});
  for (int i = 0; i < 8; ++i) other.request("POST", writer, "p" + std::to_string(i));
  CHECK(live.overflows == 1);
  CHECK(messages(line.request("GET", token)) == Texts{"0", "1", "2", "3"});
  CHECK(live.drains == 1);
  CHECK(live.lagged_channels == 1);
  other.request("POST", writer, "pmore");
  CHECK(messages(line.request("GET", token)) == Texts{"more"});
}

TEST_CASE("R74 who asks and doesn't fetch the answers isn't listened to, and is closed above twice the cap") {
  Options options = test_options();
  options.caps.queue_frames = 4;
  LiveServer live(options);
  Line line(live);
  const std::string token = open_session(line);
  line.request("POST", token, "b5");
  CHECK(line.request("POST", token, "e").status == 429);
  CHECK(messages(line.request("GET", token)).size() == 5);
  line.request("POST", token, "b9");
  CHECK(line.request("GET", token).status == 404);
}

TEST_CASE("R73 a remote has so many sessions before login") {
  Options options = test_options();
  options.caps.before_login_per_remote = 3;
  LiveServer live(options);
  Line line(live);
  const std::string first = open_session(line);
  open_session(line);
  open_session(line);
  CHECK(line.request("POST", "").status == 429);
  line.request("POST", first, "l");
  CHECK(line.request("POST", "").status == 200);
}

TEST_CASE("a server that stops answers whoever waits") {
  LiveServer live(test_options());
  Line line(live);
  const std::string token = open_session(line);
  line.ask("GET", token);
  live.stop();
  const int status = line.answer().status;
  CHECK((status == 404 || status == 0));
  CHECK(live.count(Event::session_closed) == 1);
}
