#include "tests/unit/storage/rocksdb/rocks_fixture.h"

#include <fstream>

namespace encuentro::storage::test {

namespace fs = std::filesystem;

Result<std::unique_ptr<RocksStore>> open_store(const std::string& directory,
                                               const std::function<void(RocksStoreOptions&)>& change) {
  RocksStoreOptions options;
  options.directory = directory;
  options.database.cache_bytes = 1 << 20;
  options.retry_ms = 10;
  if (change) change(options);
  return RocksStore::open(std::move(options));
}

std::unique_ptr<RocksStore> opened(const std::string& directory,
                                   const std::function<void(RocksStoreOptions&)>& change) {
  auto store = open_store(directory, change);
  REQUIRE(store);
  return std::move(*store);
}

namespace {

std::string name(int number) { return "r" + std::to_string(number); }
std::string body(int number) { return std::string(200 + static_cast<std::size_t>(number) % 50, 'b') + name(number); }

}  // namespace

void append_entries(PartitionStore& store, int first, int last) {
  for (int i = first; i <= last; ++i) stored(store, {channel(), {}, {entry(name(i), body(i))}});
}

void require_entries(PartitionStore& store, int last) {
  int next = 1;
  for (bool more = true; more;) {
    const LogPage page = read_log(store, channel(), static_cast<std::uint64_t>(next));
    for (const auto& found : page.entries) {
      REQUIRE(found == LogEntry{static_cast<std::uint64_t>(next), bytes(name(next)), bytes(body(next))});
      ++next;
    }
    more = page.more;
  }
  REQUIRE(next == last + 1);
  REQUIRE(head(store, channel()).seq == static_cast<std::uint64_t>(last));
}

void copy_live(const std::string& from, const std::string& to) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

std::map<std::string, std::string> contents(const std::string& directory) {
  std::map<std::string, std::string> found;
  for (const auto& file : fs::recursive_directory_iterator(directory)) {
    const std::string path = file.path();
    if (!file.is_regular_file() || file.path().filename().string().starts_with("LOG")) continue;
    std::ifstream content(path, std::ios::binary);
    found[path] = std::string(std::istreambuf_iterator<char>(content), {});
  }
  return found;
}

std::vector<std::string> log_files(const std::string& directory) {
  std::vector<std::string> found;
  for (const auto& file : fs::directory_iterator(directory + "/db")) {
    if (file.path().extension() == ".log") found.push_back(file.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void cut_file(const std::string& path, std::uint64_t bytes_off) {
  REQUIRE(fs::file_size(path) >= bytes_off);
  fs::resize_file(path, fs::file_size(path) - bytes_off);
}

void flip_byte(const std::string& path, std::uint64_t offset) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(offset));
  const char byte = static_cast<char>(file.get() ^ 0x55);
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(byte);
  REQUIRE(file.good());
}

}  // namespace encuentro::storage::test
