#include "tests/unit/storage/backend.h"

#include <cstdlib>

namespace encuentro::storage::test {

// In memory where there is room: a killed process can't tell the difference, and power failures are simulated.
static std::filesystem::path place_for_tests() {
  std::error_code absent;
  const auto memory = std::filesystem::space("/dev/shm", absent);
  return !absent && memory.available > (512u << 20) ? "/dev/shm" : std::filesystem::temp_directory_path();
}

TemporaryDirectory::TemporaryDirectory() {
  std::string name = place_for_tests() / "encuentro-storage-XXXXXX";
  REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void RocksBackend::restart() {
  store_.reset();
  RocksStoreOptions options;
  options.directory = directory_.path("store");
  auto opened = RocksStore::open(std::move(options));
  REQUIRE(opened);
  store_ = std::move(*opened);
}

Result<CommitResult> commit(PartitionStore& store, ChangeSet change) {
  return await<CommitResult>([&](auto done) { store.commit(std::move(change), std::move(done)); });
}

Head stored(PartitionStore& store, ChangeSet change) {
  const auto result = commit(store, std::move(change));
  REQUIRE(result);
  REQUIRE(result->outcome == Outcome::stored);
  return result->head;
}

LogPage read_log(PartitionStore& store, PartitionId partition, std::uint64_t from_seq, PageLimit limit) {
  auto page = await<LogPage>([&](auto done) { store.read_log(partition, from_seq, limit, std::move(done)); });
  REQUIRE(page);
  return std::move(*page);
}

std::optional<Bytes> get(PartitionStore& store, PartitionId partition, std::string key) {
  auto value = await<std::optional<Bytes>>([&](auto done) { store.get(partition, key, std::move(done)); });
  REQUIRE(value);
  return std::move(*value);
}

RecordPage scan(PartitionStore& store, PartitionId partition, std::string prefix, std::string after, PageLimit limit) {
  auto page = await<RecordPage>([&](auto done) { store.scan(partition, prefix, after, limit, std::move(done)); });
  REQUIRE(page);
  return std::move(*page);
}

Head head(PartitionStore& store, PartitionId partition) {
  const auto found = await<Head>([&](auto done) { store.head(partition, std::move(done)); });
  REQUIRE(found);
  return *found;
}

std::optional<std::uint64_t> find_request(PartitionStore& store, PartitionId partition, std::string_view request) {
  const auto seq = await<std::optional<std::uint64_t>>(
      [&](auto done) { store.find_request(partition, bytes(request), std::move(done)); });
  REQUIRE(seq);
  return *seq;
}

std::optional<Record> take_one(PartitionStore& store, PartitionId partition, std::string prefix,
                               std::string_view request) {
  auto taken = await<std::optional<Record>>(
      [&](auto done) { store.take_one(partition, prefix, bytes(request), std::move(done)); });
  REQUIRE(taken);
  return std::move(*taken);
}

}  // namespace encuentro::storage::test
