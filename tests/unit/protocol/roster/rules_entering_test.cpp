// Invites, accepts, vouching and re-entry: rules 20 to 43.
#include "protocol/base/limits.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::rule_of;
using tests::TestNetwork;

namespace {

// A network with the seats XA, XB, one focal point each, and somebody of each other role.
struct Peopled : TestNetwork {
  tests::TestDevice xa, xb, partner, delegate;
  Peopled() {
    add_country("XA");
    add_country("XB");
    xa = enter(founder, grant(Role::focal_point, "XA"));
    xb = enter(founder, grant(Role::focal_point, "XB"));
    partner = enter(founder, grant(Role::partner));
    delegate = enter(xa, grant(Role::delegate, "XA"));
  }
  std::string invite_rule(const tests::TestDevice& by, const RoleGrant& g) {
    return rule_of(roster.check(signed_by(by, new_invite(g).body)));
  }
};

}  // namespace

TEST_CASE("R-ROS-20 invite and member are new") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, invite.body);
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, invite.body))) == "R-ROS-20");
  auto taken = net.new_invite(net.grant(Role::partner));
  taken.body.member = net.xa.member;
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, taken.body))) == "R-ROS-20");
  // Two invitations for one new member: the first accept makes it, the second comes too late.
  auto twin = net.new_invite(net.grant(Role::partner));
  twin.body.member = invite.body.member;
  net.must(net.founder, twin.body);
  net.must(net.accept_entry(invite, net.new_device(invite.body.member)));
  CHECK(rule_of(net.try_append(net.accept_entry(twin, net.new_device(invite.body.member)))) == "R-ROS-20");
}

TEST_CASE("R-ROS-21 R-ROS-24 who invites whom") {
  Peopled net;
  auto participant = net.grant(Role::participant);
  participant.scope = net.random.id<ChannelId>();
  participant.until = net.now + days(30);
  struct Row {
    const tests::TestDevice& by;
    RoleGrant grant;
    const char* rule;
  };
  const Row table[] = {
      {net.founder, net.grant(Role::partner), ""},
      {net.founder, net.grant(Role::alumni), ""},
      {net.founder, participant, ""},
      {net.founder, net.grant(Role::focal_point, "XA"), ""},
      {net.founder, net.grant(Role::delegate, "XA"), "R-ROS-21"},
      {net.founder, net.grant(Role::secretariat), "R-ROS-24"},
      {net.xa, net.grant(Role::focal_point, "XA"), ""},
      {net.xa, net.grant(Role::delegate, "XA"), ""},
      {net.xa, net.grant(Role::delegate, "XB"), "R-ROS-21"},
      {net.xa, net.grant(Role::focal_point, "XB"), "R-ROS-21"},
      {net.xa, net.grant(Role::partner), "R-ROS-21"},
      {net.xa, net.grant(Role::secretariat), "R-ROS-24"},
      {net.delegate, net.grant(Role::secretariat), "R-ROS-21"},
      {net.delegate, net.grant(Role::delegate, "XA"), "R-ROS-21"},
      {net.partner, net.grant(Role::partner), "R-ROS-21"},
  };
  for (const Row& row : table) {
    CAPTURE(name(row.grant.role), row.grant.country.text());
    CHECK(net.invite_rule(row.by, row.grant) == row.rule);
  }
  auto secretariat = net.signed_by(net.founder, net.new_invite(net.grant(Role::secretariat)).body, true);
  CHECK(net.roster.check(secretariat).has_value());
  // Another institution, where the old one doesn't invite it: the roots and a focal point.
  auto by_countries = net.signed_by(net.xa, net.new_invite(net.grant(Role::secretariat)).body, true);
  CHECK(net.roster.check(by_countries).has_value());
  auto by_delegate = net.signed_by(net.delegate, net.new_invite(net.grant(Role::secretariat)).body, true);
  CHECK(rule_of(net.roster.check(by_delegate)) == "R-ROS-21");
}

