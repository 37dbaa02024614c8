#include "client/cli/net/pinned_tls.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/unit/client/cli/net/issued_certificate.h"
#include "tests/unit/server/net/live_server.h"

using namespace encuentro;
using client::cli::net::ConnectFailure;
using client::cli::net::Connection;
using client::cli::net::issue_certificate;
using client::cli::net::Issued;
using server::net::LiveServer;
using server::net::test_options;

namespace {

// What a client with a pin for the right server says to one that shows another certificate.
ConnectFailure meet(const Issued& shown) {
  LiveServer live(test_options());
  const server::net::Certificate certificate{shown.chain_pem, shown.key_pem, {}};
  REQUIRE(live.server().use_certificate(certificate));
  live.on_network([] {});
  auto refused = Connection::open({"127.0.0.1", live.port(), live.certificate().spki}, seconds(5));
  REQUIRE_FALSE(refused);
  return std::move(refused.error());
}

}  // namespace

TEST_CASE("a certificate that names an inspecting proxy is an inspected connection") {
  const ConnectFailure failure = meet(issue_certificate("Zscaler Intermediate Root CA"));
  CHECK(failure.error.code == Code::inspected_connection);
  CHECK(failure.issuer == "/CN=Zscaler Intermediate Root CA");
}

TEST_CASE("a certificate from an authority this machine trusts is an inspected connection") {
  const Issued issued = issue_certificate("Ministry Network CA");
  CHECK(meet(issued).error.code == Code::wrong_server_key);
  const auto file = std::filesystem::temp_directory_path() / ("encuentro-ca-" + std::to_string(::getpid()) + ".pem");
  std::ofstream(file) << issued.authority_pem;
  ::setenv("SSL_CERT_FILE", file.c_str(), 1);
  const ConnectFailure failure = meet(issued);
  ::unsetenv("SSL_CERT_FILE");
  std::filesystem::remove(file);
  CHECK(failure.error.code == Code::inspected_connection);
}

TEST_CASE("what an issuer's name holds is printable") {
  CHECK(meet(issue_certificate("a\nb\x1b[31m")).issuer.find_first_of("\n\x1b") == std::string::npos);
}
