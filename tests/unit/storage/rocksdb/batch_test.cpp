#include "storage/rocksdb/batch.h"

#include "tests/unit/storage/rocksdb/database_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::rocks;
using namespace encuentro::storage::test;

namespace {

std::string row_key(const std::string& key) { return record_key(channel(), RowKind::record, key); }

}  // namespace

TEST_CASE("a batch sees what it staged over what the database holds") {
  OpenDatabase open;
  Batch batch(*open.database);
  CHECK(batch.empty());
  CHECK(batch.head(channel())->head == Head{});
  batch.put_head(channel(), {{3, 4}, 1});
  batch.put_row(row_key("b"), "in database");
  batch.put_row(row_key("c"), "in database");
  CHECK_FALSE(batch.empty());
  REQUIRE(batch.write().ok());
  CHECK(batch.empty());

  batch.put_head(channel(), {{5, 6}, 2});
  batch.put_row(row_key("a"), "staged");
  batch.erase_row(row_key("b"));
  CHECK(batch.head(channel())->head == Head{5, 6});
  CHECK(batch.row(row_key("a")).value() == "staged");
  CHECK(batch.row(row_key("b")).value() == std::nullopt);
  CHECK(batch.row(row_key("c")).value() == "in database");
  CHECK(batch.first_record(channel(), "").value() == Record{"a", bytes("staged")});
  batch.erase_row(row_key("a"));
  CHECK(batch.first_record(channel(), "").value() == Record{"c", bytes("in database")});
  CHECK(batch.first_record(channel(), "d").value() == std::nullopt);
  CHECK(batch.first_record(channel("other"), "").value() == std::nullopt);
  // Nothing of it is in the database before it is written.
  Batch another(*open.database);
  CHECK(another.head(channel())->head == Head{3, 4});
}

TEST_CASE("the first record under a prefix is never a row of another kind or partition") {
  OpenDatabase open;
  Batch batch(*open.database);
  batch.put_entry(channel(), 1, bytes("request"), bytes("body"));
  batch.put_row(record_key(channel(), RowKind::taken, "k"), "taken");
  batch.put_row(record_key(channel("b"), RowKind::record, "k"), "other");
  CHECK(batch.first_record(channel(), "").value() == std::nullopt);
  REQUIRE(batch.write().ok());
  CHECK(batch.first_record(channel(), "").value() == std::nullopt);
}

TEST_CASE("entries are written with their request and erased by range") {
  OpenDatabase open;
  Batch batch(*open.database);
  for (std::uint64_t seq = 1; seq <= 4; ++seq) batch.put_entry(channel(), seq, bytes("r"), bytes("body"));
  batch.erase_entries(channel(), 1, 3);
  REQUIRE(batch.write().ok());
  std::string value;
  const auto found = [&](std::uint64_t seq) {
    return open.database->db().Get({}, open.database->log(), log_key(channel(), seq), &value).ok();
  };
  CHECK_FALSE(found(1));
  CHECK_FALSE(found(2));
  CHECK(found(3));
  CHECK(decode_entry(3, value) == LogEntry{3, bytes("r"), bytes("body")});
  CHECK(found(4));
  CHECK(decode_number(*batch.row(record_key(channel(), RowKind::request, "r")).value()) == 4u);
}
