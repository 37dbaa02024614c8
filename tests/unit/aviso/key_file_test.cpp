#include "aviso/key_file.h"

#include "tests/support/seeded_random.h"
#include "tests/unit/aviso/folder.h"

using namespace encuentro;
using namespace encuentro::tests;
namespace fs = std::filesystem;

TEST_CASE("the key is made once, its owner's alone, and read back") {
  Folder folder;
  SeededRandom random(1);
  auto made = aviso::load_or_make_key(folder.path / "state", random);
  REQUIRE(made);
  CHECK(fs::status(folder.path / "state" / "key").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  auto again = aviso::load_or_make_key(folder.path / "state", random);
  auto read = aviso::load_key(folder.path / "state");
  REQUIRE(again);
  REQUIRE(read);
  CHECK(equal(again->public_key.view(), made->public_key.view()));
  CHECK(equal(read->public_key.view(), made->public_key.view()));
  CHECK(equal(read->private_key.view(), made->private_key.view()));
}

TEST_CASE("a key that isn't there, isn't one, or that others may read") {
  Folder folder;
  CHECK(aviso::load_key(folder.path).error().find("`encuentro-aviso key` makes one") != std::string::npos);
  folder.write("key", "short\n");
  fs::permissions(folder.path / "key", fs::perms::owner_read | fs::perms::owner_write);
  CHECK(aviso::load_key(folder.path).error().ends_with("holds no key"));
  folder.write("key", std::string(43, '!') + "\n");
  CHECK(aviso::load_key(folder.path).error().ends_with("holds no key"));
  folder.write("key", std::string(43, 'A') + "\n");
  CHECK(aviso::load_key(folder.path));
  fs::permissions(folder.path / "key", fs::perms::group_read, fs::perm_options::add);
  CHECK(aviso::load_key(folder.path).error().ends_with("may be read by others: chmod 600"));
  SeededRandom random(2);
  CHECK(aviso::load_or_make_key(folder.path / "key" / "below", random).error().starts_with("can't make "));
}
