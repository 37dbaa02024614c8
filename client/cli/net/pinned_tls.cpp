#include "client/cli/net/pinned_tls.h"

#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "protocol/crypto/hash.h"

namespace encuentro::client::cli::net {

namespace asio = boost::asio;

namespace {

constexpr auto awaited = asio::as_tuple(asio::use_awaitable);

// Products that put themselves between people and the net and issue certificates on the fly.
constexpr std::array<std::string_view, 14> inspecting_proxies = {
    "Zscaler",  "Fortinet", "FortiGate", "Blue Coat",   "Palo Alto", "Sophos",    "Kaspersky",
    "Netskope", "McAfee",   "Umbrella",  "Check Point", "Websense",  "Barracuda", "Proxy"};

Hash32 spki_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int bytes = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  ENC_CHECK(bytes > 0);
  const Hash32 hash = crypto::sha256({BytesView(der, static_cast<std::size_t>(bytes))});
  OPENSSL_free(der);
  return hash;
}

std::string issuer_of(X509* certificate) {
  std::array<char, 200> text{};
  X509_NAME_oneline(X509_get_issuer_name(certificate), text.data(), static_cast<int>(text.size()));
  std::string issuer = text.data();
  std::replace_if(issuer.begin(), issuer.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return issuer;
}

// An authority that was installed for inspection counts as trusted here. Read only when it is asked for: that takes
// longer than the handshake itself.
bool is_trusted_here(X509_STORE_CTX* chain) {
  X509_STORE_set_default_paths(X509_STORE_CTX_get0_store(chain));
  return X509_verify_cert(chain) == 1;
}

int verify(X509_STORE_CTX* chain, void* argument) {
  Pinning& pinning = *static_cast<Pinning*>(argument);
  X509* leaf = X509_STORE_CTX_get0_cert(chain);
  if (leaf == nullptr) return 0;
  pinning.presented = spki_of(leaf);
  pinning.issuer = issuer_of(leaf);
  if (!pinning.pinned || *pinning.pinned == *pinning.presented) return 1;
  const bool names_proxy =
      std::any_of(inspecting_proxies.begin(), inspecting_proxies.end(),
                  [&](std::string_view proxy) { return pinning.issuer.find(proxy) != std::string::npos; });
  pinning.inspected = names_proxy || is_trusted_here(chain);
  X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

}  // namespace

asio::ssl::context pinned_context(Pinning& pinning) {
  asio::ssl::context context(asio::ssl::context::tlsv13_client);
  SSL_CTX* raw = context.native_handle();
  SSL_CTX_set_min_proto_version(raw, TLS1_3_VERSION);
  SSL_CTX_set_verify(raw, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(raw, verify, &pinning);
  static constexpr unsigned char http11[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(raw, http11, sizeof http11 - 1);
  SSL_CTX_set1_groups_list(raw, "X25519:P-256");
  return context;
}

asio::awaitable<boost::system::error_code> connect_pinned(TlsSocket& socket, const Endpoint& endpoint) {
  boost::system::error_code is_name;
  asio::ip::make_address(endpoint.host, is_name);
  if (is_name) {
    std::string name = endpoint.host;  // SSL_set_tlsext_host_name casts in the old style
    SSL_ctrl(socket.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
  }
  asio::ip::tcp::resolver resolver(socket.get_executor());
  auto [unresolved, addresses] = co_await resolver.async_resolve(endpoint.host, std::to_string(endpoint.port), awaited);
  if (unresolved) co_return unresolved;
  auto [refused, address] = co_await asio::async_connect(socket.next_layer(), addresses, awaited);
  if (refused) co_return refused;
  boost::system::error_code ignored;
  socket.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
  auto [failed] = co_await socket.async_handshake(asio::ssl::stream_base::client, awaited);
  co_return failed;
}

ConnectFailure connect_failure(const Pinning& pinning, std::string detail) {
  const bool wrong_key = pinning.pinned && pinning.presented && *pinning.pinned != *pinning.presented;
  const Code code = !wrong_key          ? Code::unreachable
                    : pinning.inspected ? Code::inspected_connection
                                        : Code::wrong_server_key;
  return {Error{code}, pinning.pinned, pinning.presented, pinning.issuer, std::move(detail)};
}

bool run_until(asio::io_context& loop, const bool& done, std::chrono::steady_clock::time_point deadline) {
  loop.restart();
  loop.poll();  // also when no time is left: what has come is taken
  while (!done && loop.run_one_until(deadline) > 0) {
  }
  return done;
}

}  // namespace encuentro::client::cli::net
