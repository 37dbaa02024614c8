// A certificate is renewed while the server runs, under the key that clients pin; one with another key isn't taken.
// Tests: server/host/run_server.cpp
#include <chrono>
#include <fstream>
#include <thread>

#include "tests/unit/client/cli/net/issued_certificate.h"
#include "tests/unit/server/host/process.h"
#include "tests/unit/server/host/temporary_folder.h"
#include "tests/unit/server/net/raw_client.h"

using namespace encuentro;
using namespace encuentro::tests;
using client::cli::net::issue_certificate;
using client::cli::net::Issued;
using server::net::RawClient;

namespace {

class Files {
 public:
  void write(const Issued& issued) const {
    std::ofstream(folder_.path() / "chain.pem") << issued.chain_pem;
    std::ofstream(folder_.path() / "key.pem") << issued.key_pem;
  }
  std::vector<std::string> arguments() const {
    const auto at = [this](const char* name) { return (folder_.path() / name).string(); };
    std::ofstream(at("conf")) << "log-file = " << at("log") << "\n";
    return {"--config",    at("conf"), "--data",        at("data"), "--listen",
            "127.0.0.1:0", "--cert",   at("chain.pem"), "--key",    at("key.pem")};
  }
  // How often the log says so; waits (ten seconds) until it is more than `before`.
  std::size_t wait_for(const std::string& event, std::size_t before) const {
    for (int tries = 0; tries < 1000; ++tries) {
      std::ifstream log(folder_.path() / "log");
      std::size_t count = 0;
      for (std::string line; std::getline(log, line);) count += line.find(event) != std::string::npos ? 1 : 0;
      if (count > before) return count;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    FAIL("the log doesn't say " << event);
    return 0;
  }

 private:
  TemporaryFolder folder_;
};

Bytes presented(std::uint16_t port) {
  RawClient client(port);
  REQUIRE(client.tls());
  return client.certificate();
}

}  // namespace

TEST_CASE("SIGHUP loads a renewed certificate; one with another key or none at all leaves the old one") {
  const Files files;
  const Issued first = issue_certificate("An authority");
  files.write(first);
  Process server(files.arguments());
  const std::string ready = server.line();
  const auto colon = ready.rfind(':', ready.find(" spki="));
  const auto port = static_cast<std::uint16_t>(std::stoi(ready.substr(colon + 1)));
  const Bytes before = presented(port);
  RawClient standing(port);
  REQUIRE(standing.tls());

  files.write(issue_certificate("Another authority", first.key_pem));
  server.signal(SIGHUP);
  const std::size_t reloaded = files.wait_for("certificate_reloaded", 0);
  const Bytes renewed = presented(port);
  CHECK(renewed != before);
  // Who was connected goes on.
  standing.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(standing.read_until("ok\n").starts_with("HTTP/1.1 200"));

  files.write(issue_certificate("Another authority"));
  server.signal(SIGHUP);
  files.wait_for("certificate_has_another_key", 0);
  CHECK(presented(port) == renewed);

  files.write({"", "not a certificate", first.key_pem});
  server.signal(SIGHUP);
  files.wait_for("certificate_not_reloaded", 0);
  CHECK(presented(port) == renewed);

  files.write(issue_certificate("A third", first.key_pem));
  server.signal(SIGHUP);
  files.wait_for("certificate_reloaded", reloaded);
  CHECK(presented(port) != renewed);
  server.signal(SIGTERM);
  CHECK(server.wait().status == 0);
}