TEST_CASE("R-ROS-22 an invite lives 14 days with a code, 72 hours without") {
  Peopled net;
  auto rule = [&](bool with_code, Duration life) {
    auto invite = net.new_invite(net.grant(Role::partner), with_code);
    invite.body.expires = net.now + life;
    return rule_of(net.roster.check(net.signed_by(net.founder, invite.body)));
  };
  CHECK(rule(true, days(14)) == "");
  CHECK(rule(true, milliseconds(days(14).ms + 1)) == "R-ROS-22");
  CHECK(rule(false, hours(72)) == "");
  CHECK(rule(false, milliseconds(hours(72).ms + 1)) == "R-ROS-22");
  CHECK(rule(true, milliseconds(0)) == "R-ROS-22");
}

TEST_CASE("R-ROS-23 a device invite is by and for one's own") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::focal_point, "XA"));
  invite.body.purpose = InvitePurpose::device;
  invite.body.member = net.xa.member;
  CHECK(rule_of(net.roster.check(net.signed_by(net.founder, invite.body))) == "R-ROS-23");
  CHECK(rule_of(net.roster.check(net.signed_by(net.delegate, invite.body))) == "R-ROS-23");
  auto other_grant = invite.body;
  other_grant.grant = net.grant(Role::focal_point, "XB");
  CHECK(rule_of(net.roster.check(net.signed_by(net.xa, other_grant))) == "R-ROS-23");
  net.must(net.xa, invite.body);
  auto second = net.new_device(net.xa.member);
  net.must(net.accept_entry(invite, second));
  CHECK(net.standing(second) == Standing::full);
  CHECK(net.roster.newest().devices_of(net.xa.member).size() == 2);
}

TEST_CASE("R-ROS-30 R-ROS-31 R-ROS-34 an accept answers an invite, once, as it says") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::partner));
  CHECK(rule_of(net.try_append(net.accept_entry(invite, net.new_device(invite.body.member)))) == "R-ROS-12");
  auto e = net.entry(AcceptBody{invite.body.id, invite.body.member, net.record_of(net.partner)});
  CHECK(rule_of(net.try_append(e)) == "R-ROS-30");
  net.must(net.founder, invite.body);
  CHECK(rule_of(net.try_append(net.accept_entry(invite, net.new_device(net.random.id<MemberId>())))) == "R-ROS-34");
  auto paper = net.accept_entry(invite, net.new_device(invite.body.member), true, DeviceKind::paper);
  CHECK(rule_of(net.try_append(paper)) == "R-ROS-34");
  net.must(net.accept_entry(invite, net.new_device(invite.body.member)));
  auto again = net.try_append(net.accept_entry(invite, net.new_device(invite.body.member)));
  CHECK(rule_of(again) == "R-ROS-31");
  CHECK(again.error().code == Code::invite_used);
}

TEST_CASE("R-ROS-32 R-ROS-33 an invite falls with its maker, by revocation and by time") {
  Peopled net;
  auto revoked = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, revoked.body);
  net.must(net.founder, net.revocation(RevokeTarget::invite, revoked.body.id.view()));
  CHECK(rule_of(net.try_append(net.accept_entry(revoked, net.new_device(revoked.body.member)))) == "R-ROS-32");

  auto orphaned = net.new_invite(net.grant(Role::delegate, "XA"));
  net.must(net.xa, orphaned.body);
  net.must(net.founder, net.revocation(RevokeTarget::member, net.xa.member.view(), net.entries.size() + 1), true);
  CHECK(rule_of(net.try_append(net.accept_entry(orphaned, net.new_device(orphaned.body.member)))) == "R-ROS-32");

  auto late = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, late.body);
  net.now = late.body.expires;
  CHECK(rule_of(net.try_append(net.accept_entry(late, net.new_device(late.body.member)))) == "R-ROS-33");
}

