// The measured process, forked off so that its memory and processor time are its own: the real server with a handler
// that fans out, or a bare send() in a loop.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace encuentro::bench {

class NetPeer {
 public:
  enum class Kind : std::uint8_t {
    server,     // server/net: a message "s" subscribes, every other is published to all subscribers
    bare_send,  // plain TCP: the first connection's bytes, a message each, go to all others with send()
  };
  // Fork before any thread exists. `message_bytes`: what a delivery is, header included.
  NetPeer(Kind kind, std::size_t message_bytes, int subscribers);
  ~NetPeer();
  NetPeer(const NetPeer&) = delete;
  NetPeer& operator=(const NetPeer&) = delete;

  std::uint16_t port() const { return port_; }
  double cpu_us() const;
  double resident_bytes() const;

 private:
  pid_t pid_ = 0;
  std::uint16_t port_ = 0;
};

}  // namespace encuentro::bench
