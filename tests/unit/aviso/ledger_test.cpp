#include "aviso/ledger.h"

#include <iterator>

#include "tests/unit/aviso/folder.h"

using namespace encuentro;
using namespace encuentro::tests;
using aviso::Ledger;
using aviso::Standing;

namespace {

const Bytes secret(32, 4);
constexpr Timestamp now{1'790'000'000'000};

std::string text_of(const Folder& folder) {
  std::ifstream in(folder.path / "ledger", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_CASE("what is noted is there after a restart") {
  Folder folder;
  const Standing standing{now, 3, now + seconds(30)};
  {
    auto ledger = Ledger::open(folder.path, secret);
    REQUIRE(ledger);
    CHECK(ledger->of("ana@ejemplo.org") == Standing{});
    REQUIRE(ledger->put("ana@ejemplo.org", standing, now));
    REQUIRE(ledger->put("eva@ejemplo.org", {now, 0, {}}, now));
  }
  auto again = Ledger::open(folder.path, secret);
  REQUIRE(again);
  CHECK(again->of("ana@ejemplo.org") == standing);
  CHECK(again->of("eva@ejemplo.org") == Standing{now, 0, {}});
  CHECK(again->of("ANA@ejemplo.org") == Standing{});
}

TEST_CASE("no address is in the file, and without the key nobody can try one") {
  Folder folder;
  auto ledger = Ledger::open(folder.path, secret);
  REQUIRE(ledger->put("ana@ejemplo.org", {now, 0, {}}, now));
  const std::string first = text_of(folder);
  CHECK(first.find("ana") == std::string::npos);
  auto other = Ledger::open(folder.path, Bytes(32, 5));
  CHECK(other->of("ana@ejemplo.org") == Standing{});
}

TEST_CASE("what is older than a month is forgotten") {
  Folder folder;
  auto ledger = Ledger::open(folder.path, secret);
  REQUIRE(ledger->put("ana@ejemplo.org", {now, 0, {}}, now));
  REQUIRE(ledger->put("eva@ejemplo.org", {now + days(30), 0, {}}, now + days(30)));
  CHECK(ledger->of("ana@ejemplo.org").sent == now);
  REQUIRE(ledger->put("eva@ejemplo.org", {now + days(32), 0, {}}, now + days(32)));
  CHECK(ledger->of("ana@ejemplo.org") == Standing{});
}

TEST_CASE("a damaged ledger and a folder that can't be written are said") {
  Folder folder;
  folder.write("ledger", "something else\n");
  CHECK(Ledger::open(folder.path, secret).error().ends_with("is not a ledger"));
  folder.write("ledger", "encuentro-aviso ledger 1\nabc 1 2 3\n");
  CHECK(Ledger::open(folder.path, secret).error().ends_with("is damaged"));
  auto nowhere = Ledger::open(folder.path / "nowhere", secret);
  REQUIRE(nowhere);
  CHECK_FALSE(nowhere->put("ana@ejemplo.org", {now, 0, {}}, now));
}
