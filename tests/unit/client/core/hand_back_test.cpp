// A server restored from a backup, among real cores: everybody says it once, gives back what they hold, and converges.
#include "client/core/hand_back.h"

#include "protocol/api/hand_back_calls.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Words = std::vector<std::string>;
using Codes = std::vector<Code>;

namespace {

core::Send words(const ChannelId& channel, std::string body) {
  core::Send send;
  send.channel = channel;
  send.body = std::move(body);
  return send;
}

void away(Client& client) {
  client.stop();
  client.cut();
}

// Two countries in one committee; what comes after `backup` is lost.
struct Lost {
  Network net;
  Client& ar;
  Client& br;
  ChannelId id;
  storage::MemoryStore::Snapshot backup;

  explicit Lost(std::uint64_t seed, policy::History history = policy::History::shared)
      : net(seed), ar(enter("AR")), br(enter("BR")) {
    core::CreateChannel create;
    create.title = "Comité";
    create.kind = policy::ChannelKind::committee;
    create.history = history;
    create.countries = {"AR", "BR", "CL"};
    id = ar.get<core::ChannelCreated>(create).channel;
    ar.must(core::AddToChannel{id, br.member()});
    ar.must(words(id, "antes"));
    net.world.settle();
    backup = net.world.backup();
  }
  Client& enter(const std::string& code) {
    net.country(code);
    return net.quick_focal_point(code);
  }
  void restore() {
    net.world.restore_server(backup);
    net.world.settle(minutes(5));
  }
  std::vector<Client*> everybody() { return {&net.secretariat, &ar, &br}; }
};

}  // namespace

TEST_CASE("what was lost is handed back, said once, and everybody converges") {
  Lost space(11);
  space.br.must(words(space.id, "uno"));
  space.ar.must(words(space.id, "dos"));
  space.net.country("CL");
  space.restore();
  space.net.world.end_recovery();
  space.net.world.settle(minutes(1));
  for (Client* client : space.everybody()) {
    CHECK(client->alarms() == Codes{Code::server_rolled_back});
    CHECK(client->look().alarms().empty());
    CHECK(client->look().roster().head().seq == space.ar.look().roster().head().seq);
  }
  CHECK(space.ar.bodies(space.id) == Words{"antes", "uno", "dos"});
  CHECK(space.br.bodies(space.id) == space.ar.bodies(space.id));
  space.br.must(words(space.id, "después"));
  space.net.world.settle();
  CHECK(space.ar.bodies(space.id) == Words{"antes", "uno", "dos", "después"});
  // Nobody says it again.
  for (Client* client : space.everybody()) {
    client->restart();
    client->must(core::Sync{});
    CHECK(client->alarms() == Codes{Code::server_rolled_back});
  }
}

TEST_CASE("one who had everything comes last: the others wait with what they write, and lose nothing") {
  Lost space(12);
  away(space.br);
  space.ar.must(words(space.id, "uno"));
  space.ar.must(words(space.id, "dos"));
  away(space.ar);
  space.br.restart();
  space.net.world.restore_server(space.backup);
  space.br.must(core::Sync{});
  std::uint32_t ticket = space.br.begin(words(space.id, "espera"));
  space.net.world.settle(minutes(1));
  CHECK_FALSE(space.br.answer(ticket).has_value());
  CHECK(space.br.bodies(space.id) == Words{"antes"});
  space.ar.restart();
  space.net.world.settle(minutes(1));
  CHECK(space.br.bodies(space.id) == Words{"antes", "uno", "dos"});
  space.net.world.end_recovery();
  space.net.world.settle(minutes(1));
  CHECK(space.br.answer(ticket) == Code::none);
  CHECK(space.ar.bodies(space.id) == Words{"antes", "uno", "dos", "espera"});
  CHECK(space.br.bodies(space.id) == space.ar.bodies(space.id));
  CHECK(space.br.look().alarms().empty());
}

