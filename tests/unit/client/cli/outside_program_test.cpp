#include "client/cli/outside_program.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

using namespace encuentro;
using namespace encuentro::client::cli;

namespace {
std::string text_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}
}  // namespace

TEST_CASE("a program's output and exit status come back; its words are never a shell's") {
  PrivateFolder folder(std::filesystem::temp_directory_path());
  REQUIRE(folder.made());
  auto status = run_program({"echo", "$HOME; exit 3"}, folder / "out", "echo");
  REQUIRE(status.has_value());
  CHECK(*status == 0);
  CHECK(text_of(folder / "out") == "$HOME; exit 3\n");
  CHECK(run_program({"false"}, folder / "out", "false").value() == 1);
}

TEST_CASE("a program that isn't there is named") {
  PrivateFolder folder(std::filesystem::temp_directory_path());
  auto status = run_program({"encuentro-no-such-program"}, folder / "out", "pandoc");
  REQUIRE_FALSE(status.has_value());
  CHECK(status.error().code == Code::not_found);
  CHECK(std::string(status.error().rule) == "pandoc");
}

TEST_CASE("the folder is this user's alone and goes with its scope") {
  std::filesystem::path place;
  {
    PrivateFolder folder(std::filesystem::temp_directory_path());
    place = (folder / "x").parent_path();
    struct stat about{};
    REQUIRE(stat(place.c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    std::ofstream(folder / "x") << "text";
  }
  CHECK_FALSE(std::filesystem::exists(place));
}
