#include "client/cli/ui/answers.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client::cli::ui;

namespace {

struct Served {
  tests::SeededRandom random{5};
  Gate gate{random, 4711};
  PageFiles files;

  Served() {
    files.add("index.html", to_bytes(as_bytes("<html><head></head></html>")));
    files.add("assets/a.js", to_bytes(as_bytes("1;")));
    REQUIRE(files.finish());
  }
  static Asked asked(std::string target) {
    Asked asked;
    asked.method = "GET";
    asked.target = std::move(target);
    asked.host = "127.0.0.1:4711";
    return asked;
  }
  static Asked socket() {
    Asked asking = asked(std::string(socket_path));
    asking.origin = "http://127.0.0.1:4711";
    asking.upgrade = true;
    asking.subprotocol = socket_subprotocol;
    return asking;
  }
  int status(const Asked& asked) const { return answer(asked, gate, files).status; }
};

// The names and texts of server/net/response.cpp's fixed fields, literals joined.
Fields servers_fields() {
  std::ifstream in(PROJECT_SOURCE_DIR "/server/net/response.cpp");
  const std::string source((std::istreambuf_iterator<char>(in)), {});
  const std::string begin = "add(fixed_fields_, ";
  Fields fields;
  for (std::size_t at = source.find(begin); at != std::string::npos; at = source.find(begin, at + 1)) {
    const std::string statement = source.substr(at, source.find(");\n", at) - at);
    std::vector<std::string> literals;
    for (std::size_t open = statement.find('"'); open != std::string::npos;) {
      std::size_t close = statement.find('"', open + 1);
      literals.push_back(statement.substr(open + 1, close - open - 1));
      open = statement.find('"', close + 1);
    }
    REQUIRE(literals.size() >= 2);
    std::string text;
    for (std::size_t i = 1; i < literals.size(); ++i) text += literals[i];
    fields.emplace_back(literals[0], text);
  }
  return fields;
}

}  // namespace

TEST_CASE("a file of the page, by its exact path") {
  Served served;
  Answer page = answer(Served::asked("/"), served.gate, served.files);
  CHECK(page.status == 200);
  CHECK(page.body.find("encuentro-carrier") != std::string::npos);
  CHECK(page.fields.front().second == "text/html; charset=utf-8");
  CHECK(served.status(Served::asked("/assets/a.js?x=1")) == 200);
  for (const char* path : {"/assets", "/assets/", "/assets/../assets/a.js", "//assets/a.js", "/assets/%61.js",
                           "/../index.html", "/etc/passwd", "", "*", "http://127.0.0.1:4711/"}) {
    CHECK(served.status(Served::asked(path)) == 404);
  }
  Asked head = Served::asked("/assets/a.js");
  head.method = "HEAD";
  CHECK(answer(head, served.gate, served.files).head_only);
  head.method = "POST";
  CHECK(served.status(head) == 405);
}

TEST_CASE("R60: another Host gets nothing (DNS rebinding), another Origin neither") {
  Served served;
  for (Asked asked : {Served::asked("/"), Served::socket()}) {
    asked.host = "evil.example:4711";
    CHECK(served.status(asked) == 421);
    asked.host.reset();
    CHECK(served.status(asked) == 421);
    asked.host = "localhost:4711";
    CHECK(served.status(asked) == 421);
    asked.host = "127.0.0.1:4711";
    asked.origin = "https://evil.example";
    CHECK(served.status(asked) == 403);
    asked.origin = "null";
    CHECK(served.status(asked) == 403);
    asked.repeated = true;
    CHECK(served.status(asked) == 400);
  }
}

TEST_CASE("the socket is for our own page, as WebSocket, in its subprotocol") {
  Served served;
  CHECK(answer(Served::socket(), served.gate, served.files).socket);
  Asked nobody = Served::socket();
  nobody.origin.reset();
  CHECK(served.status(nobody) == 403);
  Asked plain = Served::socket();
  plain.upgrade = false;
  CHECK(served.status(plain) == 426);
  Asked other = Served::socket();
  other.subprotocol = "encuentro.v1";
  CHECK(served.status(other) == 426);
}

TEST_CASE("the headers are the server's, but for the address that the page may connect to") {
  Served served;
  Fields ours = strict_fields(served.gate);
  const std::string own = "'self' ws://127.0.0.1:4711";
  std::string& policy = ours.front().second;
  std::size_t at = policy.find(own);
  REQUIRE(at != std::string::npos);
  policy.erase(at, own.size());
  CHECK(ours == servers_fields());
}
