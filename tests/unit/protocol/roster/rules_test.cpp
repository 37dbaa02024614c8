// The chain itself and what the roots sign: rules 01 to 17 and 80.
#include "protocol/roster/rules.h"

#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::rule_of;
using tests::TestNetwork;

TEST_CASE("R-ROS-01 genesis is first and only first") {
  TestNetwork net;
  auto second = net.signed_by(net.founder, *net.genesis.decoded_body(), true);
  CHECK(rule_of(net.try_append(second)) == "R-ROS-01");
  Roster empty;
  auto early = net.signed_by(net.founder, CheckpointBody{});
  early.seq = RosterSeq{1};
  CHECK(rule_of(empty.append(early)) == "R-ROS-01");
}

TEST_CASE("R-ROS-02 R-ROS-03 R-ROS-04 number, network and hash of the one before") {
  TestNetwork net;
  net.now = net.now + days(2);
  auto entry = net.signed_by(net.founder, CheckpointBody{});
  auto wrong = entry;
  wrong.seq = RosterSeq{3};
  wrong.sign(net.founder.key);
  CHECK(rule_of(net.try_append(wrong)) == "R-ROS-02");
  wrong = entry;
  wrong.network = net.random.id<NetworkId>();
  wrong.sign(net.founder.key);
  CHECK(rule_of(net.try_append(wrong)) == "R-ROS-03");
  wrong = entry;
  wrong.prev = net.random.id<Hash32>();
  wrong.sign(net.founder.key);
  auto forked = net.try_append(wrong);
  CHECK(rule_of(forked) == "R-ROS-04");
  CHECK(forked.error().code == Code::fork);
  net.must(entry);
}

TEST_CASE("R-ROS-05 R-ROS-06 times never decrease and are not far ahead of the server's clock") {
  TestNetwork net;
  net.now = net.now - seconds(1);
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, net.country("XA"), true))) == "R-ROS-05");
  net.now = net.now + hours(1);
  auto entry = net.signed_by(net.founder, net.country("XA"), true);
  CHECK(rule_of(net.roster.append(entry, net.now - minutes(5) - milliseconds(1))) == "R-ROS-06");
  CHECK(net.roster.check(entry, net.now - minutes(5)).has_value());
}

TEST_CASE("R-ROS-07 R-ROS-08 whoever appends is known, stands and has signed") {
  TestNetwork net;
  auto stranger = net.new_device(net.founder.member);
  CHECK(rule_of(net.try_append(net.signed_by(stranger, net.country("XA"), true))) == "R-ROS-07");
  auto forged = net.signed_by(net.founder, net.country("XA"), true);
  forged.signature = net.random.id<crypto::Ed25519Signature>();
  CHECK(rule_of(net.try_append(forged)) == "R-ROS-08");
  auto second = net.add_device(net.founder);
  net.must(net.founder, net.revocation(RevokeTarget::device, second.id().view()));
  auto late = net.try_append(net.signed_by(second, net.country("XA"), true));
  CHECK(rule_of(late) == "R-ROS-07");
  CHECK(late.error().code == Code::revoked);
  auto provisional = net.enter(net.founder, net.grant(Role::partner), false);
  CHECK(rule_of(net.try_append(net.signed_by(provisional, MemberBody{provisional.member, net.name()}))) == "R-ROS-07");
}

TEST_CASE("R-ROS-09 R-ROS-10 a statement runs out and counts once") {
  TestNetwork net;
  auto entry = net.signed_by(net.founder, net.country("XA"), true);
  net.now = net.now + days(7) + milliseconds(1);
  entry.time = net.now;
  entry.sign(net.founder.key);
  CHECK(rule_of(net.try_append(entry)) == "R-ROS-09");

  auto first = net.signed_by(net.founder, net.country("XA"), true);
  net.must(first);
  net.must(net.founder, net.country("XA", CountryStatus::suspended), true);
  auto replay = net.entry(net.country("XA"));
  replay.backing = first.backing;
  replay.sign(net.founder.key);
  CHECK(rule_of(net.try_append(replay)) == "R-ROS-10");
}

