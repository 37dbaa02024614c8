// Dates that come (PROTOCOL R6): the first device online makes an entry of them before anything stands on the older
// head.
#include "client/core/roster_sync.h"

#include <algorithm>

#include "client/core/commit_work.h"
#include "protocol/record/log_entry.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

core::Send words(const ChannelId& channel, std::string body) {
  core::Send send;
  send.channel = channel;
  send.body = std::move(body);
  return send;
}

struct Dated {
  Network net;
  Timestamp begin;

  explicit Dated(std::uint64_t seed) : net(seed), begin(net.world.now) {}

  Client& focal_point(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  Client& confirmed(Client& inviter, const std::string& name, core::Invite invite) {
    Client& person = net.enter(inviter, name, std::move(invite), false);
    inviter.must(core::Confirm{person.member(), std::nullopt});
    return person;
  }
  ChannelId channel(Client& by, policy::ChannelKind kind, std::vector<roster::Role> roles) {
    core::CreateChannel create;
    create.title = "Canal";
    create.kind = kind;
    create.roles = std::move(roles);
    return by.get<core::ChannelCreated>(create).channel;
  }
  void pass_to(Timestamp time) {
    if (net.world.now < time) net.world.settle(time - net.world.now);
    net.world.now = std::max(net.world.now, time);
    net.world.settle(seconds(30));
  }
  static bool inside(const Client& seen_by, const ChannelId& id, const Client& who) {
    auto devices = seen_by.look().channel(id)->devices;
    return std::find(devices.begin(), devices.end(), who.look().self().device) != devices.end();
  }
  // The roster's time at the head that the newest entry of the channel stands on.
  static Timestamp last_stands_on(const Client& who, const ChannelId& id) {
    auto entry = record::decode_log_entry(who.look().log_entries(id).back());
    REQUIRE(entry);
    return who.look().roster().head_at(entry->header.roster.seq)->time;
  }
};

}  // namespace

TEST_CASE("R6: a participant is out on the day that was set, though nobody does anything") {
  Dated d(701);
  ChannelId course = d.channel(d.net.secretariat, policy::ChannelKind::network,
                               {roster::Role::secretariat, roster::Role::participant});
  core::Invite invite;
  invite.role = roster::Role::participant;
  invite.channel = course;
  invite.until = d.begin + days(3);
  Client& student = d.confirmed(d.net.secretariat, "alumna", invite);
  d.net.secretariat.must(core::AddToChannel{course, student.member()});
  d.net.secretariat.must(words(course, "bienvenida"));
  d.pass_to(d.begin + days(2));
  CHECK(d.inside(d.net.secretariat, course, student));
  d.pass_to(d.begin + days(3));
  CHECK_FALSE(d.inside(d.net.secretariat, course, student));
  CHECK(d.net.secretariat.look().roster().head().time >= *invite.until);
  d.net.secretariat.must(words(course, "después"));
  CHECK(student.bodies(course) == std::vector<std::string>{"bienvenida"});
  CHECK(student.refused(core::Sync{}) == Code::revoked);
  CHECK(d.net.secretariat.alarms().empty());
}

TEST_CASE("R6: who comes first after a date that passed with nobody online writes on a head that knows it") {
  Dated d(702);
  Client& ar = d.focal_point("AR");
  ChannelId course = d.channel(d.net.secretariat, policy::ChannelKind::network,
                               {roster::Role::secretariat, roster::Role::focal_point, roster::Role::participant});
  core::Invite invite;
  invite.role = roster::Role::participant;
  invite.channel = course;
  invite.until = d.begin + hours(3);
  Client& student = d.confirmed(d.net.secretariat, "alumna", invite);
  d.net.secretariat.must(core::AddToChannel{course, ar.member()});
  d.net.secretariat.must(core::AddToChannel{course, student.member()});
  for (Client* client : {&ar, &student, &d.net.secretariat}) {
    client->stop();
    client->cut();
  }
  auto head = d.net.secretariat.look().roster().head();
  d.net.world.now = d.begin + hours(8);
  ar.restart();
  auto ticket = ar.begin(words(course, "ya sin ella"));
  d.net.world.settle();
  CHECK(ar.answer(ticket) == Code::none);
  CHECK(ar.look().roster().head().seq == head.seq.next());  // one checkpoint, though the last entry was no day old
  CHECK_FALSE(d.inside(ar, course, student));
  CHECK(d.last_stands_on(ar, course) >= *invite.until);
  student.restart();
  d.net.world.settle();
  CHECK(student.bodies(course).empty());
}

