// Offices as people's pages are told: open invitations and who may close them, reliefs, last days.
#include "client/views/page_offices.h"

#include <algorithm>

#include "client/views/page.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
namespace views = encuentro::client::views;

namespace {

struct Seat {
  Network net;
  Client& sec;
  Client& ar;
  Client& colleague;
  Client& br;

  explicit Seat(std::uint64_t seed)
      : net(seed), sec(net.secretariat), ar(enter("AR")), colleague(delegate()), br(enter("BR")) {}

  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  static core::Invite into(const char* country, roster::Role role) {
    core::Invite invite;
    invite.role = role;
    invite.country = country;
    invite.person = {"Nueva", "Ministerio", ""};
    invite.designation = "Nota 7";
    return invite;
  }
  Client& delegate() {
    Client& person = net.enter(ar, "colega", into("AR", roster::Role::delegate), false);
    ar.must(core::Confirm{person.member(), std::nullopt});
    return person;
  }
  views::PageOffices page(Client& who) {
    net.world.settle();
    auto page = core::decode_fields<views::PageOffices>(views::answer(who.look(), views::AskOffices{}));
    REQUIRE(page);
    return *page;
  }
};

}  // namespace

TEST_CASE("page: an open invitation is shown to its maker and its seat, with how it may be used, until it is closed") {
  Seat s(841);
  s.ar.get<core::Invited>(Seat::into("AR", roster::Role::focal_point));
  auto own = s.page(s.ar).invitations;
  REQUIRE(own.size() == 1);
  CHECK((own[0].invited.name == "Nueva" && own[0].invited.country == "AR" && own[0].invited.role == 2));
  CHECK((own[0].institution == "Ministerio" && own[0].designation == "Nota 7" && own[0].principal));
  CHECK((own[0].maker.own && own[0].with_code && !own[0].device && !own[0].seat_from && !own[0].may_object));
  CHECK(own[0].expires > s.net.world.now);
  CHECK(s.page(s.colleague).invitations.size() == 1);
  CHECK(s.page(s.sec).invitations.size() == 1);  // which could have made it
  CHECK(s.page(s.br).invitations.empty());

  s.colleague.must(core::RevokeInvite{own[0].id});
  CHECK(s.page(s.ar).invitations.empty());
}

TEST_CASE("page: a link to a further device is its owner's alone; a used invitation is shown to nobody") {
  Seat s(842);
  s.ar.get<core::Invited>(core::AddDevice{false, std::nullopt});
  auto own = s.page(s.ar).invitations;
  REQUIRE(own.size() == 1);
  CHECK((own[0].device && own[0].invited.own && !own[0].with_code));
  CHECK(s.page(s.colleague).invitations.empty());
  CHECK(s.page(s.sec).invitations.empty());
  auto invited = s.sec.get<core::Invited>(Seat::into("", roster::Role::partner));
  CHECK(s.page(s.sec).invitations.size() == 1);
  s.net.world.client("socia").must(core::Join{invited.link, invited.code, "x"});
  CHECK(s.page(s.sec).invitations.empty());
}

TEST_CASE("page: who is left in a seat may object to an invitation into it until its date") {
  Seat s(843);
  s.sec.must(core::RevokeMember{s.ar.member(), std::nullopt});
  s.sec.get<core::Invited>(Seat::into("AR", roster::Role::focal_point));
  auto theirs = s.page(s.colleague).invitations;
  REQUIRE(theirs.size() == 1);
  CHECK(theirs[0].may_object);
  CHECK(theirs[0].maker.role == 1);
  REQUIRE(theirs[0].seat_from);
  CHECK(*theirs[0].seat_from > s.net.world.now + hours(71));
  auto maker = s.page(s.sec).invitations;
  REQUIRE(maker.size() == 1);
  CHECK((maker[0].seat_from && !maker[0].may_object));
  CHECK(s.page(s.br).invitations.empty());
  s.colleague.must(core::RevokeInvite{theirs[0].id});
  CHECK(s.page(s.sec).invitations.empty());
}

TEST_CASE("page: a relief says what passes on, and what is still owed") {
  Seat s(844);
  core::Announce announce;
  announce.channel = s.net.founded.focal_points_board;
  announce.title = "Circular";
  announce.body = "texto";
  announce.ask_ack = true;
  s.sec.must(announce);
  core::CreateChannel create;
  create.title = "Comité";
  create.kind = policy::ChannelKind::committee;
  create.countries = {"AR", "BR"};
  create.members = {s.br.member()};
  auto committee = s.ar.get<core::ChannelCreated>(create).channel;
  Timestamp start = s.net.world.now + days(1), end = start + days(10);
  s.ar.must(core::Relieve{s.ar.member(), s.colleague.member(), start, end});

  auto page = s.page(s.ar);
  REQUIRE(page.reliefs.size() == 1);
  const auto& relief = page.reliefs[0];
  CHECK((relief.member.own && relief.successor.name == "colega" && relief.start == start && relief.end == end));
  auto passing = std::ranges::find(relief.channels, committee, &views::PassingChannel::channel);
  REQUIRE(passing != relief.channels.end());
  CHECK_FALSE(passing->successor_in);
  REQUIRE(relief.acknowledgements.size() == 1);
  CHECK(relief.acknowledgements[0].title == "Circular");
  auto last = std::ranges::find(page.last_days, s.ar.member(), &views::PageLastDay::member);
  REQUIRE(last != page.last_days.end());
  CHECK(last->end == end);

  s.ar.must(core::Acknowledge{announce.channel, relief.acknowledgements[0].id});
  s.net.world.settle(days(2));
  auto later = s.page(s.ar).reliefs[0];
  CHECK(later.acknowledgements.empty());
  passing = std::ranges::find(later.channels, committee, &views::PassingChannel::channel);
  REQUIRE(passing != later.channels.end());
  CHECK(passing->successor_in);
}

TEST_CASE("page: an end without a successor has its last day, and nobody else has one") {
  Seat s(845);
  Timestamp end = s.net.world.now + days(30) + milliseconds(7);
  s.ar.must(core::EndRole{s.colleague.member(), end});
  for (Client* who : {&s.ar, &s.colleague, &s.br, &s.sec}) {
    auto page = s.page(*who);
    REQUIRE(page.last_days.size() == 1);
    CHECK((page.last_days[0].member == s.colleague.member() && page.last_days[0].end == end));
    CHECK(page.reliefs.empty());
  }
  s.net.world.settle(days(31));
  CHECK(s.page(s.ar).last_days.empty());
}

TEST_CASE("page: no offices before there is an identity") {
  Seat s(846);
  Client& fresh = s.net.world.client("nadie");
  auto page = core::decode_fields<views::PageOffices>(views::answer(fresh.look(), views::AskOffices{}));
  REQUIRE(page);
  CHECK((page->invitations.empty() && page->reliefs.empty() && page->last_days.empty()));
}
