// bench-storage: what the embedded store makes durable in a second, beside what this disk syncs in a second, measured
// in the same run, in turns. Medians of the rounds. An append is an entry of 1 KiB with its request id; a writer
// begins the next one when the last was answered.
//   bench-storage [directory on the disk to be measured]
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <future>
#include <latch>
#include <string>
#include <vector>

#include "bench/disk.h"
#include "storage/rocksdb/rocks_store.h"

namespace {

using namespace encuentro;
using namespace encuentro::storage;
using Clock = std::chrono::steady_clock;

constexpr int rounds = 3;
constexpr auto round_time = std::chrono::milliseconds(1000);
constexpr std::size_t entry_bytes = 1024;

[[noreturn]] void give_up(const char* what) {
  std::fprintf(stderr, "bench-storage: %s failed\n", what);
  std::exit(1);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

double at_percent(std::vector<double>& values, std::size_t percent) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() * percent / 100];
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Load {
  std::size_t writers = 1;
  bool own_channels = false;
};

struct Rate {
  double per_second = 0;
  double p50_us = 0;
  double p99_us = 0;
};

// Writers that live in the callbacks: one begins its next append when the last is answered, as connections do.
class Writers {
 public:
  Writers(PartitionStore& store, Load load, int round)
      : store_(store), load_(load), round_(round), ended_(static_cast<std::ptrdiff_t>(load.writers)) {}

  Rate run() {
    start_ = Clock::now();
    for (std::size_t writer = 0; writer < load_.writers; ++writer) append(writer);
    ended_.wait();
    const double seconds = seconds_since(start_);
    Rate rate;
    rate.per_second = static_cast<double>(latencies_us_.size()) / seconds;
    rate.p50_us = at_percent(latencies_us_, 50);
    rate.p99_us = at_percent(latencies_us_, 99);
    return rate;
  }

 private:
  void append(std::size_t writer) {
    const std::string place = load_.own_channels ? std::to_string(writer) : "one";
    const std::string request =
        std::to_string(load_.writers) + place + "-" + std::to_string(round_) + "-" + std::to_string(number_++);
    ChangeSet change{{"ch", place}, {EpochIs{0}}, {Append{to_bytes(as_bytes(request)), Bytes(entry_bytes, 'x')}}};
    store_.commit(std::move(change), [this, writer, began = Clock::now()](auto result) {
      if (!result || result->outcome != Outcome::stored) give_up("append");
      const auto now = Clock::now();
      // On the committer's thread alone.
      latencies_us_.push_back(std::chrono::duration<double, std::micro>(now - began).count());
      if (now - start_ < round_time) return append(writer);
      ended_.count_down();
    });
  }

  PartitionStore& store_;
  Load load_;
  int round_;
  Clock::time_point start_;
  std::atomic<std::uint64_t> number_ = 0;
  std::latch ended_;
  std::vector<double> latencies_us_;
};

void measure_appends(RocksStore& store, const std::string& directory) {
  std::printf("%-34s %10s %10s %10s %12s\n", "appends of 1 KiB, acknowledged", "per s", "p50 us", "p99 us",
              "/fdatasync");
  for (const Load load : {Load{1, false}, Load{16, false}, Load{200, false}, Load{16, true}, Load{200, true}}) {
    std::vector<double> rate;
    std::vector<double> p50;
    std::vector<double> p99;
    std::vector<double> disk;
    for (int round = 0; round < rounds; ++round) {
      disk.push_back(bench::fdatasyncs_per_second(directory, round_time));
      const Rate measured = Writers(store, load, round + (load.own_channels ? rounds : 0)).run();
      rate.push_back(measured.per_second);
      p50.push_back(measured.p50_us);
      p99.push_back(measured.p99_us);
    }
    const std::string name = std::to_string(load.writers) + (load.writers == 1 ? " writer, " : " writers, ") +
                             (load.own_channels ? "a channel each" : "one channel");
    std::printf("%-34s %10.0f %10.0f %10.0f %12.2f   (%.0f fdatasync/s)\n", name.c_str(), median(rate), median(p50),
                median(p99), median(rate) / median(disk), median(disk));
  }
}

void measure_scan(RocksStore& store) {
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    std::uint64_t next = 1;
    std::size_t bytes = 0;
    const auto start = Clock::now();
    for (bool more = true; more;) {
      std::promise<Result<LogPage>> answered;
      store.read_log({"ch", "one"}, next, {1000, std::size_t{1} << 20},
                     [&](auto page) { answered.set_value(std::move(page)); });
      const auto page = answered.get_future().get();
      if (!page || page->entries.empty()) give_up("read_log");
      for (const auto& entry : page->entries) bytes += entry.body.size();
      next = page->entries.back().seq + 1;
      more = page->more;
    }
    rates.push_back(static_cast<double>(bytes) / 1e6 / seconds_since(start));
  }
  std::printf("%-34s %10.0f MB/s, one reader, pages of 1000\n", "scan of the log of one channel", median(rates));
}

// Two in flight, as the store has two lanes.
void measure_blobs(BlobStore& blobs) {
  constexpr std::size_t blob_bytes = 256 * 1024;
  constexpr std::uint32_t count = 200;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    std::latch ended(2);
    const auto start = Clock::now();
    std::function<void(std::uint8_t, std::uint32_t)> put = [&](std::uint8_t lane, std::uint32_t number) {
      if (number == count / 2) return ended.count_down();
      std::array<std::uint8_t, 32> id{static_cast<std::uint8_t>(number), lane, static_cast<std::uint8_t>(round)};
      blobs.put(BlobId(id), Bytes(blob_bytes, lane), [&put, lane, number](auto result) {
        if (!result) give_up("blob");
        put(lane, number + 1);
      });
    };
    put(0, 0);
    put(1, 0);
    ended.wait();
    rates.push_back(count * static_cast<double>(blob_bytes) / 1e6 / seconds_since(start));
  }
  std::printf("%-34s %10.0f MB/s, two in flight\n", "blobs of 256 KiB put, acknowledged", median(rates));
}

}  // namespace

int main(int argc, char** argv) {
  std::string directory = (std::filesystem::path(argc > 1 ? argv[1] : ".") / "bench-storage-XXXXXX").string();
  if (::mkdtemp(directory.data()) == nullptr) give_up("making a directory");
  {
    RocksStoreOptions options;
    options.directory = directory + "/store";
    const auto store = RocksStore::open(std::move(options));
    if (!store) give_up("opening the store");
    measure_appends(**store, directory);
    measure_scan(**store);
    measure_blobs((*store)->blobs());
  }
  std::filesystem::remove_all(directory);
  return 0;
}
