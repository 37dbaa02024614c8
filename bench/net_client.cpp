#include "bench/net_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

#include "protocol/base/check.h"

namespace encuentro::bench {

namespace {

SSL_CTX* context() {
  static SSL_CTX* const made = [] {
    SSL_CTX* fresh = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_read_ahead(fresh, 1);
    return fresh;
  }();
  return made;
}

constexpr std::string_view upgrade =
    "GET /v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: encuentro.v1\r\n\r\n";

// A masked binary frame whose mask is zero, so that the payload stands as it is.
std::string frame(std::string_view payload) {
  std::string out = "\x82";
  if (payload.size() <= 125) {
    out += static_cast<char>(0x80 | payload.size());
  } else {
    ENC_CHECK(payload.size() <= 0xffff);
    out += {static_cast<char>(0xfe), static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size())};
  }
  return out.append(4, '\0').append(payload);
}

}  // namespace

NetClient::NetClient(std::uint16_t port, bool tls) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ENC_CHECK(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!tls) return;
  ssl_ = SSL_new(context());
  ENC_CHECK(SSL_set_fd(ssl_, fd_) == 1 && SSL_connect(ssl_) == 1);
  write(upgrade);
  std::string answer;
  while (!answer.ends_with("\r\n\r\n")) {
    char letter = 0;
    ENC_CHECK(read(&letter, 1) == 1);
    answer += letter;
  }
  ENC_CHECK(answer.starts_with("HTTP/1.1 101 "));
}

NetClient::~NetClient() {
  SSL_free(ssl_);
  ::close(fd_);
}

std::size_t NetClient::read(char* out, std::size_t bytes) {
  const auto got = ssl_ ? SSL_read(ssl_, out, static_cast<int>(bytes)) : ::recv(fd_, out, bytes, 0);
  ENC_CHECK(got > 0);
  return static_cast<std::size_t>(got);
}

void NetClient::write(std::string_view bytes) {
  const auto taken = ssl_ ? SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()))
                          : ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  ENC_CHECK(static_cast<std::size_t>(taken) == bytes.size());
}

void NetClient::send(std::string_view payload, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += ssl_ ? frame(payload) : std::string(payload);
  write(all);
}

void NetClient::skip(std::size_t bytes) {
  std::array<char, 65536> forgotten;
  while (bytes > 0) bytes -= read(forgotten.data(), std::min(bytes, forgotten.size()));
}

}  // namespace encuentro::bench
