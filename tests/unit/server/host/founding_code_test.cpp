#include "server/host/founding_code.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"
#include "tests/unit/server/host/temporary_folder.h"

using namespace encuentro;
using namespace encuentro::server::host;

TEST_CASE("the founding code is made once, its owner's alone, and forgotten") {
  tests::TemporaryFolder folder;
  tests::SeededRandom random(6);
  auto code = founding_code(folder.path(), random);
  REQUIRE(code.has_value());
  CHECK(code->size() == 22);
  CHECK(founding_code(folder.path(), random) == *code);
  struct stat status{};
  REQUIRE(stat((folder.path() / "founding-code").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  forget_founding_code(folder.path());
  CHECK_FALSE(std::filesystem::exists(folder.path() / "founding-code"));
  CHECK(founding_code(folder.path(), random) != *code);
  CHECK_FALSE(founding_code(folder.path() / "absent", random).has_value());
}
