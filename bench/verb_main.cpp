// bench-verb: how long a short verb takes, unlock included: the program `encuentro` as a person starts it, on a profile
// that holds 10, 1,000 and 10,000 records, against a server on this machine. Exit 1 when a median is above the goal.
//   bench-verb [directory for profile and server]
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/median.h"
#include "bench/party.h"
#include "bench/server_process.h"
#include "client/cli/profile/store.h"

namespace {

using namespace encuentro;
using bench::Party;
namespace core = client::core;
namespace fs = std::filesystem;
using client::cli::profile::Store;

constexpr double goal_ms = 150;
constexpr int runs = 15;
const std::string text(600, 'x');

struct Home {
  fs::path folder;
  fs::path passphrase_file() const { return folder / "passphrase"; }
  fs::path input() const { return folder / "input"; }
  fs::path profile() const { return folder / "profile"; }
};

struct Took {
  double wall_ms;
  double cpu_ms;
};

[[noreturn]] void become_verb(const Home& home, const std::vector<std::string>& verb) {
  const int in = ::open(home.input().c_str(), O_RDONLY);
  const int out = ::open("/dev/null", O_WRONLY);
  ENC_CHECK(::dup2(in, STDIN_FILENO) == STDIN_FILENO && ::dup2(out, STDOUT_FILENO) == STDOUT_FILENO);
  const std::string program = fs::read_symlink("/proc/self/exe").replace_filename("encuentro").string();
  std::vector<std::string> words = {program, "--home", home.profile(), "--passphrase-file", home.passphrase_file()};
  words.insert(words.end(), verb.begin(), verb.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  ::execv(program.c_str(), arguments.data());
  ::_exit(127);
}

Took run_verb(const Home& home, const std::vector<std::string>& verb) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  ENC_CHECK(child >= 0);
  if (child == 0) become_verb(home, verb);
  int status = 0;
  rusage used{};
  ENC_CHECK(::wait4(child, &status, 0, &used) == child);
  const double wall = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  ENC_CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  const auto ms = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
  };
  return {wall, ms(used.ru_utime) + ms(used.ru_stime)};
}

// Median wall time, and the processor time of that run.
Took measure_verb(const Home& home, const std::vector<std::string>& verb) {
  run_verb(home, verb);
  std::vector<Took> took;
  for (int i = 0; i < runs; ++i) took.push_back(run_verb(home, verb));
  std::sort(took.begin(), took.end(), [](const Took& a, const Took& b) { return a.wall_ms < b.wall_ms; });
  return took[runs / 2];
}

void write_profile(const Home& home, const std::map<Bytes, Bytes>& rows) {
  fs::remove_all(home.profile());
  fs::create_directories(home.profile());
  auto store = Store::open(home.profile() / "store");
  ENC_CHECK(store.has_value());
  std::vector<client::cli::profile::Change> changes;
  for (const auto& [name, value] : rows) changes.push_back({name, value});
  ENC_CHECK(store->commit(changes).has_value());
}

std::map<Bytes, Bytes> read_profile(const Home& home) {
  std::map<Bytes, Bytes> rows;
  auto store = Store::open(home.profile() / "store");
  ENC_CHECK(store.has_value());
  ENC_CHECK(store->scan({}, [&](BytesView name, BytesView value) {
    rows[to_bytes(name)] = to_bytes(value);
    return true;
  }));
  return rows;
}

ChannelId found(const bench::ServerProcess& server, Party& party) {
  core::FoundNetwork found;
  found.address = server.endpoint().host + ":" + std::to_string(server.endpoint().port);
  found.spki = *server.endpoint().spki;
  found.name = "Red de medida";
  found.member = {"Secretaría", "", ""};
  party.must(found);
  party.must(core::AddCountry{"XA", "País", roster::CountryStatus::member, roster::Voice::any, {}, "acta 1"});
  core::CreateChannel create;
  create.title = "medida";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"XA"};
  return party.get<core::ChannelCreated>(create).channel;
}

bool print(const char* name, std::size_t records, const Took& took) {
  const bool over = took.wall_ms > goal_ms;
  std::printf("%-16s %8zu %10.1f ms %10.1f ms%s\n", name, records, took.wall_ms, took.cpu_ms, over ? "  OVER" : "");
  return over;
}

bool measure(const Home& home, std::size_t records) {
  bool over = print("whoami", records, measure_verb(home, {"whoami"}));
  over = print("send", records, measure_verb(home, {"send", "medida"})) || over;
  return print("read --offline", records, measure_verb(home, {"--offline", "read", "medida"})) || over;
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const fs::path directory = argc > 1 ? fs::path(argv[1]) : fs::current_path();
  const bench::ServerProcess server(directory);
  std::string folder = (directory / "encuentro-verb-XXXXXX").string();
  ENC_CHECK(::mkdtemp(folder.data()) != nullptr);
  const Home home{folder};
  std::ofstream(home.passphrase_file()) << Party::passphrase() << "\n";
  std::ofstream(home.input()) << text << "\n";

  const crypto::Argon2Parameters cost;
  const double unlocking_us =
      bench::median_us([&] { ENC_CHECK(crypto::argon2id(as_bytes(text), {}, cost).has_value()); });
  std::printf("to unlock alone (Argon2id, %u passes over %u MiB): %.1f ms\n", cost.passes, cost.memory_kib / 1024,
              unlocking_us / 1000);
  std::printf("%-16s %8s %13s %13s   goal %.0f ms\n", "verb", "records", "median", "processor", goal_ms);
  Party party(cost);
  const ChannelId channel = found(server, party);
  bool over = false;
  for (const std::size_t records : {std::size_t{10}, std::size_t{1'000}, std::size_t{10'000}}) {
    while (party.core().records(channel).size() < records) party.must(core::Send{channel, text, {}, {}, {}});
    party.leave();
    write_profile(home, party.disk());
    over = measure(home, records) || over;
    party.put_back(read_profile(home));
    party.come_back();
    party.must(core::Sync{});
  }
  party.leave();
  fs::remove_all(home.folder);
  return over ? 1 : 0;
}
