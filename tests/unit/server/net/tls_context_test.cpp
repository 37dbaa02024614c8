#include "server/net/tls_context.h"

#include <catch2/catch.hpp>

#include "tests/unit/server/net/live_server.h"

using namespace encuentro;
using namespace encuentro::server::net;

TEST_CASE("R63 TLS 1.3 only, no tickets, no cache, no early data") {
  LiveServer live(test_options());
  const auto context = make_server_context(live.certificate());
  REQUIRE(context);
  SSL_CTX* raw = context->get();
  CHECK(SSL_CTX_get_min_proto_version(raw) == TLS1_3_VERSION);
  CHECK(SSL_CTX_get_max_proto_version(raw) == TLS1_3_VERSION);
  CHECK(SSL_CTX_get_num_tickets(raw) == 0);
  CHECK(SSL_CTX_get_max_early_data(raw) == 0);
  CHECK(SSL_CTX_get_session_cache_mode(raw) == SSL_SESS_CACHE_OFF);
  CHECK((SSL_CTX_get_mode(raw) & SSL_MODE_RELEASE_BUFFERS) != 0);
}

TEST_CASE("a certificate or key that can't be used is said in words") {
  LiveServer live(test_options());
  Certificate wrong = live.certificate();
  wrong.key_pem = "none";
  CHECK(make_server_context(wrong).error() == "the key can't be used or isn't the certificate's");
  wrong.chain_pem = "none";
  CHECK(make_server_context(wrong).error() == "the certificate can't be used");
}
