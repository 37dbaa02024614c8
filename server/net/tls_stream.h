// TLS over one TCP socket, made for many idle connections: OpenSSL reads the socket itself (its buffer is released when
// empty) and writes into ONE buffer per thread, which goes to the socket in one send(). asio::ssl::stream would hold
// 68 KiB a connection. Reading and writing may be waited for by one coroutine each; not for use by several threads.
#pragma once

#include <cstdint>
#include <optional>

#include "protocol/base/bytes.h"
#include "server/net/coroutine.h"
#include "server/net/session.h"
#include "server/net/tls_context.h"

namespace encuentro::server::net {

class TlsStream {
 public:
  TlsStream(Socket socket, SSL_CTX* context);
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // The server's side of the handshake. False: it failed or the socket was closed.
  Task<bool> handshake();

  // Without waiting: the bytes decrypted into `into`; 0 at the end of the stream or after an error (ended() tells);
  // nullopt when nothing has come: wait_readable().
  std::optional<std::size_t> try_read(MutableBytes into);
  // try_read until something came. 0: the stream has ended.
  Task<std::size_t> read_some(MutableBytes into);
  Task<> wait_readable();

  // Encrypts all of `plain` (records of up to 16 KiB) and sends what the socket takes, keeping the rest. False: broken.
  bool write(BytesView plain);
  // Until everything kept has gone. False: broken.
  Task<bool> drain();
  bool drained() const { return kept_.size() == kept_sent_; }

  // close_notify and the end of our direction; the peer may still be read.
  void shutdown();
  // Ends everything; whoever waits goes on and finds the stream ended.
  void close();
  bool ended() const { return ended_; }

  LoginExporter login_exporter() const;

  // Since the start: what was sent, and in how many TLS records and calls of send().
  struct Sent {
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    std::uint64_t calls = 0;
  };
  const Sent& sent() const { return sent_; }

  // The three calls of OpenSSL on its socket; for tls_stream.cpp.
  int take_from_socket(char* out, int size, bool& again);
  void add_cipher_bytes(BytesView bytes);

 private:
  bool flush();

  Socket socket_;
  SslHandle ssl_;
  Bytes kept_;  // encrypted and not yet taken by the socket, from kept_sent_ on
  std::size_t kept_sent_ = 0;
  bool ended_ = false;
  bool shut_ = false;
  Sent sent_;
};

}  // namespace encuentro::server::net
