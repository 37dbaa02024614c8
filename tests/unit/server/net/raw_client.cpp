#include "tests/unit/server/net/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace encuentro::server::net {

namespace {
constexpr int wait_ms = 5000;
}

RawClient::RawClient(std::uint16_t port, int receive_buffer_bytes) : fd_(::socket(AF_INET, SOCK_STREAM, 0)) {
  ENC_CHECK(fd_ >= 0);
  if (receive_buffer_bytes > 0) {
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  }
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ENC_CHECK(::connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

RawClient::~RawClient() {
  if (fd_ >= 0) ::close(fd_);
}

bool RawClient::tls(int version_max) {
  context_.reset(SSL_CTX_new(TLS_client_method()));
  SSL_CTX_set_max_proto_version(context_.get(), version_max);
  ssl_.reset(SSL_new(context_.get()));
  SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(ssl_.get());
  for (;;) {
    const int done = SSL_do_handshake(ssl_.get());
    push();
    if (done == 1) return true;
    if (SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ || pump(wait_ms) != Pump::got) return false;
  }
}

// What OpenSSL has made goes to the socket.
void RawClient::push() {
  char* data = nullptr;
  BIO* out = SSL_get_wbio(ssl_.get());
  const long bytes = BIO_get_mem_data(out, &data);
  for (long sent = 0; sent < bytes;) {
    const ssize_t taken = ::send(fd_, data + sent, static_cast<std::size_t>(bytes - sent), MSG_NOSIGNAL);
    if (taken <= 0) break;
    sent += taken;
  }
  (void)BIO_reset(out);
}

void RawClient::write(BytesView bytes) {
  if (bytes.empty()) return;
  SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  push();
}

void RawClient::write_plain(std::string_view text) { (void)::send(fd_, text.data(), text.size(), MSG_NOSIGNAL); }

RawClient::Pump RawClient::pump(int ms) {
  pollfd waiting{fd_, POLLIN, 0};
  if (::poll(&waiting, 1, ms) <= 0) return Pump::timeout;
  std::array<std::uint8_t, 65536> bytes;
  const ssize_t got = ::recv(fd_, bytes.data(), bytes.size(), 0);
  if (got <= 0) return Pump::ended;
  const BytesView cipher(bytes.data(), static_cast<std::size_t>(got));
  count_records(cipher);
  if (!ssl_) return Pump::got;
  BIO_write(SSL_get_rbio(ssl_.get()), cipher.data(), static_cast<int>(cipher.size()));
  return Pump::got;
}

void RawClient::count_records(BytesView cipher) {
  while (!cipher.empty()) {
    if (record_left_ > 0) {
      const std::size_t part = std::min(record_left_, cipher.size());
      record_left_ -= part;
      cipher = cipher.subspan(part);
      continue;
    }
    record_head_.push_back(cipher.front());
    cipher = cipher.subspan(1);
    if (record_head_.size() < 5) continue;
    records_ += record_head_[0] == 23 ? 1 : 0;  // application data
    record_left_ = std::size_t{record_head_[3]} << 8 | record_head_[4];
    record_head_.clear();
  }
}

// Reads until plain_ holds `bytes`.
bool RawClient::fill(std::size_t bytes) {
  while (plain_.size() < bytes) {
    std::array<std::uint8_t, 16384> part;
    const int got = SSL_read(ssl_.get(), part.data(), static_cast<int>(part.size()));
    if (got > 0) {
      plain_.insert(plain_.end(), part.begin(), part.begin() + got);
      continue;
    }
    if (SSL_get_error(ssl_.get(), got) != SSL_ERROR_WANT_READ || pump(wait_ms) != Pump::got) return false;
  }
  return true;
}

std::string RawClient::read_until(std::string_view end) {
  std::size_t place = 0;
  while ((place = as_text(plain_).find(end)) == std::string_view::npos) {
    if (!fill(plain_.size() + 1)) {
      place = plain_.size();
      break;
    }
  }
  const std::size_t take = std::min(plain_.size(), place + end.size());
  std::string text(as_text(BytesView(plain_).first(take)));
  plain_.erase(plain_.begin(), plain_.begin() + static_cast<std::ptrdiff_t>(take));
  return text;
}

std::string RawClient::read_to_end() {
  while (fill(plain_.size() + 1)) {
  }
  return std::string(as_text(std::exchange(plain_, {})));
}

std::string RawClient::read_bytes(std::size_t count) {
  while (plain_.size() < count && fill(count)) {
  }
  const std::size_t take = std::min(plain_.size(), count);
  std::string text(as_text(BytesView(plain_).first(take)));
  plain_.erase(plain_.begin(), plain_.begin() + static_cast<std::ptrdiff_t>(take));
  return text;
}

void RawClient::reset() {
  const linger at_once{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  ::close(std::exchange(fd_, -1));
}

bool RawClient::ended_within(int ms) {
  for (;;) {
    const Pump got = pump(ms);
    if (got != Pump::got) return got == Pump::ended;
  }
}

std::string RawClient::upgrade(const std::string& fields, const std::string& target) {
  const auto usual = [&fields](const std::string& name, const std::string& value) {
    return fields.find(name + ":") == std::string::npos ? name + ": " + value + "\r\n" : std::string();
  };
  write("GET " + target + " HTTP/1.1\r\n" + usual("Host", "localhost") + usual("Upgrade", "websocket") +
        usual("Connection", "Upgrade") + usual("Sec-WebSocket-Version", "13") +
        usual("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==") + usual("Sec-WebSocket-Protocol", "encuentro.v1") +
        fields + "\r\n");
  return read_until("\r\n\r\n");
}

void RawClient::send_frame(std::uint8_t first_byte, BytesView payload, bool masked) {
  Bytes frame{first_byte};
  const std::uint8_t mask_bit = masked ? 0x80 : 0;
  const std::size_t size = payload.size();
  const auto byte = [size](int index) { return static_cast<std::uint8_t>(size >> (8 * index)); };
  if (size <= 125) {
    frame.push_back(static_cast<std::uint8_t>(mask_bit | size));
  } else if (size <= 0xffff) {
    frame.insert(frame.end(), {static_cast<std::uint8_t>(mask_bit | 126), byte(1), byte(0)});
  } else {
    frame.insert(frame.end(),
                 {static_cast<std::uint8_t>(mask_bit | 127), 0, 0, 0, 0, byte(3), byte(2), byte(1), byte(0)});
  }
  static constexpr std::uint8_t mask[4] = {1, 2, 3, 4};
  if (masked) frame.insert(frame.end(), mask, mask + 4);
  for (std::size_t i = 0; i < size; ++i) {
    frame.push_back(masked ? static_cast<std::uint8_t>(payload[i] ^ mask[i & 3]) : payload[i]);
  }
  write(frame);
}

std::optional<RawClient::Received> RawClient::read_frame() {
  if (!fill(2)) return std::nullopt;
  const std::size_t length7 = plain_[1] & 0x7f;
  const std::size_t head = length7 == 126 ? 4 : length7 == 127 ? 10 : 2;
  if (!fill(head)) return std::nullopt;
  std::size_t size = length7 < 126 ? length7 : 0;
  for (std::size_t i = 2; i < head; ++i) size = size << 8 | plain_[i];
  if (!fill(head + size)) return std::nullopt;
  const auto begin = plain_.begin() + static_cast<std::ptrdiff_t>(head);
  const auto end = begin + static_cast<std::ptrdiff_t>(size);
  Received received{static_cast<std::uint8_t>(plain_[0] & 0x0f), Bytes(begin, end)};
  plain_.erase(plain_.begin(), end);
  return received;
}

Bytes RawClient::certificate() {
  X509* presented = SSL_get0_peer_certificate(ssl_.get());
  ENC_CHECK(presented != nullptr);
  Bytes der(static_cast<std::size_t>(i2d_X509(presented, nullptr)));
  std::uint8_t* out = der.data();
  i2d_X509(presented, &out);
  return der;
}

std::array<std::uint8_t, 32> RawClient::exporter() {
  static constexpr const char* label = "EXPORTER-encuentro-login";
  std::array<std::uint8_t, 32> value{};
  SSL_export_keying_material(ssl_.get(), value.data(), value.size(), label, std::strlen(label), nullptr, 0, 0);
  return value;
}

}  // namespace encuentro::server::net
