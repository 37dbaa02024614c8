// The process that rocks_store_test kills. It opens the store in the first argument, appends and puts blobs from
// several writers without end, and prints one line for each thing acknowledged, after it was acknowledged:
//   E <channel> <seq> <request id>
//   B <blob id in hex>
// The second argument tells this life's request ids from those of others.
#include <unistd.h>

#include <array>
#include <future>
#include <semaphore>
#include <string>
#include <thread>

#include "storage/rocksdb/rocks_store.h"

using namespace encuentro;
using namespace encuentro::storage;

namespace {

void print(const std::string& line) {
  // One write a line: lines of several threads don't mix.
  if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(2);
}

ChangeSet change(const std::string& channel, const std::string& request) {
  ChangeSet change{{"ch", channel}, {}, {}};
  change.writes.push_back(Append{to_bytes(as_bytes(request)), Bytes(300 + request.size() * 7, 'x')});
  change.writes.push_back(Put{"last of " + request.substr(0, 2), to_bytes(as_bytes(request))});
  return change;
}

void report(const std::string& channel, const std::string& request, const Result<CommitResult>& result) {
  if (!result || result->outcome != Outcome::stored) ::_exit(3);
  print("E " + channel + " " + std::to_string(result->head.seq) + " " + request + "\n");
}

// One append after the other.
void write_patiently(RocksStore& store, int writer, const std::string& life) {
  for (int n = 0;; ++n) {
    const std::string channel = n % 2 == 0 ? "shared" : "own" + std::to_string(writer);
    const std::string request = "w" + std::to_string(writer) + "-" + life + "-" + std::to_string(n);
    std::promise<void> answered;
    store.commit(change(channel, request), [&](auto result) {
      report(channel, request, result);
      answered.set_value();
    });
    answered.get_future().wait();
  }
}

// Many in flight.
void write_eagerly(RocksStore& store, int writer, const std::string& life) {
  std::counting_semaphore<32> free_places(32);
  for (int n = 0;; ++n) {
    free_places.acquire();
    const std::string request = "w" + std::to_string(writer) + "-" + life + "-" + std::to_string(n);
    store.commit(change("shared", request), [&free_places, request](auto result) {
      report("shared", request, result);
      free_places.release();
    });
  }
}

void put_blobs(RocksStore& store, const std::string& life) {
  for (std::uint32_t n = 0;; ++n) {
    std::array<std::uint8_t, 32> id{static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8)};
    for (std::size_t i = 0; i < life.size(); ++i) id[2 + i] = static_cast<std::uint8_t>(life[i]);
    std::promise<void> answered;
    store.blobs().put(BlobId(id), Bytes(40'000, id[0]), [&](auto result) {
      if (!result) ::_exit(4);
      print("B " + to_hex(id) + "\n");
      answered.set_value();
    });
    answered.get_future().wait();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 1;
  RocksStoreOptions options;
  options.directory = argv[1];
  options.database.write_buffer_bytes = 128 << 10;  // so that some lives see memory tables written out
  auto store = RocksStore::open(std::move(options));
  if (!store) return 5;
  const std::string life = argv[2];
  print("O\n");
  const std::jthread eager([&] { write_eagerly(**store, 1, life); });
  const std::jthread patient([&] { write_patiently(**store, 2, life); });
  const std::jthread blobs([&] { put_blobs(**store, life); });
  write_patiently(**store, 3, life);
}
