// Confirming, countersigning, relief, end, revocation, renaming: rules 50 to 70, and the occupied seat.
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::rule_of;
using tests::TestDevice;
using tests::TestNetwork;

namespace {

struct Seats : TestNetwork {
  TestDevice xa, xb, delegate, partner;
  Seats() {
    add_country("XA");
    add_country("XB");
    xa = enter(founder, grant(Role::focal_point, "XA"));
    xb = enter(founder, grant(Role::focal_point, "XB"));
    delegate = enter(xa, grant(Role::delegate, "XA"));
    partner = enter(founder, grant(Role::partner));
  }
  std::string rule(const TestDevice& by, const Body& body, bool roots = false) {
    return rule_of(roster.check(signed_by(by, body, roots)));
  }
};

}  // namespace

TEST_CASE("a seat once taken is not the Secretariat's to fill") {
  Seats net;
  auto planted = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  CHECK(net.standing(planted) == Standing::unseated);
  CHECK(net.standing(net.xa) == Standing::full);
  // No rights of the seat: neither inviting nor confirming.
  CHECK(net.rule(planted, net.new_invite(net.grant(Role::delegate, "XA")).body) == "R-ROS-21");
  SECTION("R-ROS-51 a focal point of the seat countersigns, nobody else") {
    auto body = net.role(RoleAction::countersign, planted.member);
    CHECK(net.rule(net.founder, body, true) == "R-ROS-51");
    CHECK(net.rule(net.xb, body) == "R-ROS-51");
    CHECK(net.rule(net.delegate, body) == "R-ROS-51");
    CHECK(net.rule(planted, body) == "R-ROS-51");
    net.must(net.xa, body);
    CHECK(net.standing(planted) == Standing::full);
    CHECK(net.rule(net.xa, body) == "R-ROS-51");
  }
  SECTION("two invitations into an empty seat: the first to accept takes it") {
    net.add_country("XC");
    auto one = net.new_invite(net.grant(Role::focal_point, "XC")),
         two = net.new_invite(net.grant(Role::focal_point, "XC"));
    net.must(net.founder, one.body);
    net.must(net.founder, two.body);
    auto second = net.new_device(two.body.member), first = net.new_device(one.body.member);
    net.must(net.accept_entry(two, second));
    net.must(net.accept_entry(one, first));
    CHECK(net.standing(second) == Standing::full);
    CHECK(net.standing(first) == Standing::unseated);
  }
}

TEST_CASE("a seat left without anybody is reopened by the roots after 72 hours without objection") {
  Seats net;
  net.must(net.founder, net.revocation(RevokeTarget::member, net.xa.member.view(), net.entries.size() + 1), true);
  auto invite = net.new_invite(net.grant(Role::focal_point, "XA"));
  invite.body.expires = net.now + days(10);
  net.must(net.founder, invite.body, true);
  auto device = net.new_device(invite.body.member);
  SECTION("too early it is unseated") {
    net.now = net.now + hours(72) - milliseconds(1);
    net.must(net.accept_entry(invite, device));
    CHECK(net.standing(device) == Standing::unseated);
  }
  SECTION("after that it is the seat's") {
    net.now = net.now + hours(72);
    net.must(net.accept_entry(invite, device));
    CHECK(net.standing(device) == Standing::full);
  }
  SECTION("a device of the seat objects by revoking the invite") {
    CHECK(net.rule(net.xb, net.revocation(RevokeTarget::invite, invite.body.id.view())) == "R-ROS-61");
    net.must(net.delegate, net.revocation(RevokeTarget::invite, invite.body.id.view()));
    CHECK_FALSE(net.roster.newest().invite(invite.body.id)->open);
  }
}

