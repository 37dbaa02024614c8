#include "server/ops/log.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

using namespace encuentro;
using namespace encuentro::server::ops;
namespace fs = std::filesystem;

namespace {

struct LogFile {
  LogFile() : path(fs::temp_directory_path() / ("encuentro-log-" + std::to_string(::getpid()))) { fs::remove(path); }
  ~LogFile() { fs::remove(path); }
  std::string text() const {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  fs::path path;
};

}  // namespace

TEST_CASE("R82 a line is an event, a minute and figures") {
  const LogFile file;
  auto log = Log::open(Level::info, file.path);
  REQUIRE(log);
  (*log)->write(Level::warning, "refused_frame", {{"session", 7}, {"bytes", 12}});
  const std::regex line(
      R"(\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\dZ","level":"warning","event":"refused_frame","session":7,"bytes":12\}\n)");
  CHECK(std::regex_match(file.text(), line));
}

TEST_CASE("an error is logged by its numbers") {
  const LogFile file;
  auto log = Log::open(Level::debug, file.path);
  REQUIRE(log);
  (*log)->Log::write(Level::error, "store", Error{Code::storage_full, "", 3, 4});
  CHECK(file.text().find(R"("event":"store","code":602,"expected":3,"got":4})") != std::string::npos);
}

TEST_CASE("what is below the level isn't written") {
  const LogFile file;
  auto log = Log::open(Level::warning, file.path);
  REQUIRE(log);
  (*log)->write(Level::info, "quiet");
  CHECK(file.text().empty());
}

TEST_CASE("after a rotation the log goes on in a new file") {
  const LogFile file;
  auto log = Log::open(Level::info, file.path);
  REQUIRE(log);
  (*log)->write(Level::info, "before");
  fs::remove(file.path);
  (*log)->reopen();
  (*log)->write(Level::info, "after");
  CHECK(file.text().find("after") != std::string::npos);
  CHECK(file.text().find("before") == std::string::npos);
}

TEST_CASE("refusals of the log are said in words") {
  CHECK(Log::open(Level::info, "/nowhere/log").error() == "can't write the log file /nowhere/log");
  CHECK(level_named("error") == Level::error);
  CHECK(level_named("ERROR").error() == "'ERROR' is not debug, info, warning or error");
}
