// The program itself, as a process.
// Tests: server/encuentrod.cpp server/host/run_server.cpp server/host/gateway.cpp server/host/signals.cpp
// Tests: server/host/store_commands.cpp
#include <chrono>

#include "client/cli/net/connection.h"
#include "protocol/api/error_reply.h"
#include "protocol/api/roster_calls.h"
#include "protocol/api/session.h"
#include "tests/support/test_network.h"
#include "tests/unit/server/host/process.h"
#include "tests/unit/server/host/temporary_folder.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

using client::cli::net::Connection;
using client::cli::net::Endpoint;

// "ready wss://HOST:PORT spki=HASH" as an endpoint.
Endpoint endpoint_of(const std::string& ready) {
  REQUIRE(ready.starts_with("ready wss://127.0.0.1:"));
  auto space = ready.find(' ', 6);
  auto endpoint = client::cli::net::parse_endpoint(std::string_view(ready).substr(6, space - 6));
  REQUIRE(endpoint);
  auto spki = client::cli::net::parse_spki(std::string_view(ready).substr(space + 6));
  REQUIRE(spki);
  endpoint->spki = *spki;
  return *endpoint;
}

template <class Reply, class Request>
Reply ask(Connection& connection, const Request& request) {
  REQUIRE(connection.send(api::request_frame(7, request)));
  for (;;) {
    auto bytes = connection.receive(seconds(20));
    REQUIRE(bytes);
    REQUIRE(bytes->has_value());
    auto frame = api::decode_frame(**bytes);
    REQUIRE(frame);
    if (frame->type == api::FrameType::push) continue;
    REQUIRE(frame->type == api::FrameType::reply);
    return *api::decode_message<Reply>(frame->body);
  }
}

Timestamp clock_now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

TEST_CASE("encuentrod serves, is founded, stops on TERM, and has everything when it comes back") {
  TemporaryFolder folder;
  const std::string data = (folder.path() / "data").string();
  const std::vector<std::string> arguments = {"--data", data, "--listen", "127.0.0.1:0", "--log-level", "error"};
  TestNetwork net;
  net.now = clock_now();
  Endpoint first;
  {
    Process server(arguments);
    first = endpoint_of(server.line());
    CHECK(std::filesystem::exists(folder.path() / "data" / "founding-code"));
    auto connection = Connection::open(first, seconds(20));
    REQUIRE(connection.has_value());
    CHECK_FALSE(ask<api::HelloReply>(**connection, api::Hello{}).founded);
    auto placed = ask<api::RosterPlaceReply>(**connection, api::Found{net.genesis.encode(), ""});
    CHECK(placed.head.hash == net.genesis.hash());
    CHECK_FALSE(std::filesystem::exists(folder.path() / "data" / "founding-code"));
    // One process at a time.
    CHECK(run(arguments).status == 1);
    CHECK(run({"check", "--data", data}).status == 1);
    // A backup needs no standstill.
    const std::string running = (folder.path() / "running").string();
    CHECK(run({"backup", "--data", data, "--to", running}).status == 0);
    CHECK(run({"backup", "--data", data, "--to", running}).status == 1);
    CHECK(run({"restore", "--from", running, "--data", data + "-running"}).status == 0);
    CHECK(run({"check", "--data", data + "-running"}).out.starts_with("roster 1 entries, 0 channels"));
    server.signal(SIGHUP);
    server.signal(SIGTERM);
    CHECK(server.wait().status == 0);
  }
  Process server(arguments);
  Endpoint again = endpoint_of(server.line());
  CHECK(again.spki == first.spki);
  auto connection = Connection::open(again, seconds(20));
  REQUIRE(connection.has_value());
  auto hello = ask<api::HelloReply>(**connection, api::Hello{});
  CHECK(hello.founded);
  CHECK(hello.roster.hash == net.genesis.hash());
  server.signal(SIGTERM);
  CHECK(server.wait().status == 0);

  auto checked = run({"check", "--data", data});
  CHECK(checked.status == 0);
  CHECK(checked.out.starts_with("roster 1 entries, 0 channels"));

  const std::string kept = (folder.path() / "kept").string(), back = (folder.path() / "back").string();
  CHECK(run({"backup", "--data", data, "--to", kept}).status == 0);
  CHECK(run({"backup", "--data", data, "--to", kept}).status == 1);
  CHECK(run({"restore", "--from", kept, "--data", back}).status == 0);
  CHECK(run({"restore", "--from", kept, "--data", back}).status == 1);
  CHECK(run({"restore", "--from", (folder.path() / "absent").string(), "--data", data + "2"}).status == 1);
  CHECK(run({"check", "--data", back}).out == checked.out);
}

TEST_CASE("wrong usage is 2, what can't be done is 1") {
  CHECK(run({"--nonsense"}).status == 2);
  CHECK(run({"--listen", "127.0.0.1:0"}).status == 2);
  CHECK(run({"backup"}).status == 2);
  CHECK(run({"check", "--data", "/nonexistent/data"}).status == 1);
  auto version = run({"--version"});
  CHECK(version.status == 0);
  CHECK(version.out.starts_with("encuentrod "));
  TemporaryFolder folder;
  CHECK(run({"--data", folder.path().string(), "--cert", "/nonexistent/c.pem", "--key", "/nonexistent/k.pem"}).status ==
        1);
}