TEST_CASE("R-ROS-35 R-ROS-36 the link's key must sign; the code's makes the person full") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, invite.body);
  auto device = net.new_device(invite.body.member);
  tests::TestInvite stranger{invite.body, crypto::ed25519_generate(net.random), invite.code.duplicate()};
  CHECK(rule_of(net.try_append(net.accept_entry(stranger, device))) == "R-ROS-35");
  tests::TestInvite wrong{invite.body, invite.link.duplicate(), crypto::ed25519_generate(net.random)};
  auto refused = net.try_append(net.accept_entry(wrong, device));
  CHECK(rule_of(refused) == "R-ROS-36");
  CHECK(refused.error().code == Code::wrong_code);
  auto only_code = net.entry(AcceptBody{invite.body.id, device.member, net.record_of(device)});
  net.begin_backing(only_code);
  back(only_code, BackingKind::invite_code, invite.body.id.view(), invite.code);
  only_code.sign(device.key);
  CHECK(rule_of(net.try_append(only_code)) == "R-ROS-35");
  net.must(net.accept_entry(invite, device, false));
  CHECK(net.standing(device) == Standing::provisional);
  CHECK(net.standing(net.partner) == Standing::full);
}

TEST_CASE("R-ROS-37 R-ROS-38 a device is new, signs for itself, and there are not too many") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, invite.body);
  auto device = net.new_device(invite.body.member);
  auto by_another = net.accept_entry(invite, device);
  by_another.sign(net.xa.key);
  CHECK(rule_of(net.try_append(by_another)) == "R-ROS-37");
  auto known = net.new_device(invite.body.member);
  known.key = net.xa.key.duplicate();
  CHECK(rule_of(net.try_append(net.accept_entry(invite, known))) == "R-ROS-37");
  for (int i = 1; i < 16; ++i) net.add_device(net.xb);
  CHECK(rule_of(net.try_append(net.vouch_entry(net.xb, net.new_device(net.xb.member)))) == "R-ROS-38");
}

TEST_CASE("R-ROS-40 R-ROS-41 a device is vouched for by its own member and consents") {
  Peopled net;
  auto device = net.new_device(net.xa.member);
  CHECK(rule_of(net.try_append(net.vouch_entry(net.founder, device))) == "R-ROS-40");
  auto silent = net.entry(DeviceBody{net.xa.member, DeviceAction::vouch, net.record_of(device), {}});
  silent.sign(net.xa.key);
  CHECK(rule_of(net.try_append(silent)) == "R-ROS-41");
  auto forged = net.vouch_entry(net.xa, device);
  forged.backing->signatures[0].signature = net.random.id<crypto::Ed25519Signature>();
  forged.sign(net.xa.key);
  CHECK(rule_of(net.try_append(forged)) == "R-ROS-41");
  net.must(net.vouch_entry(net.xa, device));
}

