// Re-entry (PROTOCOL E8): the same person on a new device, by two others who have heard six words.
// Tests: client/core/re_entry.cpp client/views/page_re_entry.cpp
#include "client/core/re_entry.h"

#include <algorithm>

#include "client/core/core_state.h"
#include "client/core/statements.h"
#include "client/views/page.h"
#include "client/views/page_re_entry.h"
#include "protocol/policy/policy.h"
#include "tests/sim/world.h"
#include "tests/support/test_network.h"

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
  Client& delegate() {
    core::Invite invite;
    invite.role = roster::Role::delegate;
    invite.country = "AR";
    Client& person = net.enter(ar, "colega", invite, false);
    ar.must(core::Confirm{person.member(), std::nullopt});
    return person;
  }
  std::string link(Client& by) { return by.get<core::LinkMade>(core::MakeReEntryLink{ar.member()}).link; }
  // AR's focal point has lost everything and asks on a new device.
  core::ReEntryAsked ask(Client& fresh) {
    std::string text = link(sec);
    if (ar.running()) {
      ar.stop();
      ar.cut();
    }
    return fresh.get<core::ReEntryAsked>(core::Join{text, "", "nueva"});
  }
  static core::ConfirmReEntry by_text(const core::ReEntryAsked& asked) { return {asked.request, std::nullopt}; }
  // As BR's page is told.
  std::optional<Timestamp> pause_on_page() const {
    auto directory =
        core::decode_fields<views::PageDirectory>(views::answer(br.look(), views::Question(views::AskDirectory{})));
    REQUIRE(directory);
    auto found = std::ranges::find(directory->people, ar.member(), &views::PagePerson::member);
    REQUIRE(found != directory->people.end());
    return found->no_position_before;
  }
  roster::MemberView member(const Client& seen_by) const {
    return *seen_by.look().roster().newest().member(ar.member());
  }
};

}  // namespace

TEST_CASE("E8: two confirm; the person keeps the id, the older devices are cut, and everything is read again") {
  Seat s(911);
  Client& fresh = s.net.world.client("nueva");
  auto asked = s.ask(fresh);
  CHECK_FALSE(fresh.look().has_identity());
  CHECK(fresh.look().asked_re_entry()->comparison == asked.comparison);
  CHECK(fresh.refused(core::Sync{}) == Code::provisional);
  // Both see the words of the same key.
  auto request = s.colleague.look().re_entry_request(asked.request);
  REQUIRE(request);
  auto body = std::get<roster::DeviceBody>(*request->decoded_body());
  CHECK(roster::re_entry_comparison(s.colleague.look().roster().fingerprint(), body) == asked.comparison);

  auto first = s.colleague.get<core::Proposed>(s.by_text(asked));
  CHECK(first.have == 1);
  CHECK(first.need == 2);
  s.sec.cut();
  s.net.world.settle();
  auto waiting = s.sec.look().statements();
  REQUIRE(waiting.size() == 1);
  CHECK(s.sec.refused(core::Approve{first.id}) == Code::not_allowed);  // never without the words
  s.sec.must(core::ConfirmReEntry{"", first.id});
  s.net.world.settle(minutes(5));

  REQUIRE(fresh.look().has_identity());
  CHECK(fresh.member() == s.ar.member());
  CHECK_FALSE(fresh.look().asked_re_entry());
  auto view = s.br.look().roster().newest();
  CHECK(view.device(s.ar.look().self().device)->standing == roster::Standing::gone);
  CHECK(view.device(fresh.look().self().device)->standing == roster::Standing::full);
  CHECK(fresh.look().channel(s.net.founded.focal_points_board)->state == core::ChannelState::in);
  // Somebody of the seat has confirmed: no pause.
  CHECK_FALSE(s.member(s.br).no_position_before);
  s.ar.restart();
  s.net.world.settle();
  CHECK(s.ar.refused(core::Sync{}) == Code::revoked);
  fresh.restart();
  s.net.world.settle();
  CHECK(fresh.look().session() == core::SessionState::online);
}

TEST_CASE("E8: one alone, the same person twice, the person himself, another country: none of them is enough") {
  Seat s(912);
  Client& second = s.net.second_device(s.colleague, "colega, otro");
  Client& fresh = s.net.world.client("nueva");
  auto own = s.net.second_device(s.ar, "propia").member();
  auto asked = s.ask(fresh);
  CHECK(own == s.ar.member());
  auto proposed = s.colleague.get<core::Proposed>(s.by_text(asked));
  CHECK(proposed.have == 1);
  CHECK(s.colleague.get<core::Proposed>(s.by_text(asked)).have == 1);
  CHECK(second.refused(s.by_text(asked)) == Code::not_allowed);
  CHECK(s.br.refused(s.by_text(asked)) == Code::not_allowed);
  CHECK(s.net.world.client("propia").refused(s.by_text(asked)) == Code::not_allowed);
  CHECK(s.sec.refused(core::ConfirmReEntry{"AQ", std::nullopt}) != Code::none);
  CHECK(s.sec.refused(core::ConfirmReEntry{"", RecordId{}}) == Code::not_found);
  s.net.world.settle(minutes(5));
  CHECK_FALSE(fresh.look().has_identity());
  CHECK(s.br.look().roster().newest().device(s.ar.look().self().device)->standing == roster::Standing::full);
}

