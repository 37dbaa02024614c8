#include "client/cli/ui/entrance.h"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

using namespace encuentro;
using namespace encuentro::client::cli::ui;
namespace fs = std::filesystem;

namespace {

unsigned mode_of(const fs::path& path) {
  struct stat found{};
  REQUIRE(lstat(path.c_str(), &found) == 0);
  return found.st_mode & 07777U;
}
std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  return std::string((std::istreambuf_iterator<char>(in)), {});
}

}  // namespace

TEST_CASE("R60: the file that leads to the page is the user's alone, and goes when it is over") {
  fs::path home = fs::temp_directory_path() / ("encuentro-entrance-" + std::to_string(getpid()));
  fs::path file;
  mode_t before = umask(0);
  {
    Entrance entrance(home, 4711);
    file = entrance.file();
    const std::string address = address_of("http://127.0.0.1:4711", "00ff");
    CHECK(address == "http://127.0.0.1:4711/#/enter/00ff");
    REQUIRE(entrance.write(address));
    CHECK(mode_of(file) == 0600);
    CHECK(mode_of(file.parent_path()) == 0700);
    CHECK(mode_of(home) == 0700);
    CHECK(text_of(file).find("content=\"0;url=" + address + "\"") != std::string::npos);
    CHECK(text_of(file).find("script") == std::string::npos);
    REQUIRE(entrance.write(address_of("http://127.0.0.1:4711", "11ee")));
    CHECK(text_of(file).find("00ff") == std::string::npos);
    CHECK(mode_of(file) == 0600);
  }
  umask(before);
  CHECK_FALSE(fs::exists(file));
  fs::remove_all(home);
}

TEST_CASE("what somebody put in the file's place is replaced, not followed") {
  fs::path home = fs::temp_directory_path() / ("encuentro-entrance-link-" + std::to_string(getpid()));
  fs::create_directories(home / "ui");
  fs::path other = home / "other";
  std::ofstream(other) << "mine";
  fs::create_symlink(other, home / "ui" / "4711.html");
  fs::create_symlink(other, home / "ui" / "4711.html.new");
  Entrance entrance(home, 4711);
  REQUIRE(entrance.write("http://127.0.0.1:4711/#/enter/00ff"));
  CHECK(text_of(other) == "mine");
  CHECK_FALSE(fs::is_symlink(entrance.file()));
  fs::remove_all(home);
}

TEST_CASE("a folder that can't be written says so") {
  Entrance entrance("/proc/encuentro-nowhere", 4711);
  auto written = entrance.write("http://127.0.0.1:4711/#/enter/00ff");
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Code::storage_failed);
}
