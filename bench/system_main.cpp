// bench-system: the whole way of a message: cores that seal, sign and check, TLS, the server's program, its synced
// disk, and back to every reader. All run on this machine, so the processor time of both sides is told apart; a
// client's own disk is left out.
//   bench-system [directory on the disk to be measured]
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "bench/disk.h"
#include "bench/net_delivery.h"
#include "bench/primitives.h"
#include "bench/space.h"

namespace {

using namespace encuentro;
using bench::Party;
using bench::ServerProcess;
using bench::Space;
using Clock = std::chrono::steady_clock;
namespace core = client::core;

constexpr std::size_t people = 201;  // an author and 200 readers
constexpr std::size_t records_to_catch_up = 10'000;
constexpr std::size_t latencies = 200;
constexpr auto round_time = std::chrono::seconds(5);
constexpr auto disk_time = std::chrono::seconds(1);
const std::string text(600, 'x');  // padded to 1 KiB with its envelope

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double own_cpu_us() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

// Where the server's processor time went since `before`, a message.
void print_threads(const ServerProcess& server, std::map<std::string, double> before, double messages) {
  std::printf("%14s server:", "");
  for (const auto& [name, us] : server.thread_cpu_us()) {
    const double each = (us - before[name]) / messages;
    if (each >= 0.5) std::printf(" %s %.0f us", name.c_str(), each);
  }
  std::printf("\n");
}

// Each of them sends its next message when the last was acknowledged, and reads what the others send meanwhile.
void measure_sending(const std::string& directory, const ServerProcess& server, Space& space, const char* where,
                     const std::vector<ChannelId>& channels) {
  const double syncs = bench::fdatasyncs_per_second(directory, disk_time);
  std::vector<std::uint64_t> sent(channels.size());
  std::vector<Party::Spent> spent(channels.size());
  std::atomic<bool> over = false;
  std::barrier all(static_cast<std::ptrdiff_t>(channels.size() + 1));
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    threads.emplace_back([&, i] {
      Party& party = space.party(i);
      if (i != 0) party.come_back();
      party.must(core::Sync{});
      all.arrive_and_wait();
      const Party::Spent before = party.spent();
      while (!over) {
        party.must(core::Send{channels[i], text, {}, {}, {}});
        ++sent[i];
      }
      spent[i] = {party.spent().core_us - before.core_us, party.spent().wire_us - before.wire_us};
      all.arrive_and_wait();
      if (i != 0) party.leave();
    });
  }
  all.arrive_and_wait();
  const auto threads_before = server.thread_cpu_us();
  const double server_before = server.cpu_us();
  const double clients_before = own_cpu_us();
  const auto start = Clock::now();
  std::this_thread::sleep_for(round_time);
  over = true;
  all.arrive_and_wait();
  const double took_ms = ms_since(start);
  double messages = 0;
  Party::Spent sum;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    messages += static_cast<double>(sent[i]);
    sum.core_us += spent[i].core_us;
    sum.wire_us += spent[i].wire_us;
  }
  const double rate = messages * 1000 / took_ms;
  std::printf("%-14s %6zu %11.0f %11.0f %8.2f %12.0f %14.0f\n", where, channels.size(), rate, syncs, rate / syncs,
              (server.cpu_us() - server_before) / messages, (own_cpu_us() - clients_before) / messages);
  print_threads(server, threads_before, messages);
  std::printf("%14s clients: core %.0f us, TLS and sockets %.0f us\n", "", sum.core_us / messages,
              sum.wire_us / messages);
}

void measure_latency(Space& space, const ChannelId& channel) {
  Party& author = space.party(0);
  Party& reader = space.party(1);
  reader.come_back();
  reader.must(core::Sync{});
  author.must(core::Sync{});
  std::vector<double> acknowledged;
  std::vector<double> read;
  for (std::size_t i = 0; i < latencies; ++i) {
    const std::size_t had = reader.core().records(channel).size();
    const auto start = Clock::now();
    double seen = 0;
    std::jthread reading([&] {
      while (reader.core().records(channel).size() == had) reader.serve(seconds(1));
      seen = ms_since(start);
    });
    author.must(core::Send{channel, text, {}, {}, {}});
    acknowledged.push_back(ms_since(start));
    reading.join();
    read.push_back(seen);
  }
  reader.leave();
  std::sort(acknowledged.begin(), acknowledged.end());
  std::sort(read.begin(), read.end());
  std::printf("\nfrom send to acknowledgement: median %.2f ms, p99 %.2f ms; to the other's screen: %.2f, %.2f\n",
              acknowledged[latencies / 2], acknowledged[latencies * 99 / 100], read[latencies / 2],
              read[latencies * 99 / 100]);
}

