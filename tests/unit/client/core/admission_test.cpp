// A change of who may come in is shown to everyone, and who didn't make it sends again only after having seen it; and
// what one's read marks say is unread.
// Tests: client/core/handshakes.cpp client/core/outbox.cpp client/core/channel.cpp client/core/looking.cpp
#include "client/views/conversation.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
using Words = std::vector<std::string>;

namespace {

core::Send words(const ChannelId& channel, const std::string& body) {
  core::Send send;
  send.channel = channel;
  send.body = body;
  return send;
}

// A committee whose people are admitted by name.
struct Named {
  Network net;
  Client& ar;
  Client& br;
  Client& cl;
  ChannelId id;

  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  explicit Named(std::uint64_t seed) : net(seed), ar(enter("AR")), br(enter("BR")), cl(enter("CL")) {
    core::CreateChannel create;
    create.title = "Comité";
    create.kind = policy::ChannelKind::committee;
    create.countries = {"AR", "BR"};
    create.members = {br.member()};
    id = ar.get<core::ChannelCreated>(create).channel;
    br.must(words(id, "antes"));
  }
};

}  // namespace

TEST_CASE("sim: who didn't change admission sends only after having seen it") {
  Named t(31);
  t.ar.must(core::AddToChannel{t.id, t.cl.member()});
  t.net.world.settle();
  CHECK(t.br.refused(words(t.id, "en espera")) == core::admission_changed);
  t.br.restart();
  t.net.world.settle();
  auto look = t.br.look().channel(t.id);
  CHECK(look->admission_to_accept);
  REQUIRE(look->admission_change);
  CHECK(look->admission_change->by == t.ar.member());
  const auto& before = look->admission_change->before.members;
  const auto& now = look->policy.admission.members;
  auto holds = [&](const auto& list) { return std::find(list.begin(), list.end(), t.cl.member()) != list.end(); };
  CHECK_FALSE(holds(before));
  CHECK(holds(now));
  CHECK(t.br.look().outbox(t.id).size() == 1);
  CHECK(t.ar.bodies(t.id) == Words{"antes"});
  // Who made the change, and who came in by it, are asked nothing.
  CHECK_FALSE(t.ar.look().channel(t.id)->admission_to_accept);
  CHECK_FALSE(t.cl.look().channel(t.id)->admission_to_accept);

  t.br.must(core::AcceptAdmission{t.id});
  t.net.world.settle();
  CHECK(t.br.look().outbox(t.id).empty());
  CHECK_FALSE(t.br.look().channel(t.id)->admission_change);
  CHECK(t.cl.bodies(t.id) == Words{"antes", "en espera"});
  t.br.must(words(t.id, "otra vez"));
}

TEST_CASE("sim: one's own change isn't asked about on one's other device, and who doesn't agree may leave") {
  Named t(32);
  Client& ar2 = t.net.second_device(t.ar, "AR2");
  t.net.world.settle();
  REQUIRE(ar2.look().channel(t.id)->state == core::ChannelState::in);
  t.ar.must(core::AddToChannel{t.id, t.cl.member()});
  t.net.world.settle();
  CHECK_FALSE(ar2.look().channel(t.id)->admission_to_accept);
  ar2.must(words(t.id, "desde el otro"));

  CHECK(t.br.refused(words(t.id, "no sale")) == core::admission_changed);
  t.br.must(core::LeaveChannel{t.id});
  t.net.world.settle();
  CHECK(t.br.look().channel(t.id)->state == core::ChannelState::out);
  CHECK(t.cl.bodies(t.id) == Words{"antes", "desde el otro"});
}

TEST_CASE("sim: the newest read mark of any of one's devices says what is unread") {
  Named t(33);
  auto place = [&](std::size_t n) {
    std::vector<const core::Record*> messages;
    for (const core::Record* record : t.ar.look().records(t.id)) {
      if (record->kind == static_cast<std::uint16_t>(content::Kind::message)) messages.push_back(record);
    }
    return messages.at(n);
  };
  auto unread = [&](const Client& who) { return client::views::unread(who.look(), t.id); };
  t.br.must(words(t.id, "dos"));
  t.ar.must(words(t.id, "mía"));
  t.net.world.settle();
  CHECK(unread(t.ar) == 2);
  CHECK(t.ar.look().read_up_to(t.id) == Seq{});
  Client& ar2 = t.net.second_device(t.ar, "AR2");
  t.net.world.settle();
  ar2.must(core::Mark{t.id, place(0)->id});
  t.net.world.settle();
  CHECK(t.ar.look().read_up_to(t.id) == place(0)->seq);
  CHECK(unread(t.ar) == 1);
  CHECK(unread(ar2) == 1);
  // A mark is one's own affair: the others' count stays.
  CHECK(unread(t.br) == 1);
  t.ar.must(core::Mark{t.id, place(1)->id});
  // An older mark that comes later takes nothing back.
  t.ar.must(core::Mark{t.id, place(0)->id});
  t.net.world.settle();
  CHECK(t.ar.look().read_up_to(t.id) == place(1)->seq);
  CHECK(unread(t.ar) == 0);
  t.br.must(words(t.id, "tres"));
  t.net.world.settle();
  CHECK(unread(t.ar) == 1);
  CHECK(unread(ar2) == 1);
  // What can't be marked isn't there.
  CHECK(t.ar.refused(core::Mark{t.id, RecordId{}}) == Code::not_found);
}
