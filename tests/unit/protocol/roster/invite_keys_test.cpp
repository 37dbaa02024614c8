#include "protocol/roster/invite_keys.h"

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::roster;

TEST_CASE("link and code give different keys, the same each time") {
  tests::SeededRandom random(8);
  LinkSecret secret;
  random.fill(secret.span());
  auto invite = random.id<InviteId>();
  auto link = invite_link_key(secret, invite);
  auto code = invite_code_key(secret, "01234567", invite);
  REQUIRE(code);
  CHECK(invite_link_key(secret, invite).public_key == link.public_key);
  CHECK(invite_code_key(secret, "01234567", invite)->public_key == code->public_key);
  CHECK(link.public_key != code->public_key);
  CHECK(invite_code_key(secret, "01234568", invite)->public_key != code->public_key);
  CHECK(invite_link_key(secret, random.id<InviteId>()).public_key != link.public_key);
}

TEST_CASE("a code is eight digits") {
  tests::SeededRandom random(8);
  LinkSecret secret;
  for (auto bad : {"", "1234567", "123456789", "1234567a", "1234 567"}) {
    CHECK_FALSE(invite_code_key(secret, bad, random.id<InviteId>()));
  }
  std::string made = make_invite_code(random);
  CHECK(made.size() == 8);
  CHECK(*clean_invite_code(made) == made);
  CHECK(*clean_invite_code(" 1234-5678 ") == "12345678");
  for (auto bad : {"1234567", "123456789", "1234x5678", "", "１2345678"}) CHECK_FALSE(clean_invite_code(bad));
}