void measure_catch_up(Space& space, const ChannelId& channel) {
  Party& author = space.party(0);
  Party& reader = space.party(1);
  for (std::size_t i = 0; i < records_to_catch_up; ++i) author.must(core::Send{channel, text, {}, {}, {}});
  auto start = Clock::now();
  reader.come_back();
  const double opened = ms_since(start);
  const std::size_t had = reader.core().records(channel).size();
  start = Clock::now();
  const double cpu = own_cpu_us();
  reader.must(core::Sync{});
  const double caught_up = ms_since(start);
  const auto got = static_cast<double>(reader.core().records(channel).size() - had);
  std::printf("catch-up of %.0f records: %.0f ms, %.0f us of the client's processor time each", got, caught_up,
              (own_cpu_us() - cpu) / got);
  reader.leave();
  start = Clock::now();
  reader.come_back();
  std::printf("; starting with them: %.0f ms (before: %.0f ms), %.1f MB stored\n", ms_since(start), opened,
              static_cast<double>(reader.disk_bytes()) / 1e6);
  reader.leave();
}

// Logged in, subscribed and silent. The focal point is there all along.
void measure_idle(const ServerProcess& server, Space& space) {
  constexpr std::size_t first = 21;  // what only the first ones cost isn't counted
  double before = 0;
  for (std::size_t i = 1; i < people; ++i) {
    if (i == first) before = server.resident_bytes();
    space.party(i).come_back();
    space.party(i).must(core::Sync{});
  }
  std::printf("\nidle connections of people who are logged in: %.0f bytes each of the server's memory\n",
              (server.resident_bytes() - before) / static_cast<double>(people - first));
  for (std::size_t i = 1; i < people; ++i) space.party(i).leave();
}

// The author's messages one after the other, each read by all before the next; the server's processor time.
double server_us_a_message(const ServerProcess& server, Space& space, const ChannelId& channel, std::size_t readers) {
  constexpr std::size_t messages = 100;
  Party& author = space.party(0);
  std::barrier all(static_cast<std::ptrdiff_t>(readers + 1));
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i <= readers; ++i) {
    threads.emplace_back([&, i] {
      Party& reader = space.party(i);
      reader.come_back();
      reader.must(core::Sync{});
      const std::size_t had = reader.core().records(channel).size();
      all.arrive_and_wait();
      for (std::size_t number = 1; number <= messages; ++number) {
        while (reader.core().records(channel).size() < had + number) reader.serve(seconds(1));
        all.arrive_and_wait();
      }
      reader.leave();
    });
  }
  author.must(core::Sync{});
  all.arrive_and_wait();
  const double before = server.cpu_us();
  for (std::size_t number = 0; number < messages; ++number) {
    author.must(core::Send{channel, text, {}, {}, {}});
    all.arrive_and_wait();
  }
  return (server.cpu_us() - before) / static_cast<double>(messages);
}

void measure_delivery(const ServerProcess& server, Space& space, const std::vector<double>& bare_us) {
  const double alone = server_us_a_message(server, space, space.channel(1), 0);
  std::printf("\na message's delivery, processor time of the server (a message to nobody else: %.0f us)\n", alone);
  std::size_t row = 0;
  for (const std::size_t readers : {std::size_t{20}, std::size_t{200}}) {
    const double whole = server_us_a_message(server, space, space.channel(readers + 1), readers);
    std::printf("  to %3zu: %.2f us each; a bare send() of as much: %.2f us\n", readers,
                (whole - alone) / static_cast<double>(readers), bare_us[row++]);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const std::string directory = argc > 1 ? argv[1] : std::filesystem::current_path().string();
  // First, since it forks.
  std::vector<double> bare_us;
  for (const int readers : {20, 200}) {
    bare_us.push_back(bench::measure_delivery(bench::NetPeer::Kind::bare_send, readers, 1).cpu_us);
  }
  const ServerProcess server(directory);
  Space space(server);
  space.grow_to(2);
  const ChannelId two = space.channel(2);
  measure_latency(space, two);
  measure_catch_up(space, two);

  const auto start = Clock::now();
  space.grow_to(people);
  std::printf("%zu people entered, each with five round trips and a growing board: %.0f ms each\n", people,
              ms_since(start) / static_cast<double>(people));
  measure_idle(server, space);
  measure_delivery(server, space, bare_us);

  const auto times = bench::measure_primitives(crypto::encuentro_suite);
  std::printf(
      "\nacknowledged messages of 1 KiB, everybody sending and reading; of the primitives, a signature is %.0f us,"
      " a check %.0f us, the AEAD %.1f us\n",
      times.sign(64), times.verify(64), times.seal(1024));
  std::printf("%-14s %6s %11s %11s %8s %12s %14s\n", "", "clients", "messages/s", "fdatasync/s", "ratio", "server us",
              "clients' us");
  const std::size_t many = people - 1;
  for (const std::size_t clients : {std::size_t{1}, std::size_t{16}, many}) {
    measure_sending(directory, server, space, "one channel", std::vector(clients, space.channel(clients)));
  }
  std::vector<ChannelId> own;
  for (const std::size_t clients : {std::size_t{1}, std::size_t{16}, many}) {
    while (own.size() < clients) own.push_back(space.channel_with(own.size()));
    measure_sending(directory, server, space, "own channels", own);
  }
}
