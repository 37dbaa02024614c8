// The people of product.md against each kind of channel.
#include "protocol/policy/policy.h"

#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::policy;
using roster::CountryStatus;
using roster::Role;
using tests::rule_of;
using tests::TestDevice;
using tests::TestNetwork;

namespace {

// XA, XB: members. XO: observer (as Peru). XT: training-only (as Nicaragua). XS: suspended.
struct World : TestNetwork {
  ChannelId general = random.id<ChannelId>(), points = random.id<ChannelId>(), committee_id = random.id<ChannelId>(),
            network_id = random.id<ChannelId>(), course = random.id<ChannelId>();
  TestDevice xa, xb, xo, xt, xs, delegate, partner, alumni, participant, provisional, unseated;

  World() {
    for (auto code : {"XA", "XB", "XS"}) add_country(code);
    add_country("XO", CountryStatus::observer);
    add_country("XT", CountryStatus::training_only);
    xa = enter(founder, grant(Role::focal_point, "XA"));
    xb = enter(founder, grant(Role::focal_point, "XB"));
    xo = enter(founder, grant(Role::focal_point, "XO"));
    xt = enter(founder, grant(Role::focal_point, "XT"));
    xs = enter(founder, grant(Role::focal_point, "XS"));
    delegate = enter(xa, grant(Role::delegate, "XA"));
    partner = enter(founder, grant(Role::partner));
    alumni = enter(founder, grant(Role::alumni));
    auto scoped = grant(Role::participant);
    scoped.scope = course;
    scoped.until = now + days(20);
    participant = enter(founder, scoped);
    provisional = enter(xa, grant(Role::delegate, "XA"), false);
    unseated = enter(founder, grant(Role::focal_point, "XA"));
    must(founder, country("XS", CountryStatus::suspended), true);
  }
  PolicyWish wish(ChannelKind kind, const ChannelId& channel_id) {
    PolicyWish w;
    w.channel = channel_id;
    w.creator = xa.member;
    w.kind = kind;
    return w;
  }
  ChannelPolicy network() { return *make_policy(wish(ChannelKind::network, network_id)); }
  ChannelPolicy committee() {
    auto w = wish(ChannelKind::committee, committee_id);
    w.countries = {tests::country_of("XA"), tests::country_of("XO"), tests::country_of("XT")};
    return *make_policy(w);
  }
  ChannelPolicy direct(const TestDevice& a, const TestDevice& b) {
    auto w = wish(ChannelKind::direct, random.id<ChannelId>());
    w.creator = a.member;
    w.members = {a.member, b.member};
    return *make_policy(w);
  }
  ChannelPolicy country_channel(std::string_view code, const TestDevice& creator) {
    auto w = wish(ChannelKind::country, random.id<ChannelId>());
    w.creator = creator.member;
    w.countries = {tests::country_of(code)};
    return *make_policy(w);
  }
  std::string enters(const TestDevice& device, const ChannelPolicy& policy) {
    return rule_of(admitted_device(policy, roster.newest(), device.id()));
  }
  std::string creates(const TestDevice& device, ChannelPolicy policy) {
    policy.creator = device.member;
    return rule_of(may_create(policy, roster.newest(), device.id()));
  }
};

}  // namespace

