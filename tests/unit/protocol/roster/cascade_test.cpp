#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::rule_of;
using tests::TestDevice;
using tests::TestNetwork;

TEST_CASE("what a device vouched for since it isn't trusted falls with it, and no more") {
  TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto honest = net.enter(xa, net.grant(Role::delegate, "XA"));
  auto laptop = net.add_device(xa);
  auto stolen_from = net.entries.size() + 1;
  // The thief adds a device, that device invites somebody, who adds a device of his own.
  auto rogue = net.add_device(laptop);
  auto planted = net.enter(rogue, net.grant(Role::delegate, "XA"));
  auto planted_too = net.add_device(planted);
  auto open = net.new_invite(net.grant(Role::delegate, "XA"));
  net.must(laptop, open.body);
  auto before = net.roster.head();

  net.must(xa, net.revocation(RevokeTarget::device, laptop.id().view(), stolen_from));
  for (const auto* device : {&laptop, &rogue, &planted, &planted_too}) CHECK(net.standing(*device) == Standing::gone);
  CHECK(net.standing(xa) == Standing::full);
  CHECK(net.standing(honest) == Standing::full);
  CHECK(net.roster.newest().member(planted.member)->standing == Standing::gone);
  CHECK_FALSE(net.roster.newest().invite(open.body.id)->open);
  CHECK(rule_of(net.try_append(net.accept_entry(open, net.new_device(open.body.member)))) == "R-ROS-32");

  // At the older head all of them stood, and still do.
  auto then = *net.roster.at(before.seq);
  for (const auto* device : {&laptop, &rogue, &planted, &planted_too}) {
    CHECK(then.device(device->id())->standing == Standing::full);
  }
  CHECK(then.invite(open.body.id)->open);
}

TEST_CASE("confirmations and countersignatures of a stolen device are taken back") {
  TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto laptop = net.add_device(xa);
  auto planted = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto team = net.enter(xa, net.grant(Role::delegate, "XA"), false);
  auto since = net.entries.size() + 1;
  net.must(laptop, net.role(RoleAction::countersign, planted.member));
  net.must(laptop, net.role(RoleAction::confirm, team.member));
  CHECK(net.standing(planted) == Standing::full);
  net.must(xa, net.revocation(RevokeTarget::device, laptop.id().view(), since));
  CHECK(net.standing(planted) == Standing::unseated);
  CHECK(net.standing(team) == Standing::provisional);
}

TEST_CASE("a revoked member takes along what its devices vouched for since") {
  TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto early = net.enter(xa, net.grant(Role::delegate, "XA"));
  auto since = net.entries.size() + 1;
  auto late = net.enter(xa, net.grant(Role::delegate, "XA"));
  net.must(net.founder, net.revocation(RevokeTarget::member, xa.member.view(), since), true);
  CHECK(net.standing(xa) == Standing::gone);
  CHECK(net.standing(early) == Standing::full);
  CHECK(net.standing(late) == Standing::gone);
  // A second revocation may reach further back.
  net.must(net.founder, net.revocation(RevokeTarget::member, xa.member.view(), 0), true);
  CHECK(net.standing(early) == Standing::gone);
}

TEST_CASE("a re-entry falls with either of its confirmers") {
  TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto alternate = net.enter(xa, net.grant(Role::focal_point, "XA"));
  auto secretary = net.enter(net.founder, net.grant(Role::secretariat), true, true);
  auto since = net.entries.size() + 1;
  auto fresh = net.new_device(xa.member);
  auto e = net.entry(DeviceBody{xa.member, DeviceAction::re_enter, net.record_of(fresh), {}});
  net.back(e, fresh, BackingKind::new_device);
  net.back(e, alternate);
  net.back(e, secretary);
  e.sign(alternate.key);
  net.must(e);
  net.must(secretary, net.revocation(RevokeTarget::device, secretary.id().view(), since));
  CHECK(net.standing(fresh) == Standing::gone);
}
