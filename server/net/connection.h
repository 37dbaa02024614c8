// One accepted connection from its TLS handshake to its end: requests, then perhaps a conversation.
#pragma once

#include "server/net/conversation.h"
#include "server/net/requests.h"

namespace encuentro::server::net {

class Connection {
 public:
  Connection(Surroundings& around, Executor executor, Socket socket, SSL_CTX* context, ConnectionNumber number,
             RemoteBucket remote, bool loopback);

  static Task<> run(std::shared_ptr<Connection> self);

  // The sweep, every few hundred milliseconds.
  void check(Timestamp now);
  // The server stops: a conversation is told, a request being answered is finished, the rest ends.
  void stop();
  void close();

 private:
  Task<> linger();

  Surroundings& around_;
  Executor executor_;
  TlsStream tls_;
  ConnectionNumber number_;
  RemoteBucket remote_;
  bool loopback_;
  Watch watch_;
  std::shared_ptr<Conversation> conversation_;
};

}  // namespace encuentro::server::net