TEST_CASE("who enters what") {
  World w;
  auto general = general_board(w.general, w.founder.member), points = focal_points_board(w.points, w.founder.member);
  auto network = w.network(), committee = w.committee(), country = w.country_channel("XA", w.xa);
  struct Row {
    const char* who;
    const TestDevice& device;
    const char *general, *points, *network, *committee, *country;
  };
  const Row table[] = {
      {"Secretariat", w.founder, "", "", "", "", "R-POL-15"},
      {"focal point of XA", w.xa, "", "", "", "", ""},
      {"focal point of XB", w.xb, "", "", "", "R-POL-16", "R-POL-16"},
      {"observer", w.xo, "", "", "", "", "R-POL-16"},
      {"training-only", w.xt, "", "R-POL-17", "R-POL-13", "R-POL-13", "R-POL-13"},
      {"suspended", w.xs, "R-POL-12", "R-POL-12", "R-POL-12", "R-POL-12", "R-POL-12"},
      {"delegate of XA", w.delegate, "", "R-POL-15", "", "", ""},
      {"partner", w.partner, "", "R-POL-15", "R-POL-15", "R-POL-15", "R-POL-15"},
      {"alumni", w.alumni, "", "R-POL-15", "R-POL-13", "R-POL-13", "R-POL-13"},
      {"participant", w.participant, "R-POL-14", "R-POL-14", "R-POL-14", "R-POL-14", "R-POL-14"},
      {"provisional", w.provisional, "", "R-POL-11", "R-POL-11", "R-POL-11", "R-POL-11"},
      {"unseated", w.unseated, "", "R-POL-11", "R-POL-11", "R-POL-11", "R-POL-11"},
  };
  for (const Row& row : table) {
    INFO(row.who);
    CHECK(w.enters(row.device, general) == row.general);
    CHECK(w.enters(row.device, points) == row.points);
    CHECK(w.enters(row.device, network) == row.network);
    CHECK(w.enters(row.device, committee) == row.committee);
    CHECK(w.enters(row.device, country) == row.country);
  }
}

TEST_CASE("no admission by name lifts the ceiling") {
  World w;
  auto named = [&](ChannelPolicy policy, const TestDevice& device) {
    policy.admission.members = {device.member};
    return w.enters(device, policy);
  };
  CHECK(named(w.committee(), w.partner) == "");
  CHECK(named(w.committee(), w.xt) == "R-POL-13");
  CHECK(named(w.network(), w.xt) == "");
  CHECK(named(w.network(), w.alumni) == "");
  CHECK(named(w.network(), w.xs) == "R-POL-12");
  CHECK(named(w.network(), w.provisional) == "R-POL-11");
  CHECK(named(w.network(), w.unseated) == "R-POL-11");
  CHECK(named(w.network(), w.participant) == "R-POL-14");
  auto course = w.network();
  course.channel = w.course;
  CHECK(named(course, w.participant) == "");
}

TEST_CASE("R-POL-10 a participant until the date, a device until it is revoked") {
  World w;
  auto course = w.network();
  course.channel = w.course;
  course.admission.members = {w.participant.member};
  w.now = w.now + days(20);
  w.must(w.founder, roster::MemberBody{w.founder.member, w.name()});
  CHECK(w.enters(w.participant, course) == "R-POL-10");
  auto laptop = w.add_device(w.xa);
  CHECK(w.enters(laptop, w.network()) == "");
  w.must(w.xa, w.revocation(roster::RevokeTarget::device, laptop.id().view()));
  CHECK(w.enters(laptop, w.network()) == "R-POL-10");
  CHECK(w.enters(w.add_device(w.xa, roster::DeviceKind::paper), w.network()) == "R-POL-10");
  CHECK(rule_of(admitted(w.network(), w.roster.newest(), w.random.id<MemberId>())) == "R-POL-10");
}

TEST_CASE("R-POL-20 to R-POL-23 posting, adding, removing, admitting need the role in the list and admission") {
  World w;
  auto view = w.roster.newest();
  auto policy = w.network();
  policy.posts = policy.adds = policy.removes = policy.admits = {Role::secretariat};
  auto id = [](const TestDevice& d) { return d.id(); };
  CHECK(may_post(policy, view, id(w.founder)));
  CHECK(rule_of(may_post(policy, view, id(w.xb))) == "R-POL-20");
  CHECK(rule_of(may_add(policy, view, id(w.xb))) == "R-POL-21");
  CHECK(rule_of(may_remove(policy, view, id(w.xb))) == "R-POL-22");
  CHECK(rule_of(may_change_admission(policy, view, id(w.xb))) == "R-POL-23");
  // The creator adds and removes, but changes admission only as the list says.
  CHECK(may_add(policy, view, id(w.xa)));
  CHECK(may_remove(policy, view, id(w.xa)));
  CHECK(rule_of(may_change_admission(policy, view, id(w.xa))) == "R-POL-23");
  CHECK(rule_of(may_post(policy, view, id(w.partner))) == "R-POL-15");
  // The general board is read by the unseated and the provisional, not spoken on.
  auto general = general_board(w.general, w.founder.member);
  CHECK(rule_of(may_post(general, view, id(w.unseated))) == "R-POL-20");
  CHECK(rule_of(may_post(general, view, id(w.provisional))) == "R-POL-20");
  CHECK(may_post(general, view, id(w.xo)));
}

