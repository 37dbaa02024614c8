#include "tests/unit/server/service/test_server.h"

using namespace encuentro;
using namespace encuentro::tests;
using roster::Role;

namespace {

struct Pair : TestSpace {
  TestDevice xa, xb;
  ChannelId channel = net.random.id<ChannelId>();
  Pair() {
    net.add_country("XA");
    net.add_country("XB");
    xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
    xb = net.enter(net.founder, net.grant(Role::focal_point, "XB"));
    share_roster();
  }
  policy::ChannelPolicy committee(std::vector<roster::Country> countries) {
    policy::PolicyWish wish;
    wish.channel = channel;
    wish.creator = xa.member;
    wish.kind = policy::ChannelKind::committee;
    wish.countries = std::move(countries);
    return *policy::make_policy(wish);
  }
  Bytes package(const TestDevice& who) {
    return mls::encoded(mls::MlsMessage{TestMember::package(net, who).key_package});
  }
};

}  // namespace

TEST_CASE("each KeyPackage is given out once, then the last resort again and again") {
  Pair space;
  TestMember alice(space, space.xa, space.channel);
  REQUIRE(alice.create(space.committee({country_of("XA"), country_of("XB")})));
  Caller bob = space.must_log_in(space.xb);
  Bytes one = space.package(space.xb), two = space.package(space.xb), last = space.package(space.xb);
  CHECK(space.server.ask<api::KeyPackagesPutReply>(bob, api::KeyPackagesPut{false, {one, two}})->held == 2);
  CHECK(space.server.ask<api::KeyPackagesPutReply>(bob, api::KeyPackagesPut{true, {last}})->held == 2);
  std::set<Bytes> taken;
  for (int i = 0; i < 2; ++i) {
    auto reply =
        space.server.ask<api::KeyPackageTakeReply>(alice.caller, api::KeyPackageTake{space.xb.id(), space.channel});
    REQUIRE(reply);
    taken.insert(reply->package);
  }
  CHECK(taken == std::set<Bytes>{one, two});
  CHECK(space.server.pushed<api::KeyPackagesLowPush>(bob).back().held == 0);
  for (int i = 0; i < 2; ++i) {
    auto reply =
        space.server.ask<api::KeyPackageTakeReply>(alice.caller, api::KeyPackageTake{space.xb.id(), space.channel});
    CHECK(reply->package == last);
  }
  CHECK_FALSE(space.server.ask<api::KeyPackageTakeReply>(alice.caller,
                                                         api::KeyPackageTake{space.net.founder.id(), space.channel}));
  CHECK(space.server.last_rule == "R-SRV-62");
}

TEST_CASE("R-SRV-60 only one's own, signed, of the product's suite") {
  Pair space;
  Caller bob = space.must_log_in(space.xb);
  auto rule = [&](Bytes bytes) {
    auto reply = space.server.ask<api::KeyPackagesPutReply>(bob, api::KeyPackagesPut{false, {std::move(bytes)}});
    return reply ? "" : space.server.last_rule;
  };
  CHECK(rule(space.package(space.xa)) == "R-SRV-60");
  Bytes forged = space.package(space.xb);
  forged.back() ^= 1;
  CHECK(rule(forged) != "");
  CHECK(rule(space.package(space.xb)) == "");
  auto too_many =
      space.server.ask<api::KeyPackagesPutReply>(bob, api::KeyPackagesPut{true, {Bytes(9, 1), Bytes(9, 1)}});
  CHECK_FALSE(too_many);
}

TEST_CASE("R-SRV-61 taking is for those who may add, whom the channel admits, ten a minute") {
  Pair space;
  TestMember alice(space, space.xa, space.channel);
  auto policy = space.committee({country_of("XA")});
  policy.admits = {};
  REQUIRE(alice.create(policy));
  Caller bob = space.must_log_in(space.xb);
  REQUIRE(space.server.ask<api::KeyPackagesPutReply>(bob, api::KeyPackagesPut{true, {space.package(space.xb)}}));
  auto take = [&](Caller caller, const TestDevice& target) {
    auto reply = space.server.ask<api::KeyPackageTakeReply>(caller, api::KeyPackageTake{target.id(), space.channel});
    return reply ? "" : space.server.last_rule;
  };
  CHECK(take(bob, space.xa) == "R-SRV-50");
  CHECK(take(alice.caller, space.xb) == "R-POL-16");
  Caller founder = space.must_log_in(space.net.founder);
  REQUIRE(space.server.ask<api::KeyPackagesPutReply>(founder,
                                                     api::KeyPackagesPut{true, {space.package(space.net.founder)}}));
  for (int i = 0; i < 10; ++i) CHECK(take(alice.caller, space.net.founder) == "");
  CHECK(take(alice.caller, space.net.founder) == "R75");
}
