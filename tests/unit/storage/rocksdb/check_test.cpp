#include "storage/rocksdb/check.h"

#include <fstream>

#include "protocol/crypto/hash.h"
#include "storage/rocksdb/blob_files.h"
#include "storage/rocksdb/keys.h"
#include "storage/rocksdb/layout.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;
using What = Finding::What;

namespace {

BlobId put_blob(RocksStore& store, const Bytes& content) {
  const BlobId id(crypto::sha256({content}).view());
  REQUIRE(await<BlobPut>([&](auto done) { store.blobs().put(id, content, std::move(done)); }));
  return id;
}

// Two logs of five entries, one of them trimmed, records, a take and two blobs.
void fill(const std::string& directory) {
  auto store = opened(directory);
  append_entries(*store, 1, 5);
  for (int i = 1; i <= 5; ++i) stored(*store, {channel("b"), {}, {entry("r" + std::to_string(i), "x")}});
  REQUIRE(await<void>([&](auto done) { store->trim_log(channel("b"), 3, std::move(done)); }));
  stored(*store, {{"kp", "d"}, {}, {Put{"k1", bytes("1")}, Put{"k2", bytes("2")}}});
  take_one(*store, {"kp", "d"}, "k", "taker");
  put_blob(*store, bytes("one"));
  put_blob(*store, bytes("two"));
}

CheckReport checked(const std::string& directory) {
  CheckVisitor nobody;
  CheckReport report;
  REQUIRE(check_store(directory, nobody, report));
  return report;
}

// Changes rows behind the store's back.
void meddle(const std::string& directory, const std::function<void(rocks::Database&)>& change) {
  rocks::OpenReport report;
  auto database =
      rocks::Database::open(rocks::database_path(directory), {}, rocks::Database::Access::read_write, 1, report);
  REQUIRE(database);
  change(**database);
}

std::vector<What> kinds(const CheckReport& report) {
  std::vector<What> found;
  for (const auto& finding : report.findings) found.push_back(finding.what);
  return found;
}

}  // namespace

TEST_CASE("a whole store has no findings and everything is counted") {
  TemporaryDirectory directory;
  fill(directory.path("store"));
  const CheckReport report = checked(directory.path("store"));
  CHECK(report.clean());
  CHECK(report.partitions == 3);
  CHECK(report.entries == 5 + 3);
  CHECK(report.records == 1);
  CHECK(report.takes == 1);
  CHECK(report.blobs == 2);
  CHECK(report.bytes > 1000);
}

TEST_CASE("a missing entry is a gap, whether in the middle or at the ends") {
  TemporaryDirectory directory;
  fill(directory.path("store"));
  meddle(directory.path("store"), [](rocks::Database& database) {
    for (const std::uint64_t seq : {1, 3, 5}) {
      REQUIRE(database.db().Delete({}, database.log(), rocks::log_key(channel(), seq)).ok());
    }
  });
  const CheckReport report = checked(directory.path("store"));
  std::vector<std::uint64_t> gaps;
  for (const auto& finding : report.findings) {
    if (finding.what == What::gap) gaps.push_back(finding.seq);
  }
  CHECK(gaps == std::vector<std::uint64_t>{1, 3, 5});
  CHECK(report.findings[0].partition == channel());
}

TEST_CASE("rows where none should be are named") {
  TemporaryDirectory directory;
  fill(directory.path("store"));
  const auto put = [](rocks::Database& database, rocksdb::ColumnFamilyHandle* family, const std::string& key,
                      const std::string& value) { REQUIRE(database.db().Put({}, family, key, value).ok()); };
  SECTION("behind the head") {
    meddle(directory.path("store"), [&](auto& d) { put(d, d.log(), rocks::log_key(channel(), 6), "\1rx"); });
    CHECK(kinds(checked(directory.path("store"))) == std::vector{What::orphan_row});
  }
  SECTION("below the first kept") {
    meddle(directory.path("store"), [&](auto& d) { put(d, d.log(), rocks::log_key(channel("b"), 2), "\1rx"); });
    CHECK(kinds(checked(directory.path("store"))) == std::vector{What::orphan_row});
  }
  SECTION("of a partition without a head, before, between and after the others") {
    meddle(directory.path("store"), [&](auto& d) {
      put(d, d.log(), rocks::log_key({"a", "z"}, 1), "\1rx");
      put(d, d.log(), rocks::log_key(channel("aa"), 1), "\1rx");
      put(d, d.records(), rocks::record_key({"zz", "z"}, rocks::RowKind::record, "k"), "v");
    });
    CHECK(checked(directory.path("store")).findings_count == 3);
  }
  SECTION("that can't be read") {
    meddle(directory.path("store"), [&](auto& d) {
      put(d, d.log(), rocks::log_key(channel(), 2), "\x7f too short");
      put(d, d.records(), rocks::partition_prefix(channel()) + "?", "v");
      put(d, d.records(), rocks::record_key(channel(), rocks::RowKind::taken, "t"), "\x7f");
      put(d, d.heads(), "no partition", "v");
    });
    const auto found = kinds(checked(directory.path("store")));
    CHECK(std::count(found.begin(), found.end(), What::unreadable_row) == 4);
  }
}

