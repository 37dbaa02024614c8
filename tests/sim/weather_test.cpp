// Networks in bad weather: connections end in the middle of anything, the server dies and comes back from its store,
// programs die between any two of their steps. When the weather clears, every client has the same entries in the same
// order, and nothing that was sent is lost or doubled.
// ENCUENTRO_SEEDS: how many seeds (default 6).
// Tests: client/core/outbox.cpp client/core/log_sync.cpp client/core/session.cpp server/service/channel_book.cpp
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

std::size_t seeds() {
  const char* text = std::getenv("ENCUENTRO_SEEDS");
  return text == nullptr ? 6 : std::strtoul(text, nullptr, 10);
}

struct Weather {
  tests::SeededRandom random;
  Network net;
  std::vector<Client*> members;
  ChannelId id;
  std::vector<std::string> sent;
  std::set<std::string> perhaps;  // the program died over it: taken or not, but never twice
  int written = 0;

  explicit Weather(std::uint64_t seed) : random(seed * 13 + 5), net(seed) {
    core::CreateChannel create;
    create.title = "Tormenta";
    create.kind = policy::ChannelKind::committee;
    create.history = seed % 2 == 0 ? policy::History::shared : policy::History::sealed;
    create.countries = {"AR", "BR", "CL", "UY"};
    for (const std::string& code : create.countries) {
      net.country(code);
      members.push_back(&net.quick_focal_point(code));
    }
    id = members[0]->get<core::ChannelCreated>(create).channel;
    for (std::size_t i = 1; i < members.size(); ++i) members[0]->must(core::AddToChannel{id, members[i]->member()});
  }

  core::CreateChannel another() const {
    core::CreateChannel create;
    create.title = "Otro";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    create.members = {members[1]->member()};
    return create;
  }
  static std::optional<core::ChannelLook> the_other(const Client& who) {
    for (const ChannelId& channel : who.look().channels()) {
      if (who.look().title(channel) == "Otro") return who.look().channel(channel);
    }
    return std::nullopt;
  }

  std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random.next() % count); }

  // A person writes; whatever becomes of connection and program, it is in the outbox or was never taken.
  void write(Client& who) {
    if (!who.running()) who.restart();
    core::Send send;
    send.channel = id;
    send.body = "n.º " + std::to_string(written++);
    auto before = who.look().outbox(id).size();
    CHECK(who.begin(send) > 0);
    if (!who.running()) {
      perhaps.insert(send.body);
    } else if (who.look().outbox(id).size() > before) {
      sent.push_back(send.body);
    }
  }

  void something_happens() {
    Client& who = *members[pick(members.size())];
    switch (pick(8)) {
      case 0:
        net.world.restart_server();
        break;
      case 1:
        if (who.running()) who.cut();
        break;
      case 2:
        who.dies_in(1 + static_cast<int>(pick(12)));
        break;
      case 3:
        if (!who.running()) who.restart();
        break;
      default:
        write(who);
    }
    for (std::size_t i = pick(40); i > 0; --i) net.world.step();
    if (pick(3) == 0) net.world.settle(seconds(1));
  }

  void clears_up() {
    net.world.cut_one_in = 0;
    for (Client* member : members) {
      member->dies_in(0);
      member->restart();
    }
    net.world.settle(minutes(10));
  }
};

}  // namespace

TEST_CASE("weather: the same records in the same order, nothing lost, nothing twice") {
  for (std::size_t seed = 0; seed < seeds(); ++seed) {
    Weather w(9000 + seed);
    INFO("seed " << 9000 + seed);
    w.net.world.cut_one_in = 40 + 40 * (seed % 3);
    for (int i = 0; i < 60; ++i) w.something_happens();
    w.clears_up();
    auto log = w.members[0]->look().log_entries(w.id);
    for (Client* member : w.members) {
      CHECK(member->look().session() == core::SessionState::online);
      CHECK(member->look().log_entries(w.id) == log);
      CHECK(member->alarms().empty());
      CHECK(member->look().outbox(w.id).empty());
      auto bodies = member->bodies(w.id);
      std::set<std::string> read(bodies.begin(), bodies.end());
      CHECK(read.size() == bodies.size());
      for (const std::string& words : w.sent) CHECK(read.erase(words) == 1);
      for (const std::string& words : read) CHECK(w.perhaps.contains(words));
    }
  }
}

