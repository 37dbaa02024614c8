// bench-system: the whole way of a message: cores that seal, sign and check, TLS, the server's program, its synced
// disk, and back to every reader. All run on this machine, so the processor time of both sides is told apart; a
// client's own disk is left out.
//   bench-system [directory on the disk to be measured]
#include <sys/resource.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "bench/party.h"
#include "bench/server_process.h"

namespace {

using namespace encuentro;
using bench::Party;
using bench::ServerProcess;
using Clock = std::chrono::steady_clock;
namespace core = client::core;

constexpr std::size_t people = 200;
constexpr std::size_t records_to_catch_up = 10'000;
constexpr std::size_t latencies = 200;
constexpr auto round_time = std::chrono::seconds(5);
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

// The Secretariat, one country, and its people; nobody is connected but who is measured.
struct Space {
  explicit Space(const ServerProcess& server) {
    core::FoundNetwork found;
    found.address = server.endpoint().host + ":" + std::to_string(server.endpoint().port);
    found.spki = *server.endpoint().spki;
    found.name = "Red de medida";
    found.member = {"Secretaría", "", ""};
    secretariat.must(found);
    secretariat.must(core::AddCountry{"XA", "País", roster::CountryStatus::member, roster::Voice::any, {}, "acta 1"});
    core::Invite invite;
    invite.role = roster::Role::focal_point;
    invite.country = "XA";
    focal_point = &enter(secretariat, invite);
    secretariat.leave();
  }

  Party& enter(Party& inviter, core::Invite invite) {
    invite.person.name = "persona " + std::to_string(parties.size());
    invite.with_code = false;
    const auto invited = inviter.get<core::Invited>(invite);
    Party& party = *parties.emplace_back(std::make_unique<Party>());
    members.push_back(party.get<core::Joined>(core::Join{invited.link, "", "portátil"}).member);
    while (!inviter.core().roster().newest().member(members.back())) inviter.serve(seconds(1));
    const RosterSeq place = inviter.get<core::RosterPlace>(core::Confirm{members.back(), std::nullopt}).seq;
    while (party.core().roster().head().seq < place) party.serve(seconds(1));
    party.must(core::Sync{});
    return party;
  }

  void grow_to(std::size_t count) {
    core::Invite invite;
    invite.role = roster::Role::delegate;
    invite.country = "XA";
    while (parties.size() < count) enter(*focal_point, invite).leave();
  }

  // Of the first `count`; the focal point is the first, and founds it.
  ChannelId channel(std::size_t count) {
    return channel({members.begin() + 1, members.begin() + static_cast<std::ptrdiff_t>(count)});
  }
  // Of the focal point and that one; of itself alone for 0.
  ChannelId channel_with(std::size_t party) {
    return channel(party == 0 ? std::vector<MemberId>{} : std::vector<MemberId>{members[party]});
  }
  ChannelId channel(std::vector<MemberId> others) {
    core::CreateChannel create;
    create.title = "canal de medida";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"XA"};
    create.members = std::move(others);
    return focal_point->get<core::ChannelCreated>(create).channel;
  }

  Party secretariat;
  Party* focal_point = nullptr;
  std::vector<std::unique_ptr<Party>> parties;
  std::vector<MemberId> members;
};

struct Rate {
  double per_second;
  double server_us;  // of processor time a message
  double clients_us;
};

// Each of them sends its next message when the last was acknowledged, and reads what the others send meanwhile.
Rate measure_sending(const ServerProcess& server, Space& space, const std::vector<ChannelId>& channels) {
  std::vector<std::uint64_t> sent(channels.size());
  std::atomic<bool> over = false;
  std::barrier all(static_cast<std::ptrdiff_t>(channels.size() + 1));
  std::vector<std::jthread> threads;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    threads.emplace_back([&, i] {
      Party& party = *space.parties[i];
      if (i != 0) party.come_back();
      party.must(core::Sync{});
      all.arrive_and_wait();
      while (!over) {
        party.must(core::Send{channels[i], text, {}, {}, {}});
        ++sent[i];
      }
      all.arrive_and_wait();
      if (i != 0) party.leave();
    });
  }
  all.arrive_and_wait();
  const double server_before = server.cpu_us();
  const double clients_before = own_cpu_us();
  const auto start = Clock::now();
  std::this_thread::sleep_for(round_time);
  over = true;
  all.arrive_and_wait();
  std::uint64_t sum = 0;
  for (const std::uint64_t count : sent) sum += count;
  const double messages = static_cast<double>(sum);
  return {messages * 1000 / ms_since(start), (server.cpu_us() - server_before) / messages,
          (own_cpu_us() - clients_before) / messages};
}

void print(const char* where, std::size_t clients, const Rate& rate) {
  std::printf("%-12s %7zu %12.0f %14.0f %15.0f\n", where, clients, rate.per_second, rate.server_us, rate.clients_us);
}

void measure_latency(Space& space, const ChannelId& channel) {
  Party& author = *space.parties[0];
  Party& reader = *space.parties[1];
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
  Party& author = *space.parties[0];
  Party& reader = *space.parties[1];
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

}  // namespace

int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const ServerProcess server(argc > 1 ? argv[1] : std::filesystem::current_path().string());
  Space space(server);
  space.grow_to(2);
  const ChannelId two = space.channel(2);
  measure_latency(space, two);
  measure_catch_up(space, two);

  const auto start = Clock::now();
  space.grow_to(people);
  std::printf("%zu people entered, each with five round trips and a growing board: %.0f ms each\n", people,
              ms_since(start) / people);
  std::printf("\nacknowledged messages of 1 KiB, everybody sending and reading\n");
  std::printf("%-12s %7s %12s %14s %15s\n", "", "clients", "messages/s", "server CPU us", "clients' CPU us");
  for (const std::size_t clients : {std::size_t{1}, std::size_t{16}, people}) {
    print("one channel", clients, measure_sending(server, space, std::vector(clients, space.channel(clients))));
  }
  std::vector<ChannelId> own;
  for (const std::size_t clients : {std::size_t{16}, people}) {
    while (own.size() < clients) own.push_back(space.channel_with(own.size()));
    print("own channels", clients, measure_sending(server, space, own));
  }
}