TEST_CASE("the index of request ids must agree with the log, both ways") {
  TemporaryDirectory directory;
  fill(directory.path("store"));
  const auto index = [](const std::string& request) {
    return rocks::record_key(channel(), rocks::RowKind::request, request);
  };
  SECTION("missing") {
    meddle(directory.path("store"), [&](auto& d) { REQUIRE(d.db().Delete({}, d.records(), index("r2")).ok()); });
  }
  SECTION("pointing elsewhere") {
    meddle(directory.path("store"),
           [&](auto& d) { REQUIRE(d.db().Put({}, d.records(), index("r2"), rocks::encode_number(3)).ok()); });
  }
  SECTION("pointing past the end") {
    meddle(directory.path("store"),
           [&](auto& d) { REQUIRE(d.db().Put({}, d.records(), index("r9"), rocks::encode_number(6)).ok()); });
  }
  SECTION("one too many") {
    meddle(directory.path("store"),
           [&](auto& d) { REQUIRE(d.db().Put({}, d.records(), index("r9"), rocks::encode_number(2)).ok()); });
  }
  const CheckReport report = checked(directory.path("store"));
  CHECK_FALSE(report.clean());
  for (const auto& finding : report.findings) CHECK(finding.what == What::wrong_request);
}

TEST_CASE("a blob that isn't what its name says is named") {
  TemporaryDirectory directory;
  fill(directory.path("store"));
  const BlobId one(crypto::sha256({bytes("one")}).view());
  const std::string blobs = rocks::blobs_path(directory.path("store"));
  flip_byte(blobs + "/" + rocks::blob_path(one), 1);
  std::ofstream(blobs + "/stray") << "x";
  std::filesystem::create_directories(blobs + "/00");
  std::ofstream(blobs + "/00/" + std::string(64, 'f')) << "x";
  const CheckReport report = checked(directory.path("store"));
  const auto found = kinds(report);
  CHECK(std::count(found.begin(), found.end(), What::damaged_blob) == 1);
  CHECK(std::count(found.begin(), found.end(), What::misplaced_file) == 2);
  CHECK(found.size() == 3);
  CHECK(report.blobs == 1);
}

TEST_CASE("a visitor sees every partition in order and adds what it finds") {
  struct Visitor final : CheckVisitor {
    std::string seen;
    void begin(const PartitionId& partition, const Head& head, std::uint64_t first_kept) override {
      seen += partition.kind + ":" + partition.id + "[" + std::to_string(first_kept) + ".." + std::to_string(head.seq) +
              "]";
    }
    void record(const Record& record) override { seen += record.key + ";"; }
    void entry(const LogEntry& entry) override { seen += std::to_string(entry.seq) + ","; }
    void end(CheckReport& report) override { report.add({What::content, {}, 0, {}, "looked"}); }
  };
  TemporaryDirectory directory;
  fill(directory.path("store"));
  Visitor visitor;
  CheckReport report;
  REQUIRE(check_store(directory.path("store"), visitor, report));
  CHECK(visitor.seen == "ch:a[1..5]1,2,3,4,5,ch:b[3..5]3,4,5,kp:d[1..0]k2;");
  CHECK(report.findings_count == 3);
  CHECK(report.findings[0].detail == "looked");
}

TEST_CASE("a store in use, shortened or absent isn't checked but refused") {
  TemporaryDirectory directory;
  CheckVisitor nobody;
  CheckReport report;
  CHECK(check_store(directory.path("none"), nobody, report).error().code == Code::not_found);
  auto store = opened(directory.path("store"));
  append_entries(*store, 1, 5);
  CHECK(check_store(directory.path("store"), nobody, report).error().code == Code::locked);
  copy_live(directory.path("store"), directory.path("cut"));
  CHECK(check_store(directory.path("cut"), nobody, report));
  cut_file(log_files(directory.path("cut")).at(0), 1);
  const auto cut = check_store(directory.path("cut"), nobody, report);
  REQUIRE_FALSE(cut);
  CHECK(std::string_view(cut.error().rule) == "R81");
}

TEST_CASE("of very many findings the first are kept and all are counted") {
  CheckReport report;
  for (std::size_t i = 0; i < check_findings_max + 5; ++i) report.add({What::gap, {}, i, {}, {}});
  CHECK(report.findings.size() == check_findings_max);
  CHECK(report.findings_count == check_findings_max + 5);
  CHECK(name(report.findings[0].what) == "gap");
}
