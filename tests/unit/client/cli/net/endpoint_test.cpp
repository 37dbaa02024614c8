#include <catch2/catch.hpp>

#include "client/cli/net/connection.h"

using namespace encuentro;
using namespace encuentro::client::cli::net;

TEST_CASE("addresses of servers") {
  const auto plain = parse_endpoint("wss://meet.example.org");
  REQUIRE(plain);
  CHECK(plain->host == "meet.example.org");
  CHECK(plain->port == 443);
  CHECK_FALSE(plain->spki);
  const auto with_port = parse_endpoint("wss://127.0.0.1:8443");
  REQUIRE(with_port);
  CHECK(with_port->host == "127.0.0.1");
  CHECK(with_port->port == 8443);
  const auto ipv6 = parse_endpoint("wss://[::1]:8443");
  REQUIRE(ipv6);
  CHECK(ipv6->host == "::1");
  CHECK(ipv6->port == 8443);
}

TEST_CASE("what is no address") {
  for (const char* text :
       {"", "wss://", "ws://a:1", "https://a", "wss://a/", "wss://a:", "wss://a:0", "wss://a:65536", "wss://a:1x",
        "wss://a:1/path", "wss://:1", "wss://[::1", "wss://[::1]8443", "wss://a b", "wss://a\r\nX", "wss://u@a"}) {
    INFO(text);
    const auto endpoint = parse_endpoint(text);
    REQUIRE_FALSE(endpoint);
    CHECK(endpoint.error().code == Code::malformed);
  }
}

TEST_CASE("key hashes as text") {
  const Hash32 spki{Bytes(32, 0xff)};
  const std::string text = spki_text(spki);
  CHECK(text == std::string(42, '_') + "8");
  CHECK(parse_spki(text) == spki);
  CHECK_FALSE(parse_spki(text.substr(1)));
  CHECK_FALSE(parse_spki(text + "A"));
  CHECK_FALSE(parse_spki(std::string(42, '_') + "9"));  // stray bits
  CHECK_FALSE(parse_spki(std::string(42, '+') + "8"));
}