TEST_CASE("R-ROS-11 R-ROS-12 backing of the right sort, by known keys, each once") {
  TestNetwork net;
  auto e = net.entry(net.country("XA"));
  net.back(e, net.founder);
  e.sign(net.founder.key);
  CHECK(rule_of(net.try_append(e)) == "R-ROS-11");

  e = net.entry(net.country("XA"));
  net.back(e, crypto::ed25519_generate(net.random));
  e.sign(net.founder.key);
  CHECK(rule_of(net.try_append(e)) == "R-ROS-12");

  e = net.entry(net.country("XA"));
  net.back(e, net.root);
  net.back(e, net.root);
  e.sign(net.founder.key);
  CHECK(rule_of(net.try_append(e)) == "R-ROS-12");

  e = net.entry(net.country("XA"));
  net.back(e, net.root);
  e.backing->signatures[0].signature = net.random.id<crypto::Ed25519Signature>();
  e.sign(net.founder.key);
  CHECK(rule_of(net.try_append(e)) == "R-ROS-12");
}

TEST_CASE("R-ROS-13 countries, server and release need k roots") {
  TestNetwork net;
  for (const Body& body : {Body(net.country("XA")), Body(ServerBody{{}, {}, {"a:1"}}), Body(ReleaseBody{"1", {}})}) {
    CHECK(rule_of(net.try_append(net.signed_by(net.founder, body))) == "R-ROS-13");
    net.must(net.founder, body, true);
  }
  auto second = crypto::ed25519_generate(net.random);
  RootSet two{2, {net.root.public_key, second.public_key}};
  std::sort(two.keys.begin(), two.keys.end());
  net.must(net.founder, RootsBody{two}, true);
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, net.country("XB"), true))) == "R-ROS-13");
  auto both = net.entry(net.country("XB"));
  net.back(both, net.root);
  net.back(both, second);
  both.sign(net.founder.key);
  net.must(both);
  CHECK(net.roster.newest().roots() == two);
  CHECK(net.roster.at(RosterSeq{2})->roots().threshold == 1);
  CHECK(net.roster.newest().server()->addresses == std::vector<std::string>{"a:1"});
  CHECK(net.roster.newest().releases().size() == 1);
}

TEST_CASE("R-ROS-14 new roots by two thirds of the member countries, not one fewer") {
  TestNetwork net;
  std::vector<tests::TestDevice> speakers;
  for (auto code : {"XA", "XB", "XC", "XD"}) {
    net.add_country(code);
    speakers.push_back(net.enter(net.founder, net.grant(Role::focal_point, code)));
  }
  net.add_country("XO", CountryStatus::observer);
  auto observer = net.enter(net.founder, net.grant(Role::focal_point, "XO"));
  auto delegate = net.enter(speakers[3], net.grant(Role::delegate, "XD"));
  auto new_root = crypto::ed25519_generate(net.random);
  auto attempt = [&](std::initializer_list<const tests::TestDevice*> behind) {
    auto e = net.entry(RootsBody{{1, {new_root.public_key}}});
    for (const auto* device : behind) net.back(e, *device);
    e.sign(speakers[0].key);
    return net.try_append(e);
  };
  CHECK(rule_of(attempt({&speakers[0], &speakers[1]})) == "R-ROS-14");
  CHECK(rule_of(attempt({&speakers[0], &speakers[1], &observer})) == "R-ROS-14");
  CHECK(rule_of(attempt({&speakers[0], &speakers[1], &delegate})) == "R-ROS-14");
  CHECK(rule_of(attempt({&speakers[0], &speakers[1], &net.founder})) == "R-ROS-14");
  CHECK(rule_of(attempt({&speakers[0], &speakers[1], &speakers[2]})) == "");
  CHECK(net.roster.newest().roots().keys[0] == new_root.public_key);
}