TEST_CASE("weather: a client that dies between any two steps of its work takes it up and does it once") {
  for (bool sealed : {false}) {  // sealed: short_runs_test.cpp
    for (int half_steps = 1; half_steps <= 14; ++half_steps) {
      Weather w(sealed ? 9101 : 9100);
      Client& ar = *w.members[0];
      Client& br = *w.members[1];
      INFO("dies in " << half_steps << (sealed ? ", sealed" : ", shared"));
      ar.dies_in(half_steps);
      w.write(ar);
      w.net.world.settle();
      if (!ar.running()) ar.restart();
      w.net.world.settle(minutes(1));
      // Dead before the first transaction: never taken. After it: sent by the next run.
      if (half_steps == 2) w.sent.assign(w.perhaps.begin(), w.perhaps.end());
      CHECK(br.bodies(w.id) == w.sent);
      CHECK(ar.bodies(w.id) == w.sent);
      CHECK(ar.look().outbox(w.id).empty());
      CHECK(ar.alarms().empty());
      // The same for a Commit: somebody is taken out.
      ar.dies_in(half_steps);
      auto ticket = ar.begin(core::RemoveFromChannel{w.id, w.members[3]->member()});
      w.net.world.settle();
      if (!ar.running()) {
        ar.restart();
        w.net.world.settle();
        ar.must(core::RemoveFromChannel{w.id, w.members[3]->member()});
      } else {
        CHECK(ar.answer(ticket) == Code::none);
      }
      w.write(br);
      w.net.world.settle(minutes(1));
      CHECK(ar.look().channel(w.id)->devices.size() == 3);
      CHECK(ar.bodies(w.id) == w.sent);
      CHECK(w.members[3]->look().channel(w.id)->state == core::ChannelState::out);
      for (Client* member : w.members) CHECK(member->alarms().empty());
    }
  }
}

TEST_CASE("weather: a channel whose first entry met the end of the connection is made on the next one") {
  Weather w(9200);
  Client& ar = *w.members[0];
  auto ticket = ar.begin(w.another());
  ar.cut();
  w.net.world.settle(minutes(1));
  CHECK(ar.answer(ticket) == Code::none);
  auto made = w.the_other(*w.members[1]);
  REQUIRE(made);
  CHECK(made->state == core::ChannelState::in);
  CHECK(made->devices.size() == 2);
  ar.must(core::Sync{});
}

TEST_CASE("weather: a client that dies between any two steps of making a channel makes it, or never began") {
  for (int half_steps = 1; half_steps <= 14; ++half_steps) {
    INFO("dies in " << half_steps);
    Weather w(9201);
    Client& ar = *w.members[0];
    ar.dies_in(half_steps);
    ar.begin(w.another());
    w.net.world.settle();
    if (!ar.running()) ar.restart();
    w.net.world.settle(minutes(1));
    ar.must(core::Sync{});
    CHECK(ar.alarms().empty());
    auto made = w.the_other(ar);
    CHECK(made.has_value() == (half_steps > 1));  // dead before the first transaction: never taken up
    if (made) CHECK(made->state == core::ChannelState::in);
  }
}

TEST_CASE("weather: who is let into more channels than can be followed follows as many, and reads them all") {
  Weather w(9300);
  Client& ar = *w.members[0];
  Client& br = *w.members[1];
  auto count = [](const Client& who) { return who.look().channels().size(); };
  std::size_t before = count(ar) - 1;  // those that AR didn't make
  while (count(ar) - before < limits::channels_per_member_max) ar.must(w.another());
  // As many as one person may make: that is said, and not tried for ever.
  CHECK(ar.refused(w.another()) == Code::too_many);
  CHECK(count(ar) == before + limits::channels_per_member_max);
  ChannelId own = br.get<core::ChannelCreated>(w.another()).channel;
  br.restart();
  br.must(core::Sync{});
  CHECK(count(br) > limits::channels_per_member_max);
  ChannelId first = own;
  ChannelId last = own;
  for (const ChannelId& id : br.look().channels()) {
    if (br.look().title(id) != "Otro" || id == own) continue;
    first = std::min(first, id);
    last = std::max(last, id);
  }
  const std::vector<std::string> heard = {"Hola."};
  core::Send words;
  words.body = heard[0];
  for (const ChannelId& id : {first, last}) {
    words.channel = id;
    ar.must(words);
  }
  w.net.world.settle();
  CHECK(br.look().session() == core::SessionState::online);
  CHECK(br.bodies(first) == heard);  // as it was written
  br.restart();
  br.must(core::Sync{});
  CHECK(br.bodies(last) == heard);
}
