#include "server/ops/config.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using namespace encuentro;
using namespace encuentro::server::ops;

namespace {

std::string refusal(std::string_view text) {
  const auto config = parse_config(text);
  REQUIRE_FALSE(config);
  return config.error();
}

}  // namespace

TEST_CASE("a whole file") {
  const auto config = parse_config(
      "# the network's server\n"
      "data = /var/lib/encuentro\n"
      "\n"
      "listen=[::1]:443\r\n"
      "  origins = https://meet.example.org, https://10.0.0.1:8443 \n"
      "names = meet.example.org, 10.0.0.1\n"
      "metrics = 127.0.0.1:9100\n"
      "log-level = warning\n"
      "country-bytes = 1000000\n"
      "member-bytes = 500000\n"
      "sweep-seconds = 60\n"
      "ping-seconds = 10\n"
      "silent-seconds = 20");
  REQUIRE(config);
  CHECK(config->data == "/var/lib/encuentro");
  CHECK(config->network.listen_host == "::1");
  CHECK(config->network.listen_port == 443);
  CHECK(config->network.origins == std::vector<std::string>{"https://meet.example.org", "https://10.0.0.1:8443"});
  CHECK(config->names == std::vector<std::string>{"meet.example.org", "10.0.0.1"});
  CHECK(config->metrics == "127.0.0.1:9100");
  CHECK(config->log_level == Level::warning);
  CHECK(config->allowances.country_bytes == 1000000);
  CHECK(config->allowances.member_bytes == 500000);
  CHECK(config->sweep_interval == seconds(60));
  CHECK(config->network.deadlines.ping_after == seconds(10));
  CHECK(config->check());
}

TEST_CASE("errors name the line, the key and what is allowed") {
  CHECK(refusal("data = a\nlisten: b") == "line 2: not of the form key = value");
  CHECK(refusal("dta = a").starts_with("line 1: there is no setting 'dta' (known: data, listen, "));
  CHECK(refusal("data = a\n\ndata = b") == "line 3: data stands here for the second time");
  CHECK(refusal("data =") == "line 1: data = : is empty");
  CHECK(refusal("listen = 8443") == "line 1: listen = 8443: '8443' is not HOST:PORT or [IPv6]:PORT");
  CHECK(refusal("ping-seconds = 0") == "line 1: ping-seconds = 0: is not a whole number from 1 to 86400");
  CHECK(refusal("ping-seconds = 5s") == "line 1: ping-seconds = 5s: is not a whole number from 1 to 86400");
  CHECK(refusal("country-bytes = 20G").find("is not a whole number from 1 to") != std::string::npos);
  CHECK(refusal("sweep-seconds = 0").find("is not a whole number from 1 to 86400") != std::string::npos);
  CHECK(refusal("log-level = loud") == "line 1: log-level = loud: 'loud' is not debug, info, warning or error");
}

TEST_CASE("R64 origins are written as browsers write them") {
  for (const char* origin : {"http://a.org", "https://A.org", "https://a.org/", "https://a.org:443", "https://", "null",
                             "*", "a.org", "https://u@a.org", "https://a.org, *"}) {
    INFO(origin);
    CHECK(refusal("origins = " + std::string(origin)).find("is not an origin") != std::string::npos);
  }
}

TEST_CASE("what is judged together") {
  Config config;
  CHECK(config.check().error().starts_with("data is missing"));
  config.data = "d";
  CHECK(config.check());
  config.certificate = "c.pem";
  CHECK(config.check().error().starts_with("cert and key belong together"));
  config.key = "k.pem";
  CHECK(config.check());
  config.allowances.member_bytes = config.allowances.country_bytes + 1;
  CHECK(config.check().error().starts_with("member-bytes must not be more than country-bytes"));
  config.allowances.member_bytes = config.allowances.country_bytes;
  config.network.deadlines.ping_after = config.network.deadlines.silent;
  CHECK(config.check().error().starts_with("ping-seconds must be less"));
}

TEST_CASE("addresses") {
  CHECK(parse_address("localhost:0")->port == 0);
  CHECK(parse_address("[::1]:65535")->host == "::1");
  for (const char* text : {"", ":", "a", ":1", "a:", "a:65536", "a:-1", "::1:80", "[]:1", "[::1]"}) {
    INFO(text);
    CHECK_FALSE(parse_address(text));
  }
}

TEST_CASE("docs/OPERATING.md tells of every key, in this order, and of no other") {
  std::ifstream page(OPERATING_MD);
  REQUIRE(page);
  std::vector<std::string> told;
  bool in_table = false;
  for (std::string line; std::getline(page, line);) {
    in_table = line.starts_with("| key |") || (in_table && line.starts_with("|"));
    if (!in_table || !line.starts_with("| `")) continue;
    // The first column: `one`, `two`.
    const std::string column = line.substr(1, line.find('|', 1) - 1);
    for (std::size_t open = column.find('`'); open != std::string::npos;) {
      const std::size_t close = column.find('`', open + 1);
      told.push_back(column.substr(open + 1, close - open - 1));
      open = column.find('`', close + 1);
    }
  }
  const auto known = config_keys();
  CHECK(told == std::vector<std::string>(known.begin(), known.end()));
}

TEST_CASE("the file and the line are named") {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("enc-config-" + std::to_string(::getpid()))).string();
  std::ofstream(path) << "data = d\n# a comment\nmessages-burst = many\n";
  const auto config = load_config(path);
  std::filesystem::remove(path);
  REQUIRE_FALSE(config);
  CHECK(config.error() == path + ", line 3: messages-burst = many: is not a whole number from 1 to 1000000");
}

TEST_CASE("a file that isn't there") {
  CHECK(load_config("/nowhere/encuentro.conf").error() == "can't read /nowhere/encuentro.conf");
}
