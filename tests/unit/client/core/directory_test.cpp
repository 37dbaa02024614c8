#include "client/core/directory.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using namespace encuentro::client::core;

namespace {

struct Names {
  SeededRandom random{80};
  roster::DirectoryKey key{random.id<Hash32>().view()};
  MemberId subject = random.id<MemberId>();
  PlainName name{"María Núñez", "Cancillería", "maria@example.org"};
};

}  // namespace

TEST_CASE("a name opens under its key and for its subject only") {
  Names n;
  auto sealed = seal_name(n.key, n.subject.view(), n.name, n.random);
  REQUIRE(sealed);
  CHECK(*open_name(n.key, n.subject.view(), *sealed) == n.name);
  CHECK(code_of(open_name(n.key, n.random.id<MemberId>().view(), *sealed)) == Code::bad_tag);
  roster::DirectoryKey other(n.random.id<Hash32>().view());
  CHECK(code_of(open_name(other, n.subject.view(), *sealed)) == Code::bad_tag);
  auto changed = *sealed;
  changed.commitment = Commitment{};
  CHECK(code_of(open_name(n.key, n.subject.view(), changed)) == Code::bad_tag);
  changed = *sealed;
  changed.ciphertext.back() ^= 1;
  CHECK(code_of(open_name(n.key, n.subject.view(), changed)) == Code::bad_tag);
  CHECK(directory_commitment(n.key) != directory_commitment(other));
}

TEST_CASE("sealed names have one of three sizes whatever they hold") {
  Names n;
  for (std::size_t length = 0; length <= limits::display_name_bytes_max; ++length) {
    auto sealed = seal_name(n.key, n.subject.view(), {std::string(length, 'x'), "", ""}, n.random);
    REQUIRE(sealed);
    std::size_t size = sealed->ciphertext.size() - 16;
    if (size != 256 && size != 512 && size != 1024) FAIL("name of " << length << " became " << size);
    if (open_name(n.key, n.subject.view(), *sealed)->name.size() != length) FAIL("name of " << length);
  }
}

TEST_CASE("names that are too long or no text are refused") {
  Names n;
  std::string long_name(limits::display_name_bytes_max + 1, 'x');
  CHECK(code_of(seal_name(n.key, n.subject.view(), {long_name, "", ""}, n.random)) == Code::too_large);
  CHECK(code_of(seal_name(n.key, n.subject.view(), {"\xff", "", ""}, n.random)) == Code::malformed);
}

TEST_CASE("a revealed name is shown to be the sealed one without the key") {
  Names n;
  auto sealed = seal_name(n.key, n.subject.view(), n.name, n.random);
  REQUIRE(sealed);
  auto revealed = reveal_name(n.key, n.subject.view(), *sealed);
  REQUIRE(revealed);
  CHECK(revealed->name == n.name);
  CHECK(commits_to(*sealed, *revealed));
  revealed->name.institution += "x";
  CHECK_FALSE(commits_to(*sealed, *revealed));
  revealed->name = n.name;
  revealed->salt = n.random.id<Salt>();
  CHECK_FALSE(commits_to(*sealed, *revealed));
}
