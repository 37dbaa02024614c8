#include "server/net/upgrade.h"

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

using Fields = std::vector<RequestHead::Field>;

const std::vector<std::string> origins = {"https://meet.example.org", "https://10.0.0.1:8443"};

RequestHead good() {
  RequestHead head;
  head.method = "GET";
  head.target = "/v1";
  head.fields = {{"host", "a"},
                 {"upgrade", "websocket"},
                 {"connection", "keep-alive, Upgrade"},
                 {"sec-websocket-version", "13"},
                 {"sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="},
                 {"sec-websocket-protocol", "other, encuentro.v1"}};
  return head;
}

RequestHead with(const std::string& name, const std::string& value) {
  RequestHead head = good();
  for (auto& field : head.fields) {
    if (field.name == name) {
      field.value = value;
      return head;
    }
  }
  head.fields.push_back({name, value});
  return head;
}

int status(const RequestHead& head) {
  const auto upgrade = judge_upgrade(head, origins);
  return upgrade ? 101 : upgrade.error().status;
}

}  // namespace

TEST_CASE("the key of RFC 6455 §1.3") {
  CHECK(websocket_accept_key("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  const auto upgrade = judge_upgrade(good(), origins);
  REQUIRE(upgrade);
  CHECK(upgrade->accept_key == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  CHECK_FALSE(upgrade->browser);
}

TEST_CASE("each wrong part has its answer") {
  CHECK(status(with("upgrade", "h2c")) == 426);
  CHECK(status(with("upgrade", "WebSocket")) == 101);
  CHECK(status(with("connection", "keep-alive")) == 400);
  CHECK(status(with("sec-websocket-version", "8")) == 426);
  CHECK(status(with("sec-websocket-version", "13, 8")) == 426);
  CHECK(status(with("sec-websocket-protocol", "encuentro.v2")) == 400);
  CHECK(status(with("sec-websocket-protocol", "Encuentro.v1")) == 400);
  for (const char* key :
       {"", "short", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25j Q=="}) {
    CHECK(status(with("sec-websocket-key", key)) == 400);
  }
  RequestHead post = good();
  post.method = "POST";
  CHECK(status(post) == 405);
  RequestHead body = good();
  body.body_bytes = 1;
  CHECK(status(body) == 400);
}

TEST_CASE("each part must stand there exactly once") {
  for (std::size_t i = 1; i < good().fields.size(); ++i) {
    RequestHead without = good();
    without.fields.erase(without.fields.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK(status(without) >= 400);
    RequestHead twice = good();
    twice.fields.push_back(twice.fields[i]);
    CHECK(status(twice) >= 400);
  }
}

TEST_CASE("R64 an Origin is on the list byte for byte, or absent") {
  CHECK(status(with("origin", "https://meet.example.org")) == 101);
  CHECK(judge_upgrade(with("origin", "https://10.0.0.1:8443"), origins)->browser);
  for (const char* origin : {"",
                             "null",
                             "*",
                             "https://meet.example.org/",
                             "https://meet.example.org:443",
                             "https://MEET.example.org",
                             "http://meet.example.org",
                             "https://meet.example.org.evil.org",
                             "https://evil.org/https://meet.example.org",
                             "https://meet.example.org@evil.org",
                             "https://evilmeet.example.org",
                             "https://xn--meet.example.org",
                             "https://meet.example.org https://evil.org",
                             "https://meet.example.org, https://evil.org",
                             "https://meet.example.org\t",
                             "file://",
                             "wss://meet.example.org",
                             "https://10.0.0.1",
                             "https://10.0.0.1:8444",
                             "https://sub.meet.example.org",
                             "https://meet.example.or",
                             "meet.example.org",
                             "//meet.example.org",
                             "https://meet.example.org?",
                             "https://meet.example.org#",
                             "https://meet.example.org.",
                             "HTTPS://meet.example.org",
                             "https://m\xc3\xa9\x65t.example.org",
                             "https:///meet.example.org",
                             "https:meet.example.org",
                             "https://localhost",
                             "https://127.0.0.1:8443",
                             "https://[::1]:8443",
                             "moz-extension://a",
                             "about:blank",
                             "https://meet.example.org%00",
                             "https://meet%2eexample.org"}) {
    INFO(origin);
    CHECK(status(with("origin", origin)) == 403);
  }
  RequestHead twice = with("origin", "https://meet.example.org");
  twice.fields.push_back({"origin", "https://meet.example.org"});
  CHECK(status(twice) == 403);
}