TEST_CASE("E8: by two of the Secretariat it takes no position for a day, unless the seat confirms") {
  Seat s(913);
  core::Invite invite;
  invite.role = roster::Role::secretariat;
  Client& other = s.net.enter(s.sec, "secretaria dos", invite);
  Client& fresh = s.net.world.client("nueva");
  auto asked = s.ask(fresh);
  s.sec.must(s.by_text(asked));
  other.must(s.by_text(asked));
  s.net.world.settle(minutes(5));
  REQUIRE(fresh.look().has_identity());
  auto paused = s.member(s.br).no_position_before;
  REQUIRE(paused);
  CHECK(*paused > s.net.world.now + hours(23));
  CHECK(s.pause_on_page() == paused);
  CHECK_FALSE(policy::has_voice(s.br.look().roster().newest(), s.ar.member()));
  CHECK(s.br.refused(core::Confirm{s.ar.member(), std::nullopt}) == Code::not_allowed);
  s.colleague.must(core::Confirm{s.ar.member(), std::nullopt});
  CHECK_FALSE(s.member(s.br).no_position_before);
  CHECK_FALSE(s.pause_on_page());
  CHECK(policy::has_voice(s.br.look().roster().newest(), s.ar.member()));
}

TEST_CASE("E8: both screens show the same words, and who has given theirs") {
  using client::views::re_entry;
  Seat s(915);
  Client& fresh = s.net.world.client("nueva");
  auto asked = s.ask(fresh);
  auto own = re_entry(fresh.look(), {}).own;
  REQUIRE(own);
  CHECK(own->request == asked.request);
  CHECK(own->expires == asked.expires);
  CHECK(std::count(own->words.begin(), own->words.end(), ' ') == 5);

  auto read = re_entry(s.sec.look(), {asked.request});
  REQUIRE(read.read);
  CHECK(read.read->words == own->words);
  CHECK(read.read->member == s.ar.member());
  CHECK_FALSE(read.read->signed_here);
  CHECK(read.waiting.empty());
  CHECK_FALSE(re_entry(s.sec.look(), {"nada"}).read);

  s.sec.must(s.by_text(asked));
  s.net.world.settle(minutes(5));
  auto waiting = re_entry(s.sec.look(), {}).waiting;
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].signed_here);
  s.colleague.restart();  // who comes online reads what waits for a word
  s.net.world.settle();
  waiting = re_entry(s.colleague.look(), {}).waiting;
  REQUIRE(waiting.size() == 1);
  CHECK_FALSE(waiting[0].signed_here);
  CHECK(waiting[0].words == own->words);
  CHECK(re_entry(s.br.look(), {}).waiting.empty());
}

TEST_CASE("E8: a request that was changed on its way is refused") {
  Seat s(914);
  auto asked = s.ask(s.net.world.client("nueva"));
  for (std::size_t at : {asked.request.size() / 4, asked.request.size() / 2, asked.request.size() - 4}) {
    auto changed = asked.request;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(s.colleague.look().re_entry_request(changed));
    CHECK(s.colleague.refused(core::ConfirmReEntry{changed, std::nullopt}) != Code::none);
  }
  CHECK(s.colleague.look().re_entry_request("  " + asked.request + "\n"));
}

// Anybody can leave a statement at the server with his own name under it: it would void the entry.
TEST_CASE("E8: whoever has no say is left out of the signatures when the entry is made") {
  tests::TestNetwork net;
  net.add_country("XA");
  net.add_country("XB");
  auto xa = net.enter(net.founder, net.grant(roster::Role::focal_point, "XA"));
  auto colleague = net.enter(xa, net.grant(roster::Role::delegate, "XA"));
  auto xb = net.enter(net.founder, net.grant(roster::Role::focal_point, "XB"));
  auto partner = net.enter(net.founder, net.grant(roster::Role::partner));
  auto fresh = net.new_device(xa.member);
  roster::DeviceBody body{xa.member, roster::DeviceAction::re_enter, net.record_of(fresh), {}};
  auto entry = net.entry(body);
  net.back(entry, fresh, roster::BackingKind::new_device);
  for (const auto* by : {&xb, &colleague, &partner, &net.founder}) net.back(entry, *by);
  entry.sign(net.founder.key);
  CHECK(tests::rule_of(net.roster.check(entry)) == "R-ROS-43");

  core::CoreState state;
  for (const auto& one : net.entries) REQUIRE(state.book.roster.append(one));
  core::keep_confirmers(state, body, *entry.backing);
  CHECK(entry.backing->signatures.size() == 3);
  entry.sign(net.founder.key);
  CHECK(net.roster.check(entry));
}
