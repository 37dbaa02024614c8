#include "storage/rocksdb/mark.h"

#include <fstream>

#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage::rocks;
using namespace encuentro::storage::test;

TEST_CASE("a mark is read back as it was last advanced") {
  TemporaryDirectory directory;
  const std::string path = directory.path("mark");
  CHECK(Mark::read(path).error().code == Code::not_found);
  CHECK(Mark::open(path).error().code == Code::not_found);
  REQUIRE(Mark::create(path, {3, 10}));
  CHECK(Mark::read(path)->generation == 3);
  CHECK(Mark::read(path)->sequence == 10);
  auto mark = Mark::open(path);
  REQUIRE(mark);
  CHECK(mark->synced());
  for (std::uint64_t sequence = 11; sequence < 20; ++sequence) {
    REQUIRE(mark->advance(sequence));
    CHECK(Mark::read(path)->sequence == sequence);
    CHECK(Mark::read(path)->generation == 3);
  }
  CHECK_FALSE(mark->synced());
  CHECK(mark->sync());
  CHECK(mark->synced());
  REQUIRE(mark->write({4, 15}));
  CHECK(Mark::open(path)->value().generation == 4);
  CHECK(Mark::open(path)->value().sequence == 15);
}

TEST_CASE("a slot that is damaged leaves the one before, two leave nothing") {
  TemporaryDirectory directory;
  const std::string path = directory.path("mark");
  REQUIRE(Mark::create(path, {1, 1}));
  {
    auto mark = Mark::open(path);
    REQUIRE(mark->advance(2));  // count 2: the first slot
    REQUIRE(mark->advance(3));  // the second
  }
  const auto offset = GENERATE(0u, 15u, 20u, 31u, 39u);
  flip_byte(path, 512 + offset);
  if (offset > 7) CHECK(Mark::read(path)->sequence == 2);
  flip_byte(path, offset);
  CHECK_FALSE(Mark::read(path));
}

TEST_CASE("a mark of a later version is told apart from a damaged one") {
  TemporaryDirectory directory;
  const std::string path = directory.path("mark");
  REQUIRE(Mark::create(path, {1, 1}));
  std::fstream(path, std::ios::in | std::ios::out | std::ios::binary) << "ENCMARK2";
  CHECK(Mark::read(path).error().code == Code::unknown_version);
  std::ofstream(path, std::ios::binary) << "";
  CHECK(Mark::read(path).error().code == Code::storage_failed);
}
