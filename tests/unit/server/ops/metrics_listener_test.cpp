#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>

#include "server/ops/metrics.h"

using namespace encuentro;
using namespace encuentro::server::ops;

namespace {

std::string ask(std::uint16_t port, const std::string& request) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::send(fd, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::string answer;
  std::array<char, 4096> part;
  for (ssize_t got = 0; (got = ::recv(fd, part.data(), part.size(), 0)) > 0;) {
    answer.append(part.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  return answer;
}

}  // namespace

TEST_CASE("metrics are served on their own address, and nothing else is") {
  Metrics metrics;
  metrics.counter("encuentro_appends_total", "Entries stored").add();
  auto listener = MetricsListener::open("127.0.0.1:0", metrics);
  REQUIRE(listener);
  const std::uint16_t port = (*listener)->port();
  for (int i = 0; i < 2; ++i) {
    const std::string answer = ask(port, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    CHECK(answer.find("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n") != std::string::npos);
    CHECK(answer.find("\nencuentro_appends_total 1\n") != std::string::npos);
  }
  CHECK(ask(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 404 "));
  CHECK(ask(port, "POST /metrics HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 404 "));
  CHECK(ask(port, "nothing\r\n\r\n").empty());
  CHECK(ask(port, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").starts_with("HTTP/1.1 200 "));
}

TEST_CASE("an address that can't be served is said in words") {
  Metrics metrics;
  CHECK(MetricsListener::open("9100", metrics).error() == "'9100' is not HOST:PORT or [IPv6]:PORT");
  CHECK(MetricsListener::open("203.0.113.7:0", metrics).error().starts_with("can't serve metrics on 203.0.113.7:0: "));
}
