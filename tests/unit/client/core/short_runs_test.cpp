// Programs that run for one command each, as the command line does: nobody else is online, and everything has to be
// taken up where the last run left it.
#include "client/core/sync.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Words = std::vector<std::string>;

namespace {

// Starts, brings itself up to date, runs the command, stops.
template <class Outcome = core::Nothing>
Outcome once(Client& client, core::Command command) {
  client.restart();
  client.must(core::Sync{});
  auto outcome = client.get<Outcome>(std::move(command));
  client.stop();
  client.cut();
  return outcome;
}

Code refused_once(Client& client, core::Command command) {
  client.restart();
  client.must(core::Sync{});
  Code code = client.refused(std::move(command));
  client.stop();
  client.cut();
  return code;
}

Words read(Client& client, const ChannelId& id) {
  once(client, core::Sync{});
  return client.bodies(id);
}

core::Send words(const ChannelId& id, std::string body) {
  core::Send send;
  send.channel = id;
  send.body = std::move(body);
  return send;
}

void everybody_stops(std::initializer_list<Client*> clients) {
  for (Client* client : clients) {
    client->stop();
    client->cut();
  }
}

}  // namespace

TEST_CASE("short runs: a committee with two devices each, later entries, removal, revocation") {
  Network net(201);
  for (auto code : {"AR", "BR", "CL"}) net.country(code);
  Client& ar = net.focal_point("AR");
  Client& br = net.focal_point("BR");
  Client& cl = net.focal_point("CL");
  Client& ar2 = net.second_device(ar, "AR2");
  Client& br2 = net.second_device(br, "BR2");
  everybody_stops({&net.secretariat, &ar, &br, &cl, &ar2, &br2});

  core::CreateChannel create;
  create.title = "Educación";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "BR", "CL"};
  auto id = once<core::ChannelCreated>(ar, create).channel;
  once<core::ChannelChanged>(ar, core::AddToChannel{id, br.member()});
  once<core::Sent>(br, words(id, "uno"));
  CHECK(read(ar2, id) == Words{"uno"});
  CHECK(read(br2, id) == Words{"uno"});
  once<core::ChannelChanged>(ar2, core::AddToChannel{id, cl.member()});
  CHECK(read(cl, id) == Words{"uno"});
  once<core::Sent>(cl, words(id, "dos"));
  CHECK(read(br2, id) == Words{"uno", "dos"});

  once<core::ChannelChanged>(ar, core::RemoveFromChannel{id, cl.member()});
  once<core::Sent>(br, words(id, "tres"));
  cl.restart();
  cl.must(core::Sync{});
  CHECK(cl.bodies(id) == Words{"uno", "dos"});
  CHECK(cl.look().channel(id)->state == core::ChannelState::out);
  CHECK(refused_once(cl, words(id, "no")) == Code::not_admitted);

  once<core::RosterPlace>(br, core::RevokeDevice{br2.look().self().device, std::nullopt});
  once<core::Sent>(ar, words(id, "sin BR2"));
  br2.restart();
  CHECK(br2.refused(core::Sync{}) == Code::revoked);
  CHECK(br2.bodies(id) == Words{"uno", "dos"});
  CHECK(read(br, id) == Words{"uno", "dos", "tres", "sin BR2"});
  for (Client* client : {&ar, &br, &cl, &ar2}) CHECK(client->alarms().empty());
}

TEST_CASE("short runs: the board with nobody else online, acknowledged by countries") {
  Network net(202);
  for (auto code : {"AR", "BR"}) net.country(code);
  Client& ar = net.focal_point("AR");
  Client& br = net.focal_point("BR");
  everybody_stops({&net.secretariat, &ar, &br});
  core::Announce announce;
  announce.channel = net.founded.general_board;
  announce.title = "Circular";
  announce.ask_ack = true;
  auto sent = once<core::Sent>(net.secretariat, announce);
  once<core::Sent>(ar, core::Acknowledge{announce.channel, sent.id});
  once<core::Sent>(br, core::Acknowledge{announce.channel, sent.id});
  once(net.secretariat, core::Sync{});
  std::set<MemberId> acknowledged;
  for (const core::Record* record : net.secretariat.look().records(announce.channel)) {
    bool ack = record->kind == static_cast<std::uint16_t>(content::Kind::acknowledgement);
    if (ack && record->content.about == sent.id) acknowledged.insert(record->member);
  }
  CHECK(acknowledged == std::set<MemberId>{ar.member(), br.member()});
}

TEST_CASE("short runs: stopped at any moment of a send, it arrives once") {
  for (int steps = 0; steps < 12; ++steps) {
    Network net(300);
    net.country("AR");
    Client& ar = net.focal_point("AR");
    core::CreateChannel create;
    create.title = "Sola";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR"};
    create.history = steps % 2 ? policy::History::sealed : policy::History::shared;
    auto id = ar.get<core::ChannelCreated>(create).channel;
    ar.begin(words(id, "una vez"));
    for (int i = 0; i < steps; ++i) net.world.step();
    ar.restart();  // as after kill -9
    net.world.settle();
    INFO("stopped after " << steps << " steps");
    CHECK(ar.bodies(id) == Words{"una vez"});
    CHECK(ar.look().outbox(id).empty());
    CHECK(ar.alarms().empty());
  }
}
