// The TLS settings of the listener, and OpenSSL's objects with owners.
#pragma once

#include <openssl/ssl.h>

#include <expected>
#include <memory>
#include <string>

#include "server/net/certificate.h"

namespace encuentro::server::net {

template <auto Free>
struct OpenSslFree {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using SslContext = std::shared_ptr<SSL_CTX>;
using SslHandle = std::unique_ptr<SSL, OpenSslFree<SSL_free>>;

// TLS 1.3 only, no tickets, no session cache, no early data, buffers released while idle (R63). ALPN: http/1.1.
std::expected<SslContext, std::string> make_server_context(const Certificate& certificate);

}  // namespace encuentro::server::net
