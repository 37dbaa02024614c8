// What the conformance suite can't arrange: damage below the reads.
#include "storage/rocksdb/reads.h"

#include "tests/unit/storage/rocksdb/database_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::rocks;
using namespace encuentro::storage::test;

namespace {

void fill(Database& database) {
  Batch batch(database);
  for (std::uint64_t seq = 1; seq <= 5; ++seq) {
    batch.put_entry(channel(), seq, bytes("r" + std::to_string(seq)), bytes("body"));
  }
  batch.put_head(channel(), {{5, 0}, 1});
  REQUIRE(batch.write().ok());
}

}  // namespace

TEST_CASE("R81 a gap in the log is an error, not a short page") {
  OpenDatabase open;
  fill(*open.database);
  REQUIRE(read_log_page(*open.database, channel(), 1, {})->entries.size() == 5);
  const std::uint64_t missing = GENERATE(1u, 3u, 5u);
  REQUIRE(open.database->db().Delete({}, open.database->log(), log_key(channel(), missing)).ok());
  const auto page = read_log_page(*open.database, channel(), 1, {});
  REQUIRE_FALSE(page);
  CHECK(page.error().code == Code::storage_failed);
  CHECK(page.error().expected == missing);
}

TEST_CASE("entries behind the head don't exist") {
  OpenDatabase open;
  fill(*open.database);
  Batch batch(*open.database);
  batch.put_head(channel(), {{3, 0}, 1});
  REQUIRE(batch.write().ok());
  const auto page = read_log_page(*open.database, channel(), 1, {});
  REQUIRE(page);
  CHECK(page->entries.size() == 3);
  CHECK_FALSE(page->more);
}

TEST_CASE("R81 a row that can't be read is the disk's fault") {
  OpenDatabase open;
  fill(*open.database);
  auto& db = open.database->db();
  REQUIRE(db.Put({}, open.database->log(), log_key(channel(), 2), "\x7f").ok());
  CHECK(read_log_page(*open.database, channel(), 1, {}).error().code == Code::storage_failed);
  REQUIRE(db.Put({}, open.database->records(), record_key(channel(), RowKind::request, "r1"), "x").ok());
  CHECK(read_request(*open.database, channel(), bytes("r1")).error().code == Code::storage_failed);
  REQUIRE(db.Put({}, open.database->heads(), partition_prefix(channel()), "x").ok());
  CHECK(read_head(*open.database, channel()).error().code == Code::storage_failed);
}
