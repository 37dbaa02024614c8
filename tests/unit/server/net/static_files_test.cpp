#include "server/net/static_files.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

using namespace encuentro;
using namespace encuentro::server::net;
namespace fs = std::filesystem;

namespace {

struct Site {
  Site() : root(fs::temp_directory_path() / ("encuentro-site-" + std::to_string(::getpid()))) {
    fs::remove_all(root);
    fs::create_directories(root / "assets/.hidden");
    write("index.html", "<!doctype html>");
    write("assets/core.wasm", "wasm");
    write("assets/app.mjs", "export {}");
    write("assets/app.mjs.br", "brotli");
    write("assets/.hidden/a.js", "secret");
    write(".env.json", "secret");
    write("key.pem", "secret");
    fs::create_symlink("/etc/hostname", root / "link.txt");
  }
  ~Site() { fs::remove_all(root); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(root / name) << text; }
  fs::path root;
};

Response ask(const StaticFiles& files, const std::string& target, const std::string& method = "GET",
             const std::string& known = "") {
  RequestHead head;
  head.method = method;
  head.target = target;
  if (!known.empty()) head.fields.push_back({"if-none-match", known});
  return files.answer(head);
}

std::string field(const Response& response, const std::string& name) {
  for (const auto& [key, value] : response.fields) {
    if (key == name) return value;
  }
  return "";
}

}  // namespace

TEST_CASE("files with their media types") {
  const Site site;
  const auto files = StaticFiles::load(site.root);
  REQUIRE(files);
  CHECK(files->file_count() == 3);
  const Response index = ask(*files, "/");
  CHECK(index.status == 200);
  CHECK(as_text(*index.body) == "<!doctype html>");
  CHECK(field(index, "Content-Type") == "text/html; charset=utf-8");
  CHECK(field(ask(*files, "/assets/core.wasm"), "Content-Type") == "application/wasm");
  // What carries its hash in its name is kept for good; the page that names it is asked for every time.
  CHECK(field(ask(*files, "/assets/core.wasm"), "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(field(index, "Cache-Control") == "no-cache");
  CHECK(field(ask(*files, "/assets/app.mjs?v=1"), "Content-Type") == "text/javascript; charset=utf-8");
  CHECK(ask(*files, "/index.html", "HEAD").head_only);
  CHECK(ask(*files, "/index.html", "POST").status == 405);
}

TEST_CASE("a file that lies there compressed too") {
  const Site site;
  const auto files = StaticFiles::load(site.root);
  REQUIRE(files);
  RequestHead head{.method = "GET", .target = "/assets/app.mjs", .fields = {{"accept-encoding", "gzip, deflate, br"}}};
  const Response compressed = files->answer(head);
  CHECK(as_text(*compressed.body) == "brotli");
  CHECK(field(compressed, "Content-Encoding") == "br");
  CHECK(field(compressed, "Vary") == "Accept-Encoding");
  CHECK(field(compressed, "Content-Type") == "text/javascript; charset=utf-8");
  const Response plain = ask(*files, "/assets/app.mjs");
  CHECK(as_text(*plain.body) == "export {}");
  CHECK(field(plain, "Content-Encoding") == "");
  head.target = "/index.html";
  CHECK(field(files->answer(head), "Content-Encoding") == "");
  head.target = "/assets/app.mjs.br";
  CHECK(files->answer(head).status == 404);
}

TEST_CASE("a copy that is still right isn't sent again") {
  const Site site;
  const auto files = StaticFiles::load(site.root);
  REQUIRE(files);
  const std::string etag = field(ask(*files, "/"), "ETag");
  CHECK(ask(*files, "/", "GET", etag).status == 304);
  CHECK(ask(*files, "/", "GET", "\"other\"").status == 200);
}

TEST_CASE("nothing but what was found at the start") {
  const Site site;
  const auto files = StaticFiles::load(site.root);
  REQUIRE(files);
  for (const char* target :
       {"/key.pem", "/.env.json", "/assets/.hidden/a.js", "/link.txt", "/../etc/passwd", "/assets/../index.html",
        "//index.html", "/%2e%2e/index.html", "/assets", "/assets/", "", "index.html", "/index.html/"}) {
    INFO(target);
    CHECK(ask(*files, target).status == 404);
  }
  CHECK(StaticFiles().answer({.method = "GET", .target = "/", .fields = {}}).status == 404);
}

TEST_CASE("a directory that isn't there") {
  CHECK(StaticFiles::load("/nowhere/at/all").error().starts_with("can't read the directory /nowhere/at/all: "));
}
