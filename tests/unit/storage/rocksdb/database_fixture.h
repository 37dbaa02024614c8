// An open database without the store around it.
#pragma once

#include "storage/rocksdb/batch.h"
#include "storage/rocksdb/database.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

namespace encuentro::storage::test {

struct OpenDatabase {
  OpenDatabase() {
    rocks::OpenReport report;
    auto opened = rocks::Database::open(directory.path("db"), {}, rocks::Database::Access::read_write, 0, report);
    REQUIRE(opened);
    database = std::move(*opened);
  }
  TemporaryDirectory directory;
  std::unique_ptr<rocks::Database> database;
};

}  // namespace encuentro::storage::test