TEST_CASE("R-ROS-42 R-ROS-43 two others of the seat or the Secretariat confirm a re-entry") {
  Peopled net;
  auto alternate = net.enter(net.xa, net.grant(Role::focal_point, "XA"));
  auto second_secretary = net.enter(net.founder, net.grant(Role::secretariat), true, true);
  auto fresh = net.new_device(net.xa.member);
  auto attempt = [&](std::initializer_list<const tests::TestDevice*> by, const tests::TestDevice& appender) {
    auto e = net.entry(DeviceBody{net.xa.member, DeviceAction::re_enter, net.record_of(fresh), Bytes(80, 1)});
    net.back(e, fresh, BackingKind::new_device);
    for (const auto* device : by) net.back(e, *device);
    e.sign(appender.key);
    return e;
  };
  auto rule = [&](const RosterEntry& e) { return rule_of(net.roster.check(e)); };
  CHECK(rule(attempt({&alternate}, alternate)) == "R-ROS-42");
  auto same_person = net.add_device(alternate);
  CHECK(rule(attempt({&alternate, &same_person}, alternate)) == "R-ROS-42");
  CHECK(rule(attempt({&net.founder, &second_secretary}, alternate)) == "R-ROS-42");
  CHECK(rule(attempt({&net.founder, &net.xb}, net.founder)) == "R-ROS-43");
  CHECK(rule(attempt({&net.founder, &net.partner}, net.founder)) == "R-ROS-43");

  SECTION("with somebody of the seat there is no pause") {
    net.must(attempt({&net.founder, &alternate}, alternate));
    CHECK_FALSE(net.roster.newest().member(net.xa.member)->no_position_before);
  }
  SECTION("by the Secretariat alone it takes no position for a day, or until the seat confirms") {
    net.must(attempt({&net.founder, &second_secretary}, net.founder));
    CHECK(net.roster.newest().member(net.xa.member)->no_position_before == net.now + hours(24));
    CHECK(rule_of(net.try_append(net.signed_by(net.founder, net.role(RoleAction::confirm, net.xa.member)))) ==
          "R-ROS-50");
    net.must(net.delegate, net.role(RoleAction::confirm, net.xa.member));
    CHECK_FALSE(net.roster.newest().member(net.xa.member)->no_position_before);
  }
  CHECK(net.standing(fresh) == Standing::full);
  CHECK(net.standing(net.xa) == Standing::gone);
  CHECK(rule_of(net.try_append(net.signed_by(net.xa, MemberBody{net.xa.member, net.name()}))) == "R-ROS-07");
}

TEST_CASE("R-ROS-42 R-ROS-38 a re-entry cuts whatever stood: any number of devices, and links to further ones") {
  Peopled net;
  auto alternate = net.enter(net.xa, net.grant(Role::focal_point, "XA"));
  auto link = net.new_invite(net.grant(Role::focal_point, "XA"));
  link.body.purpose = InvitePurpose::device;
  link.body.member = net.xa.member;
  net.must(net.xa, link.body);
  auto sheet = net.add_device(net.xa, DeviceKind::paper);
  auto used_sheet = net.add_device(net.xa, DeviceKind::paper);
  (void)net.add_device(used_sheet);
  while (net.roster.newest().devices_of(net.xa.member).size() < limits::devices_per_member_max) net.add_device(net.xa);
  auto fresh = net.new_device(net.xa.member);
  auto attempt = [&](const tests::TestDevice* paper) {
    auto e = net.entry(DeviceBody{net.xa.member, DeviceAction::re_enter, net.record_of(fresh), {}});
    net.back(e, fresh, BackingKind::new_device);
    net.back(e, net.founder);
    net.back(e, alternate);
    if (paper != nullptr) net.back(e, *paper);
    e.sign(alternate.key);
    return e;
  };
  CHECK(rule_of(net.roster.check(attempt(&used_sheet))) == "R-ROS-12");  // used up
  CHECK(rule_of(net.roster.check(attempt(&sheet))) == "");
  net.must(attempt(&sheet));
  CHECK(net.standing(sheet) == Standing::gone);
  CHECK_FALSE(net.roster.newest().invite(link.body.id)->open);
  CHECK(rule_of(net.try_append(net.accept_entry(link, net.new_device(net.xa.member)))) == "R-ROS-32");
}

TEST_CASE("a device that came by link alone is provisional until its member confirms it") {
  Peopled net;
  auto invite = net.new_invite(net.grant(Role::focal_point, "XA"));
  invite.body.purpose = InvitePurpose::device;
  invite.body.member = net.xa.member;
  net.must(net.xa, invite.body);
  auto device = net.new_device(net.xa.member);
  net.must(net.accept_entry(invite, device, false));
  CHECK(net.standing(device) == Standing::provisional);
  CHECK(net.standing(net.xa) == Standing::full);
  auto body = net.role(RoleAction::confirm, net.xa.member);
  body.device = device.id();
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, body))) == "R-ROS-50");
  net.must(net.xa, body);
  CHECK(net.standing(device) == Standing::full);
  CHECK(rule_of(net.try_append(net.signed_by(net.xa, body))) == "R-ROS-50");
}
