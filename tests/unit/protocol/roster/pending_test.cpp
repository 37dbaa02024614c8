#include "protocol/roster/pending.h"

#include "protocol/base/limits.h"
#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::TestNetwork;

namespace {

PendingStatement statement(TestNetwork& net, const Body& body) {
  PendingStatement pending;
  pending.type = static_cast<std::uint16_t>(type_of(body));
  pending.body = encode_body(body);
  pending.backing = {net.random.id<RecordId>(), net.now + days(7), {}};
  pending.sign(net.id, BackingKind::root, root_key_id(net.root.public_key).view(), net.root);
  return pending;
}

}  // namespace

TEST_CASE("a waiting statement reads back whole only") {
  TestNetwork net;
  auto pending = statement(net, net.country("XA"));
  Bytes bytes = pending.encode();
  auto again = PendingStatement::decode(bytes);
  REQUIRE(again);
  CHECK(again->encode() == bytes);
  for (std::size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(PendingStatement::decode(BytesView(bytes).first(n)));
  Bytes longer = bytes;
  longer.push_back(0);
  CHECK(PendingStatement::decode(longer).error().code == Code::trailing_bytes);
  CHECK(PendingStatement::decode(Bytes(limits::roster_entry_bytes_max + 1)).error().code == Code::too_large);
  bytes[0] = 9;
  CHECK(PendingStatement::decode(bytes).error().code == Code::unknown_version);
}

TEST_CASE("what one signs alone is no statement: an accept, a checkpoint, a device vouched for") {
  TestNetwork net;
  CHECK(PendingStatement::decode(statement(net, CheckpointBody{}).encode()).error().code == Code::unknown_kind);
  DeviceBody vouch{net.founder.member, DeviceAction::vouch, net.record_of(net.founder), {}};
  CHECK(PendingStatement::decode(statement(net, vouch).encode()).error().code == Code::malformed);
  vouch.action = DeviceAction::re_enter;
  CHECK(PendingStatement::decode(statement(net, vouch).encode()).has_value());
}

TEST_CASE("signatures come together under one statement, each key once") {
  TestNetwork net;
  auto pending = statement(net, net.country("XA"));
  auto other = pending;
  other.sign(net.id, BackingKind::device, net.founder.id().view(), net.founder.key);
  other.sign(net.id, BackingKind::device, net.founder.id().view(), net.founder.key);
  CHECK(other.backing.signatures.size() == 2);
  CHECK(pending.merge(other));
  CHECK(pending.backing.signatures.size() == 2);
  CHECK(pending.merge(other));
  CHECK(pending.backing.signatures.size() == 2);
  CHECK_FALSE(pending.merge(statement(net, net.country("XA"))));
}

TEST_CASE("R-ROS-11 R-ROS-12 R-ROS-09 signatures that don't count are found before there are enough") {
  TestNetwork net;
  auto pending = statement(net, net.country("XA"));
  CHECK(net.roster.check_consents(pending, net.now));
  CHECK(tests::rule_of(net.roster.check_consents(pending, net.now + days(8))) == "R-ROS-09");
  auto by_device = pending;
  by_device.sign(net.id, BackingKind::device, net.founder.id().view(), net.founder.key);
  CHECK(tests::rule_of(net.roster.check_consents(by_device, net.now)) == "R-ROS-11");
  auto forged = pending;
  forged.backing.signatures[0].signature = net.random.id<Ed25519Signature>();
  CHECK(tests::rule_of(net.roster.check_consents(forged, net.now)) == "R-ROS-12");
}

TEST_CASE("the six words of a re-entry depend on network, member and key") {
  TestNetwork net;
  DeviceBody body{net.founder.member, DeviceAction::re_enter, net.record_of(net.founder), {}};
  auto words = re_entry_comparison(net.roster.fingerprint(), body);
  auto same = body;
  same.device.label = net.name();
  CHECK(re_entry_comparison(net.roster.fingerprint(), same) == words);
  CHECK(re_entry_comparison(net.random.id<Hash32>(), body) != words);
  auto other = body;
  other.member = net.random.id<MemberId>();
  CHECK(re_entry_comparison(net.roster.fingerprint(), other) != words);
  other = body;
  other.device = net.record_of(net.new_device(net.founder.member));
  CHECK(re_entry_comparison(net.roster.fingerprint(), other) != words);
}

TEST_CASE("who stands behind a statement is counted by the way that leads there") {
  TestNetwork net;
  for (const char* code : {"XA", "XB", "XC", "XD"}) net.add_country(code);
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto xb = net.enter(net.founder, net.grant(Role::focal_point, "XB"));
  auto delegate = net.enter(xa, net.grant(Role::delegate, "XA"));
  auto country = net.roster.support(statement(net, net.country("XA", CountryStatus::suspended)), net.now);
  REQUIRE(country);
  CHECK(*country == Support{{1, 1}, {}, {}});
  CHECK(country->roots.enough());

  PendingStatement roots = statement(net, RootsBody{{1, {net.root.public_key}}});
  roots.backing.signatures.clear();
  for (const auto* by : {&xa, &xb, &delegate}) roots.sign(net.id, BackingKind::device, by->id().view(), by->key);
  CHECK(*net.roster.support(roots, net.now) == Support{{0, 1}, {2, 3}, {}});

  auto fresh = net.new_device(xa.member);
  DeviceBody body{xa.member, DeviceAction::re_enter, net.record_of(fresh), {}};
  PendingStatement re_entry = statement(net, body);
  re_entry.backing.signatures.clear();
  re_entry.sign(net.id, BackingKind::new_device, fresh.id().view(), fresh.key);
  CHECK(*net.roster.support(re_entry, net.now) == Support{{}, {}, {0, 2}});
  re_entry.sign(net.id, BackingKind::device, net.founder.id().view(), net.founder.key);
  re_entry.sign(net.id, BackingKind::device, delegate.id().view(), delegate.key);
  CHECK(net.roster.support(re_entry, net.now)->people.enough());
  // A signature that isn't right counts for nothing, and nothing counts beside it.
  re_entry.backing.signatures.back().signature = {};
  CHECK(net.roster.support(re_entry, net.now).error().code == Code::bad_signature);
}