TEST_CASE("R-ROS-50 who confirms the provisional") {
  Seats net;
  net.add_country("XC");
  auto first = net.enter(net.founder, net.grant(Role::focal_point, "XC"), false);
  auto second = net.enter(net.xa, net.grant(Role::focal_point, "XA"), false);
  auto team = net.enter(net.xa, net.grant(Role::delegate, "XA"), false);
  auto friendly = net.enter(net.founder, net.grant(Role::partner), false);
  auto confirm = [&](const TestDevice& by, const TestDevice& subject) {
    return net.rule(by, net.role(RoleAction::confirm, subject.member));
  };
  CHECK(confirm(net.founder, first) == "");
  CHECK(confirm(net.xa, first) == "R-ROS-50");
  CHECK(confirm(net.founder, second) == "R-ROS-50");
  CHECK(confirm(net.xa, second) == "");
  CHECK(confirm(net.xb, second) == "R-ROS-50");
  CHECK(confirm(net.delegate, team) == "R-ROS-50");
  CHECK(confirm(net.founder, team) == "R-ROS-50");
  CHECK(confirm(net.xa, team) == "");
  CHECK(confirm(net.founder, friendly) == "");
  CHECK(confirm(net.xa, friendly) == "R-ROS-50");
  CHECK(confirm(net.founder, net.partner) == "R-ROS-50");
  net.must(net.xa, net.role(RoleAction::confirm, team.member));
  CHECK(net.standing(team) == Standing::full);
}

TEST_CASE("R-ROS-52 relief has a start, an overlap and an end") {
  Seats net;
  auto body = net.role(RoleAction::relieve, net.xa.member);
  body.successor = net.delegate.member;
  body.start = net.now + days(1);
  body.end = net.now + days(3);
  CHECK(net.rule(net.founder, body) == "R-ROS-52");
  CHECK(net.rule(net.xb, body) == "R-ROS-52");
  CHECK(net.rule(net.delegate, body) == "R-ROS-52");
  auto wrong = body;
  wrong.successor = net.partner.member;
  CHECK(net.rule(net.xa, wrong) == "R-ROS-52");
  wrong = body;
  wrong.end = net.now;
  CHECK(net.rule(net.xa, wrong) == "R-ROS-52");
  CHECK(net.rule(net.founder, body, true) == "");
  net.must(net.xa, body);

  auto role_of = [&](const TestDevice& d) { return net.roster.newest().member(d.member)->grant.role; };
  CHECK(role_of(net.delegate) == Role::delegate);
  net.now = net.now + days(1);
  net.must(net.founder, MemberBody{net.founder.member, net.name()});
  CHECK(role_of(net.delegate) == Role::focal_point);
  CHECK(net.standing(net.xa) == Standing::full);
  net.now = net.now + days(2);
  net.must(net.founder, MemberBody{net.founder.member, net.name()});
  CHECK(net.standing(net.xa) == Standing::gone);
  CHECK(net.rule(net.xa, MemberBody{net.xa.member, net.name()}) == "R-ROS-07");
  CHECK(net.rule(net.delegate, net.new_invite(net.grant(Role::delegate, "XA")).body) == "");
}

TEST_CASE("R-ROS-53 R-ROS-54 who ends whom") {
  Seats net;
  auto end = [&](const TestDevice& by, const TestDevice& subject, bool roots = false) {
    return net.rule(by, net.role(RoleAction::end, subject.member), roots);
  };
  CHECK(end(net.founder, net.xa) == "R-ROS-53");
  CHECK(end(net.founder, net.xa, true) == "");
  CHECK(end(net.xa, net.delegate) == "");
  CHECK(end(net.xb, net.delegate) == "R-ROS-53");
  CHECK(end(net.founder, net.delegate) == "R-ROS-53");
  CHECK(end(net.founder, net.partner) == "");
  CHECK(end(net.xa, net.partner) == "R-ROS-53");
  auto body = net.role(RoleAction::end, net.delegate.member);
  body.grant = net.grant(Role::delegate, "XB");
  CHECK(net.rule(net.xa, body) == "R-ROS-54");
  net.must(net.xa, net.role(RoleAction::end, net.delegate.member));
  CHECK(net.standing(net.delegate) == Standing::gone);
}

