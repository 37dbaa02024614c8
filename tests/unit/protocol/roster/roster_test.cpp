// Tests: protocol/roster/state.cpp protocol/roster/view.cpp
#include "protocol/roster/roster.h"

#include "tests/support/test_network.h"

using namespace encuentro;
using namespace encuentro::roster;
using tests::TestNetwork;

TEST_CASE("a founded roster answers for its founder") {
  TestNetwork net;
  auto view = net.roster.newest();
  CHECK(net.roster.fingerprint() == net.genesis.hash());
  CHECK(net.roster.network() == net.id);
  CHECK(view.founder() == net.founder.member);
  auto member = view.member(net.founder.member);
  REQUIRE(member);
  CHECK(member->grant.role == Role::secretariat);
  CHECK(member->standing == Standing::full);
  CHECK(view.devices_of(net.founder.member) == std::vector{net.founder.id()});
  CHECK(view.device(net.founder.id())->key == net.founder.key.public_key);
}

TEST_CASE("an empty roster has no head; heads beyond the end are unknown") {
  Roster empty;
  CHECK(empty.empty());
  CHECK_FALSE(empty.head_at(RosterSeq{1}));
  CHECK_FALSE(empty.last_entry_of_another(MemberId{}));
  TestNetwork net;
  CHECK(net.roster.head_at(RosterSeq{1})->hash == net.genesis.hash());
  CHECK_FALSE(net.roster.head_at(RosterSeq{0}));
  CHECK_FALSE(net.roster.head_at(RosterSeq{2}));
  CHECK_FALSE(net.roster.at(RosterSeq{2}));
}

TEST_CASE("every view stays as it was while the roster grows") {
  TestNetwork net;
  auto at_genesis = net.roster.newest();
  net.add_country("XA");
  net.add_country("XB", CountryStatus::observer);
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  CHECK(at_genesis.countries().empty());
  CHECK(at_genesis.members().size() == 1);
  CHECK(at_genesis.invites().empty());
  CHECK_FALSE(at_genesis.member(xa.member));
  CHECK_FALSE(at_genesis.device(xa.id()));
  CHECK_FALSE(at_genesis.seat_taken(tests::country_of("XA")));
  auto now = net.roster.newest();
  CHECK(now.countries() == std::vector{tests::country_of("XA"), tests::country_of("XB")});
  CHECK(now.members() == std::vector{net.founder.member, xa.member});
  CHECK(now.members_of(tests::country_of("XA")) == std::vector{xa.member});
  CHECK(now.seat_taken(tests::country_of("XA")));
  CHECK(now.invites().size() == 1);
  net.must(net.founder, net.country("XA", CountryStatus::suspended), true);
  CHECK(now.country(tests::country_of("XA"))->status == CountryStatus::member);
  CHECK(net.roster.newest().country(tests::country_of("XA"))->status == CountryStatus::suspended);
}

TEST_CASE("the same entries give the same roster; a refused one changes nothing") {
  TestNetwork net;
  net.add_country("XA");
  net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  Roster again;
  for (const auto& entry : net.entries) REQUIRE(again.append(entry).has_value());
  CHECK(again.head() == net.roster.head());
  auto head = again.head();
  CHECK_FALSE(again.append(net.entries.front()).has_value());
  CHECK(again.head() == head);
}

TEST_CASE("one changed bit anywhere in the log is noticed") {
  TestNetwork net;
  net.add_country("XA");
  net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  for (std::size_t n = 0; n < net.entries.size(); ++n) {
    Bytes whole = net.entries[n].encode();
    for (std::size_t i = 0; i < whole.size(); i += 7) {
      Bytes changed = whole;
      changed[i] ^= 4;
      auto entry = RosterEntry::decode(changed);
      if (!entry) continue;
      Roster reader;
      bool refused = false;
      for (std::size_t k = 0; k < net.entries.size() && !refused; ++k) {
        refused = !reader.append(k == n ? *entry : net.entries[k]).has_value();
      }
      INFO("entry " << n + 1 << " byte " << i);
      CHECK((refused || reader.fingerprint() != net.roster.fingerprint()));
    }
  }
}

TEST_CASE("the next date is one at which somebody's standing or office really changes") {
  TestNetwork net;
  net.add_country("XA");
  auto xa = net.enter(net.founder, net.grant(Role::focal_point, "XA"));
  auto successor = net.enter(xa, net.grant(Role::delegate, "XA"));
  CHECK_FALSE(net.roster.next_date());
  auto grant = net.grant(Role::participant);
  grant.scope = net.random.id<ChannelId>();
  grant.until = net.now + hours(5);
  auto participant = net.enter(net.founder, grant);
  CHECK(net.roster.next_date() == net.now + hours(5));
  auto end = net.role(RoleAction::end, participant.member);
  end.end = net.now + hours(1);
  net.must(net.founder, end);
  CHECK(net.roster.next_date() == net.now + hours(1));
  net.now = net.now + hours(2);
  net.must(net.founder, CheckpointBody{});
  CHECK_FALSE(net.roster.next_date());  // its last day comes later and changes nothing

  auto relief = net.role(RoleAction::relieve, xa.member);
  relief.successor = successor.member;
  relief.start = net.now + days(1);
  relief.end = net.now + days(2);
  net.must(xa, relief);
  CHECK(net.roster.newest().member(xa.member)->relief == Relief{successor.member, relief.start, relief.end});
  CHECK_FALSE(net.roster.newest().member(successor.member)->relief);
  CHECK(net.roster.next_date() == relief.start);
  net.now = relief.start;
  net.must(net.founder, CheckpointBody{});
  CHECK(net.roster.next_date() == relief.end);
}

TEST_CASE("an invitation by the roots into a seat that was held names the time from which it seats") {
  TestNetwork net;
  net.add_country("XA");
  auto first = net.new_invite(net.grant(Role::focal_point, "XA"));
  net.must(net.founder, first.body, true);
  CHECK_FALSE(net.roster.newest().invite(first.body.id)->seat_from);
  auto xa = net.new_device(first.body.member);
  net.must(net.accept_entry(first, xa));
  auto second = net.new_invite(net.grant(Role::focal_point, "XA"));
  net.must(net.founder, second.body, true);
  CHECK(net.roster.newest().invite(second.body.id)->seat_from == net.now + hours(72));
  auto plain = net.new_invite(net.grant(Role::focal_point, "XA"));
  net.must(net.founder, plain.body);
  CHECK_FALSE(net.roster.newest().invite(plain.body.id)->seat_from);
}
