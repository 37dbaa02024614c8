#include "storage/rocksdb/blob_files.h"

#include <fstream>

#include "tests/unit/storage/rocksdb/faulty_disk.h"
#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::rocks;
using namespace encuentro::storage::test;

namespace {

BlobId blob_id(std::uint8_t first) { return BlobId(std::array<std::uint8_t, 32>{first}); }

std::unique_ptr<BlobFiles> blobs_on(const std::string& directory, const std::shared_ptr<FaultyDisk>& disk) {
  auto opened = BlobFiles::open({directory, disk});
  REQUIRE(opened);
  return std::move(*opened);
}

Result<BlobPut> put(BlobFiles& blobs, BlobId id, std::string_view content) {
  return await<BlobPut>([&](auto done) { blobs.put(id, bytes(content), std::move(done)); });
}

Result<Bytes> get(BlobFiles& blobs, BlobId id) {
  return await<Bytes>([&](auto done) { blobs.get(id, 0, 1 << 20, std::move(done)); });
}

}  // namespace

TEST_CASE("blobs stand in directories by their first byte") {
  CHECK(blob_path(blob_id(0xab)) == "ab/ab" + std::string(62, '0'));
}

TEST_CASE("after a power failure at any moment an acknowledged blob is there and whole") {
  for (std::size_t fault_at = 1;; ++fault_at) {
    TemporaryDirectory directory;
    auto disk = std::make_shared<FaultyDisk>();
    std::vector<bool> acknowledged;
    {
      auto blobs = blobs_on(directory.path("blobs"), disk);
      disk->fail_from(fault_at, FaultyDisk::Fault::io_error);
      for (std::uint8_t i = 0; i < 4; ++i) {
        acknowledged.push_back(put(*blobs, blob_id(static_cast<std::uint8_t>(i / 2 * 16 + i)), "content").has_value());
      }
    }
    const bool met_fault = disk->failed();
    disk->heal();
    disk->lose_power();
    auto blobs = blobs_on(directory.path("blobs"), disk);
    for (std::uint8_t i = 0; i < 4; ++i) {
      const auto found = get(*blobs, blob_id(static_cast<std::uint8_t>(i / 2 * 16 + i)));
      // One nobody was told of may be there, but never in part.
      if (acknowledged[i]) REQUIRE(found);
      if (found) REQUIRE(*found == bytes("content"));
    }
    if (!met_fault) {
      CHECK(fault_at > 16);
      break;
    }
  }
}

TEST_CASE("a blob found there is made durable before it is acknowledged") {
  TemporaryDirectory directory;
  auto disk = std::make_shared<FaultyDisk>();
  {
    auto blobs = blobs_on(directory.path("blobs"), disk);
    REQUIRE(put(*blobs, blob_id(1), "content"));
  }
  // As a killed process leaves it: renamed, its directory not synced.
  auto blobs = blobs_on(directory.path("blobs"), disk);
  disk->fail_sync_from(1, FaultyDisk::Fault::io_error);
  CHECK(put(*blobs, blob_id(1), "content").error().code == Code::storage_failed);
  disk->heal();
  CHECK(put(*blobs, blob_id(1), "content") == BlobPut::already_there);
}

TEST_CASE("a put that fails leaves nothing to be found, and the next one succeeds") {
  const auto fault = GENERATE(FaultyDisk::Fault::io_error, FaultyDisk::Fault::no_space);
  TemporaryDirectory directory;
  auto disk = std::make_shared<FaultyDisk>();
  auto blobs = blobs_on(directory.path("blobs"), disk);
  disk->fail_from(1, fault);
  const auto failed = put(*blobs, blob_id(1), "content");
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == (fault == FaultyDisk::Fault::no_space ? Code::storage_full : Code::storage_failed));
  CHECK(get(*blobs, blob_id(1)).error().code == Code::not_found);
  disk->heal();
  CHECK(put(*blobs, blob_id(1), "content") == BlobPut::written);
}

TEST_CASE("what an interrupted put left is removed at the next open") {
  TemporaryDirectory directory;
  auto disk = std::make_shared<FaultyDisk>();
  blobs_on(directory.path("blobs"), disk).reset();
  const std::string left_over = directory.path("blobs/incoming/left");
  std::ofstream(left_over) << "part";
  blobs_on(directory.path("blobs"), disk).reset();
  CHECK_FALSE(std::filesystem::exists(left_over));
}

TEST_CASE("more puts than a lane holds are refused at once") {
  TemporaryDirectory directory;
  BlobFilesOptions options;
  options.directory = directory.path("blobs");
  options.lanes = 1;
  options.tasks_max = 2;
  auto blobs = BlobFiles::open(std::move(options));
  REQUIRE(blobs);
  std::promise<void> held;
  std::promise<void> started;
  (*blobs)->size(blob_id(1), [&](auto) {
    started.set_value();
    held.get_future().wait();
  });
  started.get_future().wait();
  std::atomic<int> overloaded = 0;
  for (int i = 0; i < 5; ++i) {
    (*blobs)->size(blob_id(1), [&](auto result) { overloaded += result.error().code == Code::overloaded ? 1 : 0; });
  }
  CHECK(overloaded == 3);
  held.set_value();
  blobs->reset();
}