TEST_CASE("R-ROS-60 R-ROS-61 R-ROS-62 who revokes whom") {
  Seats net;
  auto alternate = net.enter(net.xa, net.grant(Role::focal_point, "XA"));
  auto secretary = net.enter(net.founder, net.grant(Role::secretariat), true, true);
  auto member = [&](const TestDevice& by, const TestDevice& subject, bool roots = false) {
    return net.rule(by, net.revocation(RevokeTarget::member, subject.member.view()), roots);
  };
  CHECK(member(net.xa, net.delegate) == "");
  CHECK(member(net.xa, alternate) == "");
  CHECK(member(net.xa, net.xa) == "R-ROS-61");
  CHECK(member(net.xb, net.xa) == "R-ROS-61");
  CHECK(member(net.delegate, alternate) == "R-ROS-61");
  CHECK(member(net.founder, net.xa) == "R-ROS-61");
  CHECK(member(net.founder, net.xa, true) == "");
  CHECK(member(net.founder, net.partner) == "");
  CHECK(member(net.founder, secretary) == "R-ROS-61");
  CHECK(member(net.founder, secretary, true) == "");

  auto device = [&](const TestDevice& by, const TestDevice& subject) {
    return net.rule(by, net.revocation(RevokeTarget::device, subject.id().view()));
  };
  CHECK(device(net.partner, net.partner) == "");
  CHECK(device(net.founder, net.xa) == "R-ROS-61");
  CHECK(device(net.xa, alternate) == "");
  CHECK(device(net.partner, net.xa) == "R-ROS-61");

  CHECK(net.rule(net.xa, net.revocation(RevokeTarget::device, net.random.id<DeviceId>().view())) == "R-ROS-60");
  CHECK(net.rule(net.xa, net.revocation(RevokeTarget::member, net.random.id<MemberId>().view())) == "R-ROS-60");
  CHECK(net.rule(net.xa, net.revocation(RevokeTarget::invite, net.random.id<InviteId>().view())) == "R-ROS-60");
  auto future = net.revocation(RevokeTarget::device, net.xa.id().view(), net.entries.size() + 2);
  CHECK(net.rule(net.xa, future) == "R-ROS-62");
}

TEST_CASE("R-ROS-61 an invite that was used is about a person") {
  Seats net;
  auto invite = net.new_invite(net.grant(Role::focal_point, "XA"));
  net.must(net.xa, invite.body);
  auto object = net.revocation(RevokeTarget::invite, invite.body.id.view());
  CHECK(net.rule(net.delegate, object) == "");
  CHECK(net.rule(net.founder, object) == "");
  net.must(net.accept_entry(invite, net.new_device(invite.body.member)));
  CHECK(net.rule(net.delegate, object) == "R-ROS-61");
  CHECK(net.rule(net.founder, object) == "R-ROS-61");
  CHECK(net.rule(net.xa, object) == "");
}

TEST_CASE("R-ROS-70 oneself and whoever may invite the role may give a new name") {
  Seats net;
  MemberBody body{net.delegate.member, net.name()};
  CHECK(net.rule(net.xb, body) == "R-ROS-70");
  CHECK(net.rule(net.founder, body) == "R-ROS-70");
  CHECK(net.rule(net.xa, body) == "");
  net.must(net.delegate, body);
  CHECK(*net.roster.newest().member(net.delegate.member)->name == body.name);
}

TEST_CASE("whose date has come is gone, by the times in the log alone") {
  Seats net;
  auto grant = net.grant(Role::alumni);
  grant.until = net.now + days(5);
  auto alumna = net.enter(net.founder, grant);
  auto before = net.roster.head();
  net.now = net.now + days(5);
  CHECK(net.standing(alumna) == Standing::full);
  net.must(net.founder, MemberBody{net.founder.member, net.name()});
  CHECK(net.standing(alumna) == Standing::gone);
  CHECK(net.roster.at(before.seq)->device(alumna.id())->standing == Standing::full);
}
