// Tests: server/service/roster_book.cpp server/service/service.cpp
#include "tests/unit/server/service/test_server.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::Role;

namespace {

Result<api::RosterPlaceReply> append(TestSpace& space, Caller caller, const roster::RosterEntry& entry) {
  auto placed = space.server.ask<api::RosterPlaceReply>(caller, api::RosterAppend{entry.encode()});
  if (placed && placed->head.seq.value == space.net.entries.size() + 1) REQUIRE(space.net.try_append(entry));
  return placed;
}

}  // namespace

TEST_CASE("an entry is judged by the roster's rules, stored, and told to everybody") {
  TestSpace space;
  auto& net = space.net;
  Caller writer = space.must_log_in(net.founder), reader = space.must_log_in(net.founder);
  auto entry = net.signed_by(net.founder, net.country("XA"), true);
  auto placed = append(space, writer, entry);
  REQUIRE(placed);
  CHECK(placed->head.hash == entry.hash());
  CHECK(space.server.pushed<api::RosterPush>(reader).size() == 1);
  // Asked again, the answer is its place.
  CHECK(append(space, writer, entry)->head == placed->head);
  CHECK(space.server.pushed<api::RosterPush>(reader).empty());
  CHECK_FALSE(append(space, writer, net.signed_by(net.founder, net.country("XB"))));
  CHECK(space.server.last_rule == "R-ROS-13");
  space.server.restart();
  Caller again = space.must_log_in(net.founder);
  auto read = space.server.ask<api::RosterReadReply>(again, api::RosterRead{RosterSeq{2}, 90000});
  REQUIRE(read);
  CHECK(read->entries == std::vector<Bytes>{entry.encode()});
  CHECK(read->head == placed->head);
}

TEST_CASE("R-SRV-42 a device appends for itself") {
  TestSpace space;
  auto& net = space.net;
  auto second = net.add_device(net.founder);
  space.share_roster();
  Caller caller = space.must_log_in(second);
  CHECK_FALSE(append(space, caller, net.signed_by(net.founder, net.country("XA"), true)));
  CHECK(space.server.last_rule == "R-SRV-42");
}

TEST_CASE("times may be five minutes ahead of the server's clock, no more") {
  TestSpace space;
  Caller caller = space.must_log_in(space.net.founder);
  space.net.now = space.server.now + minutes(6);
  CHECK_FALSE(append(space, caller, space.net.signed_by(space.net.founder, space.net.country("XA"), true)));
  CHECK(space.server.last_rule == "R-ROS-06");
}

TEST_CASE("five wrong codes burn an invite, also across a restart") {
  TestSpace space;
  auto& net = space.net;
  auto invite = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, invite.body);
  space.share_roster();
  auto attempt = [&](const TestInvite& with, bool with_code) {
    Caller caller = space.server.open();
    auto context = space.login_context(space.greet(caller));
    REQUIRE(space.server.ask<api::LoginReply>(caller, api::sign_login_invite(context, invite.body.id, with.link)));
    auto entry = net.accept_entry(with, net.new_device(invite.body.member), with_code);
    return space.server.ask<api::RosterPlaceReply>(caller, api::RosterAppend{entry.encode()});
  };
  for (int i = 1; i <= 5; ++i) {
    if (i == 4) space.server.restart();
    TestInvite guess{invite.body, invite.link.duplicate(), crypto::ed25519_generate(net.random)};
    auto refused = attempt(guess, true);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::wrong_code);
    CHECK(refused.error().got == static_cast<std::uint64_t>(i));
  }
  for (bool with_code : {true, false}) {
    auto burned = attempt(invite, with_code);
    REQUIRE_FALSE(burned);
    CHECK(burned.error().code == Code::invite_burned);
  }
}

TEST_CASE("a revoked device is cut off at once") {
  TestSpace space;
  auto& net = space.net;
  auto second = net.add_device(net.founder);
  space.share_roster();
  Caller stays = space.must_log_in(net.founder), falls = space.must_log_in(second);
  REQUIRE(append(space, stays,
                 net.signed_by(net.founder, net.revocation(roster::RevokeTarget::device, second.id().view()))));
  CHECK(space.server.closed.contains(falls));
  CHECK_FALSE(space.server.closed.contains(stays));
  CHECK_FALSE(space.log_in(second));
  CHECK(space.server.last_rule == "R-SRV-08");
}

TEST_CASE("an entry the store didn't take doesn't count, one it left open does if it is there") {
  TestSpace space;
  auto& net = space.net;
  Caller caller = space.must_log_in(net.founder);
  auto entry = net.signed_by(net.founder, net.country("XA"), true);
  space.server.store.fail_call(1, {Code::storage_full});
  auto refused = append(space, caller, entry);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage_full);
  space.server.store.leave_undecided(1, false);
  CHECK_FALSE(append(space, caller, entry));
  space.server.store.leave_undecided(1, true);
  CHECK(append(space, caller, entry));
}
