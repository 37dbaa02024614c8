#include "client/cli/ui/gate.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using client::cli::ui::Gate;

TEST_CASE("R60: Host and Origin are right byte for byte or not at all") {
  tests::SeededRandom random{7};
  Gate gate(random, 4711);
  CHECK(gate.is_host("127.0.0.1:4711"));
  CHECK(gate.is_origin("http://127.0.0.1:4711"));
  for (const char* host : {"", "127.0.0.1", "127.0.0.1:4712", "localhost:4711", "127.0.0.1:4711.", "evil.example:4711",
                           "127.0.0.1:04711", "[::1]:4711", " 127.0.0.1:4711", "127.0.0.1:47110"}) {
    CHECK_FALSE(gate.is_host(host));
  }
  for (const char* origin : {"", "null", "https://127.0.0.1:4711", "http://127.0.0.1", "http://127.0.0.1:4711/",
                             "http://localhost:4711", "http://127.0.0.1:4711.evil.example", "HTTP://127.0.0.1:4711"}) {
    CHECK_FALSE(gate.is_origin(origin));
  }
}

TEST_CASE("R60: a token lets in once") {
  tests::SeededRandom random{8};
  Gate gate(random, 4711);
  const std::string first = gate.entrance();
  CHECK(first.size() == 64);
  CHECK_FALSE(gate.enter(""));
  CHECK_FALSE(gate.enter(first.substr(1)));
  CHECK_FALSE(gate.enter(first + "0"));
  CHECK_FALSE(gate.enter(std::string(64, '0')));
  CHECK(gate.entrance() == first);
  auto back = gate.enter(first);
  REQUIRE(back);
  CHECK(*back != first);
  CHECK(gate.entrance() != first);
  CHECK_FALSE(gate.enter(first));
}

TEST_CASE("the page that was in comes back once a token, and another page ends that") {
  tests::SeededRandom random{9};
  Gate gate(random, 4711);
  auto back = gate.enter(gate.entrance());
  const std::string waiting = gate.entrance();
  auto again = gate.enter(*back);
  REQUIRE(again);
  CHECK(gate.entrance() == waiting);
  CHECK_FALSE(gate.enter(*back));
  auto other = gate.enter(waiting);
  REQUIRE(other);
  CHECK_FALSE(gate.enter(*again));
  CHECK(gate.enter(*other));
}
