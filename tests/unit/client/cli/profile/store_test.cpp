#include "client/cli/profile/store.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

using namespace encuentro;
using namespace encuentro::client::cli::profile;

namespace {

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("encuentro-store-" + std::to_string(getpid()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
};

Bytes b(std::string_view text) { return to_bytes(as_bytes(text)); }

}  // namespace

TEST_CASE("what was committed is there after reopening, what was erased is gone") {
  Folder folder;
  {
    auto store = Store::open(folder.path / "store");
    REQUIRE(store);
    REQUIRE(store->commit({{b("a/1"), b("one")}, {b("a/2"), b("two")}, {b("b"), Bytes{}}}));
    REQUIRE(store->commit({{b("a/1"), std::nullopt}, {b("a/2"), b("TWO")}}));
  }
  auto store = Store::open(folder.path / "store");
  REQUIRE(store);
  CHECK_FALSE(store->get(b("a/1"))->has_value());
  CHECK(**store->get(b("a/2")) == b("TWO"));
  CHECK((*store->get(b("b")))->empty());
  std::vector<Bytes> seen;
  REQUIRE(store->scan(b("a/"), [&](BytesView key, BytesView) {
    seen.push_back(to_bytes(key));
    return true;
  }));
  CHECK(seen == std::vector<Bytes>{b("a/2")});
}

TEST_CASE("the file can be read by its owner only") {
  Folder folder;
  auto store = Store::open(folder.path / "store");
  REQUIRE(store);
  struct stat info{};
  REQUIRE(stat((folder.path / "store").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("a killed process leaves each transaction whole or absent") {
  Folder folder;
  pid_t child = fork();
  if (child == 0) {
    auto store = Store::open(folder.path / "store");
    for (int i = 0; i < 1000000; ++i) {
      Bytes value = b(std::to_string(i));
      if (!store->commit({{b("x"), value}, {b("y"), value}})) _exit(1);
    }
    _exit(0);
  }
  // The condition waited for: some transactions have happened.
  for (;;) {
    auto store = Store::open(folder.path / "store");
    if (store && store->get(b("x")) && store->get(b("x"))->has_value()) break;
  }
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  auto store = Store::open(folder.path / "store");
  REQUIRE(store);
  auto x = store->get(b("x")), y = store->get(b("y"));
  REQUIRE(x);
  REQUIRE(x->has_value());
  CHECK(*x == *y);
}