TEST_CASE("R6: an office passes on at its start, and the predecessor goes at the end of the overlap") {
  Dated d(703);
  Client& ar = d.focal_point("AR");
  Client& br = d.focal_point("BR");
  ChannelId id = d.channel(br, policy::ChannelKind::committee, {roster::Role::secretariat, roster::Role::focal_point});
  br.must(core::AddToChannel{id, ar.member()});
  ChannelId two = [&] {
    core::CreateChannel create;
    create.title = "Dos";
    create.kind = policy::ChannelKind::direct;
    create.members = {ar.member(), br.member()};
    return ar.get<core::ChannelCreated>(create).channel;
  }();
  br.must(words(id, "antes del relevo"));
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "AR";
  Client& successor = d.confirmed(ar, "sucesora", invite);
  Timestamp start = d.net.world.now + days(1), end = start + days(2);
  ar.must(core::Relieve{ar.member(), successor.member(), start, end});
  CHECK_FALSE(d.inside(br, id, successor));

  auto before = br.look().roster().head().seq;
  d.pass_to(start);
  CHECK(br.look().roster().head().seq == before.next());  // all were online: one spoke, the others found it said
  auto member = br.look().roster().newest().member(successor.member());
  CHECK(member->grant.role == roster::Role::focal_point);
  CHECK(d.inside(br, id, successor));
  CHECK(d.inside(br, id, ar));
  CHECK_FALSE(d.inside(br, two, successor));
  CHECK(successor.bodies(id) == std::vector<std::string>{"antes del relevo"});
  ar.must(words(id, "las dos a la vez"));

  d.pass_to(end);
  CHECK_FALSE(d.inside(br, id, ar));
  CHECK(d.inside(br, id, successor));
  successor.must(words(id, "después del relevo"));
  CHECK(ar.bodies(id) == std::vector<std::string>{"antes del relevo", "las dos a la vez"});
  CHECK(ar.refused(core::Sync{}) == Code::revoked);
  // What the predecessor wrote stays hers.
  auto records = br.look().records(id);
  auto hers =
      std::find_if(records.begin(), records.end(), [](auto* r) { return r->content.body == "las dos a la vez"; });
  REQUIRE(hers != records.end());
  CHECK((*hers)->member == ar.member());
  for (Client* client : {&br, &successor, &d.net.secretariat}) CHECK(client->alarms().empty());
}

TEST_CASE("R6: start and end at once: the successor comes in by the Commit that takes the predecessor out") {
  Dated d(704);
  Client& ar = d.focal_point("AR");
  Client& br = d.focal_point("BR");
  ChannelId id = d.channel(br, policy::ChannelKind::committee, {roster::Role::secretariat, roster::Role::focal_point});
  br.must(core::AddToChannel{id, ar.member()});
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "AR";
  Client& successor = d.confirmed(ar, "sucesora", invite);
  Timestamp day = d.net.world.now + days(1);
  ar.must(core::Relieve{ar.member(), successor.member(), day, day});
  d.pass_to(day);
  CHECK_FALSE(d.inside(br, id, ar));
  CHECK(d.inside(br, id, successor));
  CHECK(br.refused(core::Relieve{br.member(), successor.member(), day, day}) == Code::not_allowed);
}
