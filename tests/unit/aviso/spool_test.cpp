#include "aviso/spool.h"

#include "tests/unit/aviso/folder.h"

using namespace encuentro;
using namespace encuentro::tests;
namespace fs = std::filesystem;

TEST_CASE("whole files, oldest first; what is being written, folders and links aren't read") {
  Folder folder;
  folder.write("b", "first");
  folder.write("a", "second");
  folder.write(".c", "unfinished");
  fs::create_directory(folder.path / "d");
  fs::create_symlink("/etc/passwd", folder.path / "e");
  const auto now = fs::last_write_time(folder.path / "a");
  fs::last_write_time(folder.path / "b", now - std::chrono::seconds(5));
  auto files = aviso::read_spool(folder.path);
  REQUIRE(files);
  REQUIRE(files->size() == 2);
  CHECK((*files)[0].bytes == to_bytes(as_bytes("first")));
  CHECK((*files)[1].bytes == to_bytes(as_bytes("second")));
  CHECK((*files)[1].written - (*files)[0].written >= seconds(5));
  aviso::take_away((*files)[0]);
  CHECK(aviso::read_spool(folder.path)->size() == 1);
}

TEST_CASE("a file longer than a notice can be is empty; a folder that isn't there is named") {
  Folder folder;
  folder.write("a", std::string(5000, 'x'));
  auto files = aviso::read_spool(folder.path);
  REQUIRE(files);
  CHECK((*files)[0].bytes.empty());
  CHECK(aviso::read_spool(folder.path / "nowhere").error().starts_with("can't read "));
}
