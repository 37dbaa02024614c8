#include "server/net/requests.h"

#include <catch2/catch.hpp>
#include <map>
#include <thread>

#include "protocol/crypto/hash.h"
#include "tests/unit/server/net/live_server.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::server::net;

namespace {

// Keeps bodies in memory, takes the token "good", answers from a thread of its own as a store would.
class MemoryTransfers final : public TransferHandler {
 public:
  void admit_put(const TransferRequest& request, TransferDone<void> done) override {
    if (request.token == "good") return elsewhere([done = std::move(done)]() mutable { done({}); });
    elsewhere([done = std::move(done)]() mutable { done(fail(Code::not_logged_in)); });
  }
  void put(const TransferRequest& request, Bytes body, TransferDone<void> done) override {
    held_[request.id] = std::make_shared<const Bytes>(std::move(body));
    elsewhere([done = std::move(done)]() mutable { done({}); });
  }
  void get(const TransferRequest& request, TransferDone<std::shared_ptr<const Bytes>> done) override {
    const auto found = held_.find(request.id);
    if (request.token != "good") return done(fail(Code::not_allowed));
    if (found == held_.end()) return done(fail(Code::not_found));
    elsewhere([done = std::move(done), bytes = found->second]() mutable { done(bytes); });
  }

 private:
  template <class Work>
  static void elsewhere(Work work) {
    std::thread(std::move(work)).join();
  }
  std::map<BlobId, std::shared_ptr<const Bytes>> held_;
};

std::string ask(LiveServer& live, const std::string& request) {
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write(request);
  return client.read_until("\r\n\r\n");
}

std::string blob_path(BytesView bytes) { return "/v1/blob/" + to_hex(crypto::sha256({bytes}).view()); }

const std::string authorized = "Authorization: Bearer good\r\n";

}  // namespace

