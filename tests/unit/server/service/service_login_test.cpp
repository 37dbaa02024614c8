// Who is let in, and by what.
// Tests: server/service/device_use.cpp server/service/rows.cpp server/service/service_login.cpp
#include "tests/unit/server/service/test_server.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::Role;

TEST_CASE("only an empty server is founded, from loopback or with its code") {
  TestNetwork net;
  TestServer server;
  api::Found request{net.genesis.encode(), ""};
  CHECK_FALSE(server.ask<api::RosterPlaceReply>(server.open(), request));
  CHECK(server.last_rule == "R-SRV-41");
  request.one_time_code = "cod";
  CHECK_FALSE(server.ask<api::RosterPlaceReply>(server.open(), request));
  request.one_time_code = "code";
  auto placed = server.ask<api::RosterPlaceReply>(server.open(), request);
  REQUIRE(placed);
  CHECK(placed->head.hash == net.genesis.hash());
  auto again = server.ask<api::RosterPlaceReply>(server.open(true), request);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == Code::already_founded);
}

TEST_CASE("a login is by a device that stands, over this connection's challenge, once and fresh") {
  TestSpace space;
  CHECK(space.log_in(space.net.founder));

  auto stranger = space.net.new_device(space.net.founder.member);
  CHECK_FALSE(space.log_in(stranger));
  CHECK(space.server.last_rule == "R-SRV-08");

  Caller caller = space.server.open();
  auto context = space.login_context(space.greet(caller));
  auto login = api::sign_login(context, space.net.founder.id(), space.net.founder.key);
  SECTION("by another key") {
    login = api::sign_login(context, space.net.founder.id(), stranger.key);
    CHECK_FALSE(space.server.ask<api::LoginReply>(caller, login));
    CHECK(space.server.last_rule == "R-SRV-09");
    CHECK(space.server.closed.contains(caller));
  }
  SECTION("on another connection") {
    Caller other = space.server.open();
    space.greet(other);
    CHECK_FALSE(space.server.ask<api::LoginReply>(other, login));
    CHECK(space.server.last_rule == "R-SRV-09");
  }
  SECTION("after 30 seconds") {
    space.server.now = space.server.now + seconds(30);
    CHECK_FALSE(space.server.ask<api::LoginReply>(caller, login));
    CHECK(space.server.last_rule == "R-SRV-06");
  }
  SECTION("twice") {
    CHECK(space.server.ask<api::LoginReply>(caller, login));
    CHECK_FALSE(space.server.ask<api::LoginReply>(caller, login));
    CHECK(space.server.last_rule == "R-SRV-06");
  }
  SECTION("without hello") {
    CHECK_FALSE(space.server.ask<api::LoginReply>(space.server.open(), login));
    CHECK(space.server.last_rule == "R-SRV-06");
  }
  SECTION("for another server's key") {
    context.spki = space.net.random.id<Hash32>();
    login = api::sign_login(context, space.net.founder.id(), space.net.founder.key);
    auto refused = space.server.ask<api::LoginReply>(caller, login);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::wrong_server_key);
  }
}

TEST_CASE("R-SRV-86 a browser that nobody used for 180 days is let in no more") {
  TestSpace space;
  auto browser = space.net.add_device(space.net.founder, roster::DeviceKind::browser);
  auto native = space.net.add_device(space.net.founder);
  space.share_roster();
  auto pass = [&](Duration unused) { space.server.now = space.server.now + unused; };
  auto used = [&](const TestDevice& device) { space.server.service->on_closed(space.must_log_in(device)); };
  used(browser);
  used(native);
  pass(days(180));
  used(browser);
  pass(days(180));
  // Who stays for long was last here when the connection ended, not when it began.
  auto caller = space.must_log_in(browser);
  pass(days(100));
  space.server.service->on_closed(caller);
  pass(days(180));
  space.server.restart();
  used(browser);
  pass(days(182));
  SECTION("the same process") {}
  SECTION("another, over what the store holds") { space.server.restart(); }
  CHECK_FALSE(space.log_in(browser));
  CHECK(space.server.last_rule == "R-SRV-86");
  CHECK(space.log_in(native));
}

TEST_CASE("connections of a device are capped (R73)") {
  Rates rates;
  rates.connections_per_device = 2;
  TestSpace space(rates);
  auto first = space.must_log_in(space.net.founder);
  space.must_log_in(space.net.founder);
  CHECK_FALSE(space.log_in(space.net.founder));
  CHECK(space.server.last_rule == "R73");
  space.server.service->on_closed(first);
  CHECK(space.log_in(space.net.founder));
}

TEST_CASE("without a login there is hello, ping and founding, nothing else") {
  TestSpace space;
  Caller caller = space.server.open();
  CHECK(space.server.ask<api::PingReply>(caller, api::Ping{}));
  CHECK_FALSE(space.server.ask<api::RosterReadReply>(caller, api::RosterRead{RosterSeq{1}, 1000}));
  CHECK(space.server.last_rule == "R-SRV-03");
  CHECK_FALSE(space.server.ask<api::ChannelsReply>(caller, api::Channels{}));
  CHECK(space.server.last_rule == "R-SRV-03");
  CHECK_FALSE(space.server.ask<api::AppendReply>(caller, api::Append{Bytes(300, 1)}));
  CHECK(space.server.last_rule == "R-SRV-03");
}

TEST_CASE("what is no request ends the connection") {
  TestSpace space;
  Caller caller = space.server.open();
  space.server.service->on_frame(caller, Bytes{1, 2, 3});
  CHECK(space.server.closed.contains(caller));
  Caller other = space.server.open();
  space.server.service->on_frame(other, api::push_frame(api::ClosingPush{0}));
  CHECK(space.server.closed.contains(other));
}

TEST_CASE("who holds a link logs in by it, reads the roster and accepts that invite alone") {
  TestSpace space;
  auto& net = space.net;
  auto invite = net.new_invite(net.grant(Role::partner)), other = net.new_invite(net.grant(Role::partner));
  net.must(net.founder, invite.body);
  net.must(net.founder, other.body);
  space.share_roster();
  auto log_in = [&](const crypto::Ed25519Key& key) {
    Caller caller = space.server.open();
    auto context = space.login_context(space.greet(caller));
    auto done = space.server.ask<api::LoginReply>(caller, api::sign_login_invite(context, invite.body.id, key));
    return done ? std::optional(caller) : std::nullopt;
  };
  CHECK_FALSE(log_in(other.link));
  CHECK(space.server.last_rule == "R-SRV-09");
  auto caller = log_in(invite.link);
  REQUIRE(caller);
  CHECK(space.server.ask<api::RosterReadReply>(*caller, api::RosterRead{RosterSeq{1}, 90000})->entries.size() == 3);
  CHECK_FALSE(space.server.ask<api::ChannelsReply>(*caller, api::Channels{}));
  auto append = [&](const roster::RosterEntry& entry) {
    return space.server.ask<api::RosterPlaceReply>(*caller, api::RosterAppend{entry.encode()});
  };
  CHECK_FALSE(append(net.accept_entry(other, net.new_device(other.body.member))));
  CHECK(space.server.last_rule == "R-SRV-42");
  CHECK_FALSE(append(net.signed_by(net.founder, net.country("XA"), true)));
  CHECK(space.server.last_rule == "R-SRV-42");
  CHECK(append(net.accept_entry(invite, net.new_device(invite.body.member))));
  CHECK_FALSE(log_in(invite.link));
}
