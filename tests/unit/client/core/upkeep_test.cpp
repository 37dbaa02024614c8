// Weeks and months pass: paths are renewed, silent devices go, old KeyPackages aren't given out.
#include "client/core/upkeep.h"

#include <algorithm>

#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

struct Three {
  Network net;
  Client& ar;
  Client& br;
  Client& cl;
  ChannelId id;

  explicit Three(std::uint64_t seed, policy::History history = policy::History::shared)
      : net(seed), ar(enter("AR")), br(enter("BR")), cl(enter("CL")) {
    core::CreateChannel create;
    create.title = "Tres";
    create.kind = policy::ChannelKind::committee;
    create.history = history;
    create.countries = {"AR", "BR", "CL"};
    id = ar.get<core::ChannelCreated>(create).channel;
    ar.must(core::AddToChannel{id, br.member()});
    ar.must(core::AddToChannel{id, cl.member()});
  }
  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  std::uint64_t epoch(const Client& who) const { return who.look().channel(id)->at.epoch.value; }
  bool inside(const Client& who) const {
    auto devices = ar.look().channel(id)->devices;
    return std::find(devices.begin(), devices.end(), who.look().self().device) != devices.end();
  }
  void say(Client& who, const std::string& words) {
    core::Send send;
    send.channel = id;
    send.body = words;
    who.must(send);
  }
  // The clock goes on also where nobody has anything to do.
  void pass(Duration span) {
    Timestamp until = net.world.now + span;
    net.world.settle(span);
    net.world.now = std::max(net.world.now, until);
  }
  void away(Client& who) {
    who.stop();
    who.cut();
  }
};

}  // namespace

TEST_CASE("upkeep: whoever is online changes its path every week, and nobody before") {
  for (auto history : {policy::History::shared, policy::History::sealed}) {
    Three t(601, history);
    auto before = t.epoch(t.ar);
    t.pass(days(6));
    CHECK(t.epoch(t.ar) == before);
    t.pass(days(2));
    CHECK(t.epoch(t.ar) == before + 3);
    t.pass(days(7));
    CHECK(t.epoch(t.ar) == before + 6);
    t.say(t.br, "dos semanas después");
    CHECK(t.cl.bodies(t.id) == std::vector<std::string>{"dos semanas después"});
    // Nobody did anything to the roster, and yet everybody has a fresh word of another: nobody is warned.
    for (Client* client : {&t.ar, &t.br, &t.cl, &t.net.secretariat}) CHECK(client->alarms().empty());
  }
}

// The first of the morning once wrote every checkpoint, and was itself warned of a frozen roster after three days.
TEST_CASE("upkeep: who wrote the last checkpoint leaves the next one to others") {
  Three t(605);
  for (Client* client : {&t.br, &t.cl, &t.net.secretariat}) t.away(*client);
  for (int day = 0; day < 8; ++day) {
    t.pass(hours(25));
    t.br.restart();
    t.net.world.settle(seconds(10));
    t.away(t.br);
  }
  CHECK(t.ar.alarms().empty());
  CHECK(t.br.alarms().empty());
}

TEST_CASE("upkeep: a device that was away for a month renews its path when it comes back") {
  Three t(602);
  t.away(t.cl);
  t.pass(days(30));
  CHECK(t.inside(t.cl));
  auto before = t.epoch(t.ar);
  t.cl.restart();
  t.net.world.settle();
  CHECK(t.epoch(t.ar) == before + 1);
  CHECK(t.cl.look().channel(t.id)->state == core::ChannelState::in);
}

TEST_CASE("upkeep: a device that was silent for ninety days is taken out, and comes in again with new KeyPackages") {
  Three t(603);
  t.say(t.cl, "hasta pronto");
  t.away(t.cl);
  t.pass(days(85));
  CHECK(t.inside(t.cl));
  t.pass(days(15));
  CHECK_FALSE(t.inside(t.cl));
  t.say(t.ar, "sin Chile");

  // What the server still holds of it has outlived its time: nobody gets it, and nobody raises anything.
  t.ar.begin(core::AddToChannel{t.id, t.cl.member()});
  t.net.world.settle(seconds(1));
  CHECK_FALSE(t.inside(t.cl));
  t.cl.restart();
  t.net.country("UY");
  t.net.world.settle();
  CHECK(t.cl.look().channel(t.id)->state == core::ChannelState::out);
  t.ar.must(core::AddToChannel{t.id, t.cl.member()});
  t.net.world.settle();
  CHECK(t.inside(t.cl));
  CHECK(t.cl.bodies(t.id) == std::vector<std::string>{"hasta pronto", "sin Chile"});
  for (Client* client : {&t.ar, &t.br, &t.cl}) {
    auto alarms = client->alarms();
    CHECK(std::count(alarms.begin(), alarms.end(), Code::invalid_key_package) == 0);
  }
}

TEST_CASE("upkeep: who isn't admitted any more is removed by whoever is online first") {
  Three t(604);
  t.away(t.ar);
  t.away(t.br);
  t.net.country("CL", roster::CountryStatus::suspended);
  t.net.world.settle();
  t.br.restart();
  t.net.world.settle();
  CHECK(t.br.look().channel(t.id)->devices.size() == 2);
  t.say(t.br, "sin Chile");
  t.ar.restart();
  t.net.world.settle();
  CHECK(t.ar.bodies(t.id) == std::vector<std::string>{"sin Chile"});
  CHECK(t.cl.bodies(t.id).empty());
}
