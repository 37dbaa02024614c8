// The store's own: kill -9. What both stores share is in the conformance suite.
#include "storage/rocksdb/rocks_store.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <random>
#include <sstream>

#include "tests/unit/storage/rocksdb/rocks_fixture.h"

using namespace encuentro;
using namespace encuentro::storage;
using namespace encuentro::storage::test;

namespace {

struct Acknowledged {
  std::map<std::string, std::map<std::uint64_t, std::string>> requests;  // by channel and seq
  std::vector<std::string> blobs;
};

// A life of the writing process: begins when made, ends by SIGKILL.
class Writer {
 public:
  Writer(const std::string& directory, const std::string& life) {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::close(ends[1]);
      ::execl(ENCUENTRO_KILL_WRITER, ENCUENTRO_KILL_WRITER, directory.c_str(), life.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
  }

  // Reads until `lines` lines came, then until `more_ms` passed, kills, and reads what was still said.
  void read_and_kill(std::size_t lines, int more_ms) {
    while (lines_ < lines) REQUIRE(read(-1));
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(more_ms);
    while (std::chrono::steady_clock::now() < end) read(1);
    REQUIRE(::kill(process_, SIGKILL) == 0);
    while (read(-1)) {
    }
    int status = 0;
    REQUIRE(::waitpid(process_, &status, 0) == process_);
    // It ended by our hand, not by an answer it didn't expect.
    REQUIRE(WIFSIGNALED(status));
    ::close(output_);
  }

  // Whole lines only: a cut one wasn't said.
  std::string said() const { return text_.substr(0, text_.rfind('\n') + 1); }

 private:
  // False at the end of the output.
  bool read(int timeout_ms) {
    pollfd waiting{output_, POLLIN, 0};
    if (::poll(&waiting, 1, timeout_ms) == 0) return true;
    std::array<char, 65536> part{};
    const ssize_t size = ::read(output_, part.data(), part.size());
    if (size <= 0) return false;
    text_.append(part.data(), static_cast<std::size_t>(size));
    lines_ += static_cast<std::size_t>(std::count(part.data(), part.data() + size, '\n'));
    return true;
  }

  pid_t process_ = -1;
  int output_ = -1;
  std::string text_;
  std::size_t lines_ = 0;
};

void note(const std::string& said, Acknowledged& acknowledged) {
  std::istringstream lines(said);
  for (std::string kind; lines >> kind;) {
    if (kind == "E") {
      std::string where;
      std::string request;
      std::uint64_t seq = 0;
      lines >> where >> seq >> request;
      REQUIRE(acknowledged.requests[where].emplace(seq, request).second);
    } else if (kind == "B") {
      acknowledged.blobs.emplace_back();
      lines >> acknowledged.blobs.back();
    }
  }
}

// Everything acknowledged is there, at its place, once; a writer's entries of one life are in its order.
void require_log(PartitionStore& store, const std::string& where,
                 const std::map<std::uint64_t, std::string>& expected) {
  std::map<std::string, int> last_of_writer;
  std::set<Bytes> seen;
  std::uint64_t next = 1;
  for (bool more = true; more;) {
    const LogPage page = read_log(store, channel(where), next, {1000, 1 << 20});
    for (const auto& found : page.entries) {
      REQUIRE(found.seq == next);
      REQUIRE(seen.insert(found.request_id).second);
      const std::string request(as_text(found.request_id));
      if (const auto known = expected.find(next); known != expected.end()) REQUIRE(known->second == request);
      const auto dash = request.rfind('-');
      const int number = std::stoi(request.substr(dash + 1)) + 1;
      int& last = last_of_writer[request.substr(0, dash)];
      REQUIRE(number > last);
      last = number;
      ++next;
    }
    more = page.more;
  }
  REQUIRE(next > expected.rbegin()->first);
  REQUIRE(find_request(store, channel(where), expected.rbegin()->second) == expected.rbegin()->first);
}

void require_all(RocksStore& store, const Acknowledged& acknowledged) {
  for (const auto& [where, expected] : acknowledged.requests) require_log(store, where, expected);
  for (const auto& hex : acknowledged.blobs) {
    Bytes id;
    REQUIRE(from_hex(hex, id));
    const auto found = await<Bytes>([&](auto done) { store.blobs().get(BlobId(id), 0, 1 << 20, std::move(done)); });
    REQUIRE(found);
    REQUIRE(*found == Bytes(40'000, id[0]));
  }
}

}  // namespace

TEST_CASE("kill -9 at any moment loses nothing acknowledged and doubles nothing") {
  constexpr int lives = 20;
  const auto seed = std::random_device{}();
  CAPTURE(seed);
  std::mt19937 random(seed);
  TemporaryDirectory directory;
  Acknowledged acknowledged;
  for (int life = 1; life <= lives; ++life) {
    CAPTURE(life);
    Writer writer(directory.path("store"), "life" + std::to_string(life));
    // Some are killed while they open the store, most while they write.
    const std::size_t lines = life % 5 == 0 ? 0 : 1 + random() % 600;
    writer.read_and_kill(lines, static_cast<int>(random() % 10));
    note(writer.said(), acknowledged);
    // A copy is opened, so that the next life finds what this one's death left.
    copy_live(directory.path("store"), directory.path("killed"));
    require_all(*opened(directory.path("killed")), acknowledged);
  }
  CHECK(acknowledged.requests.size() == 3);
  CHECK(acknowledged.requests["shared"].size() > 100);
  CHECK(acknowledged.blobs.size() > 10);
}

TEST_CASE("a store is told apart by its generation, which begins at one") {
  TemporaryDirectory directory;
  CHECK(opened(directory.path("store"))->generation() == 1);
  CHECK(opened(directory.path("store"))->generation() == 1);
}

TEST_CASE("reads beyond the queue's bound are refused at once") {
  TemporaryDirectory directory;
  auto store = opened(directory.path("store"), [](RocksStoreOptions& options) {
    options.readers = 1;
    options.reads_queued_max = 3;
  });
  std::promise<void> held;
  std::promise<void> go_on;
  store->head(channel(), [&](auto) {
    held.set_value();
    go_on.get_future().wait();
  });
  held.get_future().wait();
  std::atomic<int> answered = 0;
  for (int i = 0; i < 3; ++i) store->head(channel(), [&](auto result) { answered += result ? 1 : 100; });
  Code refused = Code::none;
  store->head(channel(), [&](auto result) { refused = result ? Code::none : result.error().code; });
  CHECK(refused == Code::overloaded);
  go_on.set_value();
  store.reset();
  CHECK(answered == 3);
}
