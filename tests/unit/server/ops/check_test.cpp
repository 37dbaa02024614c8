#include "server/ops/check.h"

#include "tests/unit/server/ops/upkeep_fixture.h"

using namespace encuentro;
using namespace encuentro::server::ops;
using namespace encuentro::server::ops::test;

TEST_CASE("a whole store is checked and described in figures") {
  TemporaryDirectory directory;
  fill(*opened(directory.path("store")));
  const auto result = check(directory.path("store"));
  REQUIRE(result);
  CHECK(result->storage.clean());
  CHECK(result->roster_entries == 2);
  CHECK(describe(*result).starts_with("partitions: 3\nlog entries: 5\nroster entries: 2\nrecords: 3\nblobs: 1\n"));
  CHECK(describe(*result).ends_with("findings: 0\n"));
}

TEST_CASE("findings are described by place, without content") {
  TemporaryDirectory directory;
  Content content;
  content.wrong_channel_entry = 3;
  fill(*opened(directory.path("store")), content);
  const auto result = check(directory.path("store"));
  REQUIRE(result);
  CHECK_FALSE(result->storage.clean());
  CHECK(describe(*result).ends_with(
      "findings: 1\nfinding: content in ch/02000000000000000000000000000000 at 3 (chain)\n"));
}

TEST_CASE("where there is no store, or one in use, there is an error") {
  TemporaryDirectory directory;
  CHECK(check(directory.path("none")).error().code == Code::not_found);
  auto store = opened(directory.path("store"));
  CHECK(check(directory.path("store")).error().code == Code::locked);
}