TEST_CASE("health, and nothing else that tells of the inside (R83)") {
  LiveServer live(test_options());
  CHECK(ask(live, "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(ask(live, "POST /healthz HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 405 "));
  CHECK(ask(live, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 404 "));
  CHECK(ask(live, "GET /debug HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 404 "));
}

TEST_CASE("several requests on one connection") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  for (int i = 0; i < 3; ++i) {
    client.write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(client.read_until("ok\n").starts_with("HTTP/1.1 200 "));
  }
  CHECK(client.opened());
}

TEST_CASE("R71 heads that are too much") {
  LiveServer live(test_options());
  std::string fields;
  for (int i = 0; i < 64; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
  CHECK(ask(live, "GET /healthz HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n").starts_with("HTTP/1.1 431 "));
  const std::string long_field = "X: " + std::string(9000, 'a') + "\r\n";
  CHECK(ask(live, "GET /healthz HTTP/1.1\r\nHost: a\r\n" + long_field + "\r\n").starts_with("HTTP/1.1 431 "));
  CHECK(ask(live, "GET /" + std::string(9000, 'a')).starts_with("HTTP/1.1 431 "));
  CHECK(ask(live, "\x01\x02 / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

TEST_CASE("a blob goes in and comes out") {
  MemoryTransfers transfers;
  LiveServer live(test_options(), &transfers);
  const Bytes blob(300000, 9);
  RawClient client(live.port());
  REQUIRE(client.tls());
  client.write("PUT " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n" + authorized + "\r\n");
  client.write(blob);
  CHECK(client.read_until("stored\n").starts_with("HTTP/1.1 201 "));
  client.write("GET " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + authorized + "\r\n");
  const std::string head = client.read_until("\r\n\r\n");
  CHECK(head.find("Content-Length: 300000\r\n") != std::string::npos);
  CHECK(head.find("Cache-Control: no-store\r\n") != std::string::npos);
  CHECK(client.read_to_end() == as_text(blob));
  CHECK(live.count(Event::transfer_put) == 1);
  CHECK(live.count(Event::transfer_get) == 1);
}

TEST_CASE("a body isn't read before the token holds") {
  MemoryTransfers transfers;
  LiveServer live(test_options(), &transfers);
  const Bytes blob(10, 1);
  const std::string put = "PUT " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n";
  SECTION("no token") { CHECK(ask(live, put + "\r\n").starts_with("HTTP/1.1 401 ")); }
  SECTION("another token") { CHECK(ask(live, put + "Authorization: Bearer bad\r\n\r\n").starts_with("HTTP/1.1 401 ")); }
  SECTION("a cookie is no token") { CHECK(ask(live, put + "Cookie: token=good\r\n\r\n").starts_with("HTTP/1.1 401 ")); }
  SECTION("the right token: continue") {
    CHECK(ask(live, put + authorized + "Expect: 100-continue\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  }
}

TEST_CASE("a body with another hash is refused") {
  MemoryTransfers transfers;
  LiveServer live(test_options(), &transfers);
  const Bytes blob(10, 1);
  const std::string put = "PUT " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n" + authorized;
  CHECK(ask(live, put + "\r\n0123456789").starts_with("HTTP/1.1 400 "));
  CHECK(ask(live, "GET " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\n" + authorized + "\r\n")
            .starts_with("HTTP/1.1 404 "));
}

TEST_CASE("bodies held in memory are bounded all together") {
  MemoryTransfers transfers;
  Options options = test_options();
  options.caps.body_bytes_in_flight = 15;
  LiveServer live(options, &transfers);
  const Bytes blob(10, 1);
  const std::string put = "PUT " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n" + authorized;
  RawClient slow(live.port());
  REQUIRE(slow.tls());
  slow.write(put + "Expect: 100-continue\r\n\r\n");
  REQUIRE(slow.read_until("\r\n\r\n").starts_with("HTTP/1.1 100 "));
  CHECK(ask(live, put + "\r\n").starts_with("HTTP/1.1 503 "));
  slow.write(blob);
  CHECK(slow.read_until("stored\n").starts_with("HTTP/1.1 201 "));
  RawClient next(live.port());
  REQUIRE(next.tls());
  next.write(put + "\r\n");
  next.write(blob);
  CHECK(next.read_until("stored\n").starts_with("HTTP/1.1 201 "));
}

TEST_CASE("a transfer that stalls ends at its deadline") {
  MemoryTransfers transfers;
  Options options = test_options();
  options.deadlines.body = milliseconds(200);
  LiveServer live(options, &transfers);
  const Bytes blob(10, 1);
  RawClient slow(live.port());
  REQUIRE(slow.tls());
  slow.write("PUT " + blob_path(blob) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n" + authorized + "\r\n012");
  CHECK(slow.ended_within(2000));
}

TEST_CASE("upgrades that are refused, over the wire") {
  Options options = test_options();
  options.origins = {"https://meet.example.org"};
  LiveServer live(options);
  const auto status = [&live](const std::string& fields, const std::string& target = "/v1") {
    RawClient client(live.port());
    REQUIRE(client.tls());
    return client.upgrade(fields, target).substr(9, 3);
  };
  CHECK(status("") == "101");
  CHECK(status("Origin: https://meet.example.org\r\n") == "101");
  CHECK(status("Origin: https://evil.example.org\r\n") == "403");
  CHECK(status("Sec-WebSocket-Version: 8\r\n") == "426");
  CHECK(status("Sec-WebSocket-Protocol: chat\r\n") == "400");
  CHECK(status("", "/v2") == "404");
  CHECK(live.count(Event::refused_origin) == 1);
}

TEST_CASE("compression is offered and not taken") {
  LiveServer live(test_options());
  RawClient client(live.port());
  REQUIRE(client.tls());
  const std::string head = client.upgrade("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
  CHECK(head.starts_with("HTTP/1.1 101 "));
  CHECK(head.find("Extensions") == std::string::npos);
  CHECK(head.find("Sec-WebSocket-Protocol: encuentro.v1\r\n") != std::string::npos);
}
