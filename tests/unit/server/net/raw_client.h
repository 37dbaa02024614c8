// A client that can do wrong: plain socket, OpenSSL and hand-made frames, with the server's TLS records counted.
// Everything waits at most five seconds.
#pragma once

#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "protocol/base/bytes.h"

namespace encuentro::server::net {

class RawClient {
 public:
  // Connects; no byte is sent before tls(). `receive_buffer_bytes`: a small one makes a slow reader.
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool tls(int version_max = TLS1_3_VERSION);
  void write(BytesView bytes);
  void write(std::string_view text) { write(as_bytes(text)); }
  void write_plain(std::string_view text);  // below TLS

  // Up to and with `end`; what came until the connection ended if it didn't come.
  std::string read_until(std::string_view end);
  std::string read_to_end();
  // Exactly so many, or what came until the connection ended.
  std::string read_bytes(std::size_t count);
  // Ends the connection without a goodbye: what comes for it is answered by a reset.
  void reset();
  // True if the server has ended the connection within the time.
  bool ended_within(int ms);

  // One request with the right head for /v1, `fields` added or in place of the usual ones; the answer's head.
  std::string upgrade(const std::string& fields = "", const std::string& target = "/v1");
  bool opened() { return upgrade().starts_with("HTTP/1.1 101"); }

  void send_frame(std::uint8_t first_byte, BytesView payload, bool masked = true);
  void send_message(std::string_view text) { send_frame(0x82, as_bytes(text)); }
  struct Received {
    std::uint8_t opcode;
    Bytes payload;
    std::string text() const { return std::string(as_text(payload)); }
    unsigned close_code() const { return payload.size() < 2 ? 0u : unsigned(payload[0] << 8 | payload[1]); }
  };
  // nullopt: the connection ended, or nothing came.
  std::optional<Received> read_frame();

  std::array<std::uint8_t, 32> exporter();
  // The server's certificate, DER.
  Bytes certificate();
  // TLS records of application data seen so far.
  std::size_t records() const { return records_; }

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };
  enum class Pump { got, timeout, ended };
  Pump pump(int ms);
  bool fill(std::size_t bytes);
  void count_records(BytesView cipher);
  void push();

  int fd_;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
  Bytes plain_;
  Bytes record_head_;
  std::size_t record_left_ = 0;
  std::size_t records_ = 0;
};

}  // namespace encuentro::server::net
