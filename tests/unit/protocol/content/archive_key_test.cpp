#include "protocol/content/archive_key.h"

#include <catch2/catch.hpp>

#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;

TEST_CASE("a commitment is to one key, one group and one epoch") {
  SeededRandom random(40);
  content::ArchiveKey key(random.id<Hash32>().view()), other(random.id<Hash32>().view());
  record::GroupEpoch at{Bytes(32, 1), Epoch{4}}, later{Bytes(32, 1), Epoch{5}}, elsewhere{Bytes(32, 2), Epoch{4}};
  Commitment commitment = content::archive_commitment(key, at);
  CHECK(commitment == content::archive_commitment(key.duplicate(), at));
  CHECK(commitment != content::archive_commitment(other, at));
  CHECK(commitment != content::archive_commitment(key, later));
  CHECK(commitment != content::archive_commitment(key, elsewhere));
  CHECK(content::archive_exporter_context(at) != content::archive_exporter_context(later));
}
