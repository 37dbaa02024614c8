#include "client/cli/ui/page_files.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using namespace encuentro;
using client::cli::ui::PageFiles;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("encuentro-page-" + std::to_string(getpid()));
  Folder() { fs::create_directories(path / "assets"); }
  ~Folder() { fs::remove_all(path); }
  void put(const char* name, std::string_view text) const { std::ofstream(path / name, std::ios::binary) << text; }
};

}  // namespace

TEST_CASE("a folder's files, the page marked as the command's; links, hidden files and other kinds left out") {
  Folder folder;
  folder.put("index.html", "<!doctype html><html><head><title>x</title></head></html>");
  folder.put("assets/core.wasm", "w");
  folder.put("assets/a.js", "1;");
  folder.put("assets/a.js.br", "br");
  folder.put(".hidden.js", "2;");
  fs::create_symlink("/etc/hostname", folder.path / "link.txt");
  auto files = PageFiles::from(folder.path);
  REQUIRE(files);
  CHECK(files->count() == 2);
  const auto* page = files->find("/");
  REQUIRE(page != nullptr);
  CHECK(page == files->find("/index.html"));
  CHECK(as_text(page->bytes) ==
        "<!doctype html><html><head><meta name=\"encuentro-carrier\" content=\"command\" />"
        "<title>x</title></head></html>");
  REQUIRE(files->find("/assets/a.js") != nullptr);
  CHECK(files->find("/assets/a.js")->media_type == "text/javascript; charset=utf-8");
  CHECK(files->find("/link.txt") == nullptr);
  CHECK(files->find("/assets/core.wasm") == nullptr);
  CHECK(files->find("assets/a.js") == nullptr);
}

TEST_CASE("without a page, or with one that has no head, it is said") {
  Folder folder;
  CHECK(PageFiles::from(folder.path).error().code == Code::not_found);
  CHECK(PageFiles::from(folder.path / "nowhere").error().code == Code::not_found);
  folder.put("index.html", "no page");
  CHECK(PageFiles::from(folder.path).error().code == Code::malformed);
}

TEST_CASE("what was built in is a whole page, or it is said that there is none") {
  auto files = PageFiles::built_in();
  if (files) {
    const auto* page = files->find("/");
    REQUIRE(page != nullptr);
    CHECK(as_text(page->bytes).find("encuentro-carrier") != std::string_view::npos);
    CHECK(files->count() > 1);
  } else {
    CHECK(files.error().code == Code::not_found);
  }
}
