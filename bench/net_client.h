// The other side of the network measurements: blocking TLS WebSocket clients, made to cost little and to check that
// every byte came, nothing more.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <memory>
#include <string_view>

namespace encuentro::bench {

class NetClient {
 public:
  // TCP, TLS and upgrade, or plain TCP without either; stops the program when it can't.
  NetClient(std::uint16_t port, bool tls);
  ~NetClient();
  NetClient(const NetClient&) = delete;
  NetClient& operator=(const NetClient&) = delete;

  // Sends `payload` as `count` binary frames in one write; without TLS as bare bytes.
  void send(std::string_view payload, int count = 1);
  // Reads exactly so many bytes and forgets them.
  void skip(std::size_t bytes);

 private:
  std::size_t read(char* out, std::size_t bytes);
  void write(std::string_view bytes);

  int fd_;
  SSL* ssl_ = nullptr;
};

}  // namespace encuentro::bench