TEST_CASE("R-ROS-14 a seat with a joint voice stands behind new roots with two of its focal points") {
  TestNetwork net;
  auto brazil = net.country("XB");
  brazil.voice = Voice::joint;
  net.must(net.founder, brazil, true);
  auto one = net.enter(net.founder, net.grant(Role::focal_point, "XB"));
  auto other = net.enter(one, net.grant(Role::focal_point, "XB"));
  auto same_person = net.add_device(one);
  auto attempt = [&](std::initializer_list<const tests::TestDevice*> behind) {
    auto e = net.entry(RootsBody{{1, {crypto::ed25519_generate(net.random).public_key}}});
    for (const auto* device : behind) net.back(e, *device);
    e.sign(one.key);
    return rule_of(net.roster.check(e));
  };
  CHECK(attempt({&one}) == "R-ROS-14");
  CHECK(attempt({&one, &same_person}) == "R-ROS-14");
  CHECK(attempt({&one, &other}) == "");
}

TEST_CASE("R-ROS-15 a paper device vouches once and does nothing else") {
  TestNetwork net;
  auto sheet = net.add_device(net.founder, DeviceKind::paper);
  CHECK(rule_of(net.try_append(net.signed_by(sheet, MemberBody{net.founder.member, net.name()}))) == "R-ROS-15");
  auto fresh = net.add_device(sheet);
  CHECK(net.standing(fresh) == Standing::full);
  auto another = net.new_device(net.founder.member);
  CHECK(rule_of(net.try_append(net.vouch_entry(sheet, another))) == "R-ROS-15");
}

TEST_CASE("R-ROS-16 R-ROS-17 statuses change by a decision, grants name known seats") {
  TestNetwork net;
  auto body = net.country("XA");
  body.decision.clear();
  net.must(net.founder, body, true);
  body.name = "Another name";
  net.must(net.founder, body, true);
  body.status = CountryStatus::suspended;
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, body, true))) == "R-ROS-16");
  auto invite = net.new_invite(net.grant(Role::focal_point, "XB"));
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, invite.body))) == "R-ROS-17");
}

TEST_CASE("R-ROS-80 a checkpoint only when the last entry is a day old") {
  TestNetwork net;
  net.add_country("XA");
  auto other = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, CheckpointBody{}))) == "R-ROS-80");
  net.now = net.now + days(1);
  net.must(net.founder, CheckpointBody{});
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, CheckpointBody{}))) == "R-ROS-80");
  CHECK(rule_of(net.try_append(net.signed_by(other, CheckpointBody{}))) == "R-ROS-80");
  CHECK(net.roster.last_entry_of_another(net.founder.member) == net.now - days(1));
  CHECK(net.roster.last_entry_of_another(other.member) == net.now);
}

TEST_CASE("R-ROS-80 a checkpoint also when somebody's date has come, so that the log knows it") {
  TestNetwork net;
  auto grant = net.grant(Role::participant);
  grant.scope = net.random.id<ChannelId>();
  grant.until = net.now + hours(2);
  auto participant = net.enter(net.founder, grant);
  net.now = net.now + hours(1);
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, CheckpointBody{}))) == "R-ROS-80");
  net.now = net.now + hours(1);
  CHECK(net.standing(participant) == Standing::full);  // by the log's own time
  net.must(net.founder, CheckpointBody{});
  CHECK(net.standing(participant) == Standing::gone);
  CHECK(rule_of(net.try_append(net.signed_by(net.founder, CheckpointBody{}))) == "R-ROS-80");
}

TEST_CASE("an entry of a later type or version is chained and set aside") {
  TestNetwork net;
  auto later = net.signed_by(net.founder, CheckpointBody{});
  later.type = 99;
  later.body = Bytes(10, 7);
  later.sign(net.founder.key);
  auto taken = net.try_append(later);
  REQUIRE(taken);
  CHECK(*taken == Taken::set_aside);
  auto version = net.signed_by(net.founder, net.country("XA"));
  version.version = 2;
  version.sign(net.founder.key);
  CHECK(*net.try_append(version) == Taken::set_aside);
  CHECK(net.roster.newest().country(tests::country_of("XA")) == nullptr);
  auto stranger = net.new_device(net.founder.member);
  later = net.signed_by(stranger, CheckpointBody{});
  later.type = 99;
  later.sign(stranger.key);
  CHECK(rule_of(net.try_append(later)) == "R-ROS-07");
  net.add_country("XA");
}
