#include "server/service/token.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using server::service::Grant;
using server::service::TokenMint;

TEST_CASE("a token says what it was issued for, ten minutes long, to its own mint") {
  tests::SeededRandom random(4);
  TokenMint mint(random), other(random);
  Grant grant;
  grant.device = random.id<DeviceId>();
  grant.channel = random.id<ChannelId>();
  grant.direction = api::Direction::put;
  grant.upload = random.id<UploadId>();
  grant.bytes = 77;
  Timestamp now{1'790'000'000'000};
  std::string token = mint.issue(grant, now);
  REQUIRE(mint.open(token, now));
  CHECK(*mint.open(token, now) == grant);
  CHECK(mint.open(token, now + minutes(10) - milliseconds(1)));
  CHECK_FALSE(mint.open(token, now + minutes(10)));
  CHECK_FALSE(other.open(token, now));
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    CHECK_FALSE(mint.open(changed, now));
    CHECK_FALSE(mint.open(token.substr(0, i), now));
  }
}