TEST_CASE("R-POL-30 to R-POL-35 who creates what") {
  World w;
  auto network = w.network(), committee = w.committee();
  CHECK(w.creates(w.founder, network) == "");
  CHECK(w.creates(w.xa, network) == "");
  CHECK(w.creates(w.founder, committee) == "");
  CHECK(w.creates(w.xa, committee) == "");
  CHECK(w.creates(w.xb, committee) == "R-POL-35");
  CHECK(w.creates(w.xo, committee) == "R-POL-31");
  CHECK(w.creates(w.xt, network) == "R-POL-31");
  CHECK(w.creates(w.delegate, network) == "R-POL-31");
  CHECK(w.creates(w.partner, network) == "R-POL-31");
  CHECK(w.creates(w.unseated, network) == "R-POL-30");
  CHECK(w.creates(w.provisional, network) == "R-POL-30");

  CHECK(w.creates(w.founder, general_board(w.general, w.founder.member)) == "");
  CHECK(w.creates(w.xa, general_board(w.general, w.founder.member)) == "R-POL-31");
  CHECK(w.creates(w.xa, w.country_channel("XA", w.xa)) == "");
  CHECK(w.creates(w.xa, w.country_channel("XB", w.xa)) == "R-POL-33");
  CHECK(w.creates(w.xo, w.country_channel("XO", w.xo)) == "R-POL-31");
  CHECK(w.creates(w.founder, w.country_channel("XA", w.founder)) == "R-POL-31");

  for (const auto* device : {&w.founder, &w.delegate, &w.partner}) {
    CHECK(w.creates(*device, w.direct(*device, w.xa)) == "");
  }
  for (const auto* device : {&w.xo, &w.xt, &w.alumni, &w.participant, &w.xs}) {
    CHECK(w.creates(*device, w.direct(*device, w.xa)) == "R-POL-31");
  }
  CHECK(w.creates(w.partner, w.direct(w.founder, w.xa)) == "R-POL-34");
  auto foreign = network;
  foreign.creator = w.xb.member;
  CHECK(rule_of(may_create(foreign, w.roster.newest(), w.xa.id())) == "R-POL-32");
}

TEST_CASE("R-POL-36 a restart keeps everything but the predecessor") {
  World w;
  auto view = w.roster.newest();
  auto before = w.network(), after = before;
  CHECK(rule_of(may_restart(before, after, view, w.xa.id())) == "R-POL-36");
  after.predecessor = Predecessor{Bytes(32, 1), Epoch{3}, {}, Seq{9}, {}};
  CHECK(may_restart(before, after, view, w.xa.id()));
  CHECK(rule_of(may_restart(before, after, view, w.delegate.id())) == "R-POL-21");
  after.admission.countries = {tests::country_of("XA")};
  CHECK(rule_of(may_restart(before, after, view, w.xa.id())) == "R-POL-36");
}

TEST_CASE("R-POL-40 only a seated focal point of a member country speaks for it") {
  World w;
  auto view = w.roster.newest();
  CHECK(has_voice(view, w.xa.member));
  for (const auto* device : {&w.founder, &w.xo, &w.xt, &w.xs, &w.delegate, &w.partner, &w.alumni, &w.participant,
                             &w.provisional, &w.unseated}) {
    CHECK(rule_of(has_voice(view, device->member)) == "R-POL-40");
  }
}
