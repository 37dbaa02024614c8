// Tests: server/service/service_statements.cpp server/service/statement_book.cpp
#include "tests/unit/server/service/test_server.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::PendingStatement;
using roster::Role;

namespace {

PendingStatement statement(TestSpace& space, const roster::Body& body, Timestamp expires) {
  auto& net = space.net;
  PendingStatement pending;
  pending.type = static_cast<std::uint16_t>(roster::type_of(body));
  pending.body = roster::encode_body(body);
  pending.backing = {net.random.id<RecordId>(), expires, {}};
  pending.sign(net.id, roster::BackingKind::root, roster::root_key_id(net.root.public_key).view(), net.root);
  return pending;
}

Result<api::StatementPutReply> put(TestSpace& space, Caller caller, const PendingStatement& pending) {
  return space.server.ask<api::StatementPutReply>(caller, api::StatementPut{pending.encode()});
}
std::vector<Bytes> kept(TestSpace& space, Caller caller) {
  return space.server.ask<api::StatementsReply>(caller, api::Statements{})->statements;
}

}  // namespace

TEST_CASE("a statement is kept with its signatures, over a restart, until an entry carries it") {
  TestSpace space;
  auto& net = space.net;
  Caller caller = space.must_log_in(net.founder);
  auto pending = statement(space, net.country("XA"), net.now + days(7));
  CHECK(put(space, caller, pending)->signatures == 1);
  CHECK(put(space, caller, pending)->signatures == 1);
  space.server.restart();
  caller = space.must_log_in(net.founder);
  REQUIRE(kept(space, caller) == std::vector<Bytes>{pending.encode()});
  auto entry = net.entry(net.country("XA"));
  entry.backing = pending.backing;
  entry.sign(net.founder.key);
  REQUIRE(space.server.ask<api::RosterPlaceReply>(caller, api::RosterAppend{entry.encode()}));
  CHECK(kept(space, caller).empty());
  // It counted: put back, its signatures are worth nothing any more.
  CHECK_FALSE(put(space, caller, pending));
  CHECK(space.server.last_rule == "R-ROS-10");
}

TEST_CASE("R-SRV-19 only from who stands in full, with right signatures, for a month") {
  TestSpace space;
  auto& net = space.net;
  auto provisional = net.enter(net.founder, net.grant(Role::partner), false);
  auto sheet = net.add_device(net.founder, roster::DeviceKind::paper);
  space.share_roster();
  auto pending = statement(space, net.country("XA"), net.now + days(7));
  for (const TestDevice* device : {&provisional, &sheet}) {
    CHECK_FALSE(put(space, space.must_log_in(*device), pending));
    CHECK(space.server.last_rule == "R-SRV-19");
  }
  Caller caller = space.must_log_in(net.founder);
  CHECK_FALSE(put(space, caller, statement(space, net.country("XA"), net.now + days(31))));
  CHECK(space.server.last_rule == "R-SRV-19");
  auto forged = pending;
  forged.backing.signatures[0].signature = net.random.id<crypto::Ed25519Signature>();
  CHECK_FALSE(put(space, caller, forged));
  CHECK(space.server.last_rule == "R-ROS-12");
  CHECK_FALSE(space.server.ask<api::StatementsReply>(space.server.open(), api::Statements{}));
  CHECK(space.server.last_rule == "R-SRV-03");
}

TEST_CASE("R-SRV-19 not more than 64 wait; those that have run out make room") {
  TestSpace space;
  auto& net = space.net;
  Caller caller = space.must_log_in(net.founder);
  for (int i = 0; i < 64; ++i) REQUIRE(put(space, caller, statement(space, net.country("XA"), net.now + days(1))));
  auto one_more = statement(space, net.country("XA"), net.now + days(7));
  CHECK_FALSE(put(space, caller, one_more));
  CHECK(space.server.last_rule == "R-SRV-19");
  space.server.now = space.server.now + days(2);
  CHECK(put(space, caller, one_more));
  CHECK(kept(space, caller).size() == 1);
}

TEST_CASE("R-SRV-18 whose last day has passed is shut out by the server's clock, though no entry says so yet") {
  TestSpace space;
  auto& net = space.net;
  auto grant = net.grant(Role::participant);
  grant.scope = net.random.id<ChannelId>();
  grant.until = net.now + hours(2);
  auto participant = net.enter(net.founder, grant);
  space.share_roster();
  Caller caller = space.must_log_in(participant);
  CHECK(kept(space, caller).empty());
  space.server.now = *grant.until;
  CHECK_FALSE(space.server.ask<api::StatementsReply>(caller, api::Statements{}));
  CHECK(space.server.last_rule == "R-SRV-18");
  CHECK(space.server.closed.contains(caller));
  CHECK_FALSE(space.log_in(participant));
  CHECK(space.server.last_rule == "R-SRV-08");
}
