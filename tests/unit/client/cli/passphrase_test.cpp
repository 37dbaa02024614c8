#include "client/cli/passphrase.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <unistd.h>

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {

struct TemporaryFile {
  std::string path =
      (std::filesystem::temp_directory_path() / ("encuentro-passphrase-" + std::to_string(getpid()))).string();
  explicit TemporaryFile(const std::string& content) { std::ofstream(path) << content; }
  ~TemporaryFile() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("the passphrase is the file's first line") {
  TemporaryFile file("una frase larga\r\notra\n");
  auto phrase = passphrase_from_file(file.path);
  REQUIRE(phrase);
  CHECK(as_text(phrase->view()) == "una frase larga");
}

TEST_CASE("R78 a passphrase over the limit is refused before any work") {
  TemporaryFile file(std::string(2000, 'x'));
  CHECK(passphrase_from_file(file.path).error().code == Code::too_large);
}

TEST_CASE("a missing passphrase file is said") {
  CHECK(passphrase_from_file("/nonexistent/file").error().code == Code::no_profile);
}