TEST_CASE("a channel, a person and a device that came after the backup come back") {
  Lost space(13);
  Client& cl = space.enter("CL");
  Client& second = space.net.second_device(space.ar, "second");
  core::CreateChannel create;
  create.title = "Nuevo";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "CL"};
  auto fresh = cl.get<core::ChannelCreated>(create).channel;
  cl.must(core::AddToChannel{fresh, space.ar.member()});
  cl.must(words(fresh, "hola"));
  space.net.world.settle();
  // Only who came after the backup is there to give it back.
  for (Client* client : space.everybody()) away(*client);
  away(second);
  space.net.world.restore_server(space.backup);
  cl.restart();
  cl.must(core::Sync{});
  for (Client* client : space.everybody()) client->restart();
  second.restart();
  space.net.world.settle(minutes(5));
  space.net.world.end_recovery();
  second.must(words(fresh, "de nuevo"));
  space.net.world.settle();
  for (Client* client : {&cl, &space.ar, &second}) {
    CHECK(client->bodies(fresh) == Words{"hola", "de nuevo"});
    CHECK(client->look().alarms().empty());
  }
}

TEST_CASE("sealed channels too: no ratchet goes back") {
  Lost space(14, policy::History::sealed);
  space.br.must(words(space.id, "uno"));
  space.ar.must(words(space.id, "dos"));
  space.restore();
  space.net.world.end_recovery();
  space.br.must(words(space.id, "tres"));
  space.net.world.settle();
  CHECK(space.ar.bodies(space.id) == Words{"antes", "uno", "dos", "tres"});
  CHECK(space.br.bodies(space.id) == space.ar.bodies(space.id));
}

TEST_CASE("R84 KeyPackages are made anew: a device is added after the restore, and none is given out twice") {
  Lost space(15);
  Client& cl = space.enter("CL");
  space.net.world.settle();
  space.backup = space.net.world.backup();
  space.ar.must(core::AddToChannel{space.id, cl.member()});
  space.net.world.settle();
  space.restore();
  space.net.world.end_recovery();
  core::CreateChannel create;
  create.title = "Otro";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "CL"};
  auto other = space.ar.get<core::ChannelCreated>(create).channel;
  space.ar.must(core::AddToChannel{other, cl.member()});
  space.net.world.settle();
  cl.must(words(other, "aquí"));
  CHECK(space.ar.bodies(other) == Words{"aquí"});
  CHECK(space.ar.look().alarms().empty());
  CHECK(cl.look().alarms().empty());
}

TEST_CASE("a window that closes before what was lost came back leaves the alarm there always was") {
  Lost space(16);
  space.ar.must(words(space.id, "uno"));
  space.net.world.settle();
  for (Client* client : space.everybody()) away(*client);
  space.net.world.restore_server(space.backup);
  space.net.world.end_recovery();
  space.ar.restart();
  space.net.world.settle(minutes(1));
  REQUIRE_FALSE(space.ar.look().alarms().empty());
  CHECK(space.ar.look().alarms().back().code == Code::server_rolled_back);
  CHECK(space.ar.bodies(space.id) == Words{"antes", "uno"});
}

TEST_CASE("a shorter log without a new generation is an alarm as ever") {
  Lost space(17);
  space.ar.must(words(space.id, "uno"));
  space.net.world.settle();
  bool short_now = false;
  space.net.world.tamper = [&](const Client&, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    bool heads =
        frame && frame->type == api::FrameType::reply && frame->kind == static_cast<std::uint16_t>(api::Call::channels);
    if (!short_now || !heads) return to_bytes(bytes);
    auto reply = *api::decode_message<api::ChannelsReply>(frame->body);
    for (auto& head : reply.channels) {
      if (head.channel == space.id) head.head.seq.value -= 1;
    }
    return api::reply_frame(frame->id, api::Call::channels, reply);
  };
  short_now = true;
  space.br.cut();
  space.net.world.settle(minutes(1));
  CHECK_FALSE(space.br.look().alarms().empty());
}
