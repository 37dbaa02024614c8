#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tidy/arrows.h"
#include "tests/tidy/exceptions.h"
#include "tests/tidy/layout.h"
#include "tests/tidy/shape.h"
#include "tests/tidy/words.h"

using namespace encuentro::tidy;

namespace {

std::vector<std::string> rules(const Findings& findings) {
  std::vector<std::string> names;
  for (const Finding& finding : findings) names.push_back(finding.rule);
  return names;
}

using Rules = std::vector<std::string>;

Rules includes(std::string path, std::string_view header) {
  return rules(check_arrows({std::move(path), "#include " + std::string(header) + "\n"}));
}

std::string repeated(std::string_view line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

}  // namespace

TEST_CASE("arrows: a folder includes itself and what it is built on") {
  CHECK(includes("protocol/codec/reader.h", "\"protocol/base/error.h\"").empty());
  CHECK(includes("protocol/codec/reader.cpp", "\"protocol/codec/reader.h\"").empty());
  CHECK(includes("server/net/listener.cpp", "\"server/service/service.h\"").empty());
  CHECK(includes("client/core/core.cpp", "\"protocol/mls/member/group.h\"").empty());
  CHECK(includes("tests/unit/server/net/a_test.cpp", "\"client/core/core.h\"").empty());
}

TEST_CASE("arrows: the server and storage know nothing of members and contents") {
  for (const char* folder : {"server/service/a.cpp", "server/net/a.cpp", "storage/a.cpp", "storage/rocksdb/a.cpp"}) {
    CHECK(includes(folder, "\"protocol/mls/member/group.h\"") == Rules{"arrow"});
    CHECK(includes(folder, "\"protocol/content/seal.h\"") == Rules{"arrow"});
    CHECK(includes(folder, "\"client/core/core.h\"") == Rules{"arrow"});
  }
}

TEST_CASE("arrows: nothing points upward and nothing at tests") {
  CHECK(includes("protocol/base/a.h", "\"protocol/codec/reader.h\"") == Rules{"arrow"});
  CHECK(includes("protocol/mls/public/a.h", "\"protocol/mls/member/group.h\"") == Rules{"arrow"});
  CHECK(includes("protocol/api/a.h", "\"protocol/content/seal.h\"") == Rules{"arrow"});
  CHECK(includes("client/core/a.h", "\"client/cli/main.h\"") == Rules{"arrow"});
  CHECK(includes("server/service/a.h", "\"server/net/hub.h\"") == Rules{"arrow"});
  CHECK(includes("client/cli/a.h", "\"tests/sim/network.h\"") == Rules{"arrow"});
  CHECK(includes("fuzz/a.cpp", "\"tests/support/seeded_random.h\"").empty());
  CHECK(includes("fuzz/a.cpp", "\"tests/sim/network.h\"") == Rules{"arrow"});
}

TEST_CASE("arrows: includes are written from the root, with or without blanks") {
  CHECK(includes("protocol/base/a.cpp", "\"a.h\"") == Rules{"root"});
  CHECK(rules(check_arrows({"protocol/base/a.cpp", " # include  \"a.h\"\n"})) == Rules{"root"});
}

TEST_CASE("libraries stay in their folders") {
  CHECK(includes("protocol/crypto/a.cpp", "<sodium.h>").empty());
  CHECK(includes("protocol/crypto/a.cpp", "<openssl/evp.h>").empty());
  CHECK(includes("server/net/a.cpp", "<openssl/ssl.h>").empty());
  CHECK(includes("storage/rocksdb/a.cpp", "<rocksdb/db.h>").empty());
  CHECK(includes("server/service/a.cpp", "<openssl/evp.h>") == Rules{"library"});
  CHECK(includes("client/cli/a.cpp", "<sodium.h>") == Rules{"library"});
  CHECK(includes("storage/memory/a.cpp", "<rocksdb/db.h>") == Rules{"library"});
  CHECK(includes("storage/a.cpp", "<boost/asio.hpp>") == Rules{"library"});
  CHECK(includes("client/core/a.cpp", "<boost/asio.hpp>") == Rules{"library"});
  CHECK(includes("protocol/crypto/sodium/a.cpp", "<sys/mman.h>").empty());
  CHECK(includes("protocol/crypto/a.cpp", "<sys/mman.h>") == Rules{"library"});
  CHECK(includes("bench/a.cpp", "<sodium.h>").empty());
}

TEST_CASE("the core has no threads, files, clocks or libraries") {
  CHECK(includes("protocol/base/a.cpp", "<vector>").empty());
  for (const char* header : {"<thread>", "<fstream>", "<filesystem>", "<iostream>", "<mutex>", "<format>", "<random>",
                             "<unistd.h>", "<sys/stat.h>", "<nlohmann/json.hpp>"}) {
    CHECK(includes("client/views/a.cpp", header) == Rules{"pure"});
    CHECK(includes("client/cli/a.cpp", header).empty());
  }
  CHECK(rules(check_clocks({"protocol/a.cpp", "auto t = std::chrono::system_clock::now();\n"})) == Rules{"pure"});
  CHECK(check_clocks({"server/ops/a.cpp", "auto t = std::chrono::system_clock::now();\n"}).empty());
}

TEST_CASE("shape: files and lines have a limit") {
  CHECK(check_shape({"a/b.cpp", repeated("int x;\n", file_lines_max)}).empty());
  CHECK(rules(check_shape({"a/b.cpp", repeated("int x;\n", file_lines_max + 1)})) == Rules{"file-lines"});
  CHECK(check_shape({"a/b.ts", repeated("x", line_characters_max)}).empty());
  CHECK(check_shape({"a/b.ts", repeated("ñ", line_characters_max)}).empty());
  CHECK(rules(check_shape({"a/b.ts", repeated("x", line_characters_max + 1)})) == Rules{"line-length"});
  CHECK(check_shape({"a/b.md", repeated("x", 1000)}).empty());
}

TEST_CASE("shape: a function has a limit, wherever it stands") {
  std::string body = repeated("  work();\n", function_lines_max - 1);
  CHECK(check_shape({"a.cpp", "void f() {\n" + body + "}\n"}).size() == 1);
  CHECK(rules(check_shape({"a.cpp", "namespace a {\nclass B {\n int f(int x = 3) const noexcept {\n" + body +
                                        "}\n};\n}\n"})) == Rules{"function-lines"});
  CHECK(rules(check_shape({"a.cpp", "TEST_CASE(\"a {\") {\n" + body + "}\n"})) == Rules{"function-lines"});
  std::string fitting = repeated("  work();\n", function_lines_max - 2);
  CHECK(check_shape({"a.cpp", "void f() {\n" + fitting + "}\nvoid g() {\n" + fitting + "}\n"}).empty());
}

TEST_CASE("shape: braces in comments, literals and directives are no braces") {
  std::string text =
      "// {\n/* { */\n#define OPEN {\nconst char* a = \"{\";\nchar b = '{';\nint c = 1'000;\n"
      "const char* d = R\"x({ \" { )\" )x\";\nstruct S { int y = 0; };\nint t[] = {1, 2};\n"
      "auto l = [](int x) { return x; };\nbool operator==(S a, S b) {\n  return true;\n}\n";
  std::vector<Function> functions = functions_of(text);
  REQUIRE(functions.size() == 1);
  CHECK(functions[0].head == "bool operator==(S a, S b)");
  CHECK(functions[0].line == 11);
  CHECK(functions[0].lines == 3);
}

TEST_CASE("names say something") {
  CHECK(check_name({"protocol/base/bytes.h", ""}).empty());
  for (const char* path : {"protocol/base/common.h", "a/string_utils.cpp", "web/src/helpers.ts", "client/internal/a.h",
                           "protocol/types.h", "a/misc.sh"}) {
    CHECK(rules(check_name({path, ""})) == Rules{"name"});
  }
}

TEST_CASE("a unit has a test") {
  Files files = {
      {"protocol/base/bytes.cpp", ""}, {"protocol/base/bytes.h", ""}, {"server/main.cpp", ""}, {"bench/a.cpp", ""}};
  CHECK(rules(check_tests_mirror(files)) == Rules{"no-test"});
  Files mirrored = files;
  mirrored.push_back({"tests/unit/protocol/base/bytes_test.cpp", ""});
  CHECK(check_tests_mirror(mirrored).empty());
  Files suite = files;
  suite.push_back({"tests/unit/protocol/base/all_test.cpp", "#include \"protocol/base/bytes.h\"\n"});
  CHECK(check_tests_mirror(suite).empty());
  Files elsewhere = files;
  elsewhere.push_back({"tests/unit/protocol/codec/all_test.cpp", "#include \"protocol/base/bytes.h\"\n"});
  CHECK(rules(check_tests_mirror(elsewhere)) == Rules{"no-test"});
}

TEST_CASE("a part of a unit is tested with it") {
  Files files = {
      {"a/group.h", ""}, {"protocol/b/group.h", ""}, {"protocol/b/group_join.cpp", "#include \"protocol/c/d.h\"\n"}};
  CHECK(rules(check_tests_mirror(files)) == Rules{"no-test"});
  files.push_back({"tests/unit/protocol/b/group_test.cpp", ""});
  CHECK(check_tests_mirror(files).empty());
  files.push_back({"protocol/b/other.cpp", "#include \"protocol/b/group.h\"\n#include \"protocol/c/d.h\"\n"});
  CHECK(check_tests_mirror(files).empty());
  files.push_back({"protocol/b/other.h", ""});
  CHECK(rules(check_tests_mirror(files)) == Rules{"no-test"});
}

TEST_CASE("a unit may be named by the test that reaches it") {
  Files files = {{"protocol/mls/member/group_join.cpp", ""}, {"client/cli/verbs/board.cpp", ""}};
  files.push_back({"docs/x.md", "// Tests: protocol/mls/member/group_join.cpp\n"});
  CHECK(check_tests_mirror(files).size() == 2);
  files.push_back({"tests/a_test.cpp", "// About.\n// Tests: protocol/mls/member/group_ client/cli/verbs/board.cpp\n"});
  CHECK(check_tests_mirror(files).empty());
}

TEST_CASE("a source is in the build") {
  Files files = {
      {"CMakeLists.txt", "add_subdirectory(a)\n# add_subdirectory(b)\n"},
      {"a/CMakeLists.txt", "add_library(x one.cpp ${PROJECT_SOURCE_DIR}/c/two.cpp ../d/three.cpp # four.cpp\n)"},
      {"b/CMakeLists.txt", "add_library(y five.cpp)"}};
  Files built = files;
  for (const char* path : {"a/one.cpp", "c/two.cpp", "d/three.cpp"}) built.push_back({path, ""});
  CHECK(check_built(built).empty());
  for (const char* path : {"a/four.cpp", "b/five.cpp", "a/two.cpp"}) {
    Files missing = files;
    missing.push_back({path, ""});
    CHECK(rules(check_built(missing)) == Rules{"not-built"});
  }
}

TEST_CASE("words without a place here") {
  std::string path = std::string("/wo") + "rk/main";
  CHECK(rules(check_words({"README.md", "see " + path})) == Rules{"word"});
  std::string unfinished = std::string("// TO") + "DO later";
  CHECK(rules(check_words({"a.cpp", unfinished})) == Rules{"word"});
  CHECK(check_words({"a.cpp", "bool MASTODON = true; // todo el mundo"}).empty());
  CHECK(check_words({"es.md", unfinished}).empty());
}

TEST_CASE("exceptions only shrink") {
  Findings findings = {{"a.cpp", 3, "arrow", ""}, {"b.cpp", 0, "no-test", ""}};
  CHECK(without_exceptions(findings, "").size() == 2);
  CHECK(rules(without_exceptions(findings, "# why\narrow a.cpp\n")) == Rules{"no-test"});
  CHECK(rules(without_exceptions(findings, "arrow a.cpp\nno-test b.cpp\nname c.h\n")) == Rules{"exception"});
}
