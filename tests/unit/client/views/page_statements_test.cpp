// What waits for several signatures, as two people's pages are told.
#include "client/views/page_statements.h"

#include <algorithm>

#include "client/views/page.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;
namespace views = encuentro::client::views;

namespace {

// The founder's key and one of Argentina's decide together; Brazil holds none.
struct Keyed {
  Network net;
  Client& sec;
  Client& ar;
  Client& br;

  explicit Keyed(std::uint64_t seed) : net(seed), sec(net.secretariat), ar(enter("AR")), br(enter("BR")) {
    Bytes second = ar.get<core::RootKeyMade>(core::MakeRootKey{}).key;
    sec.must(core::ProposeRoots{2, {sec.look().root_keys().front(), second}});
  }
  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  // As the page asks, after the client has looked again.
  views::PageStatements page(Client& who) {
    who.cut();
    net.world.settle();
    auto page = core::decode_fields<views::PageStatements>(views::answer(who.look(), views::AskStatements{}));
    REQUIRE(page);
    return *page;
  }
  views::PageStatement only(Client& who) {
    auto all = page(who).waiting;
    REQUIRE(all.size() == 1);
    return all[0];
  }
};

template <class What>
What stated(const views::PageStatement& statement) {
  REQUIRE(std::holds_alternative<What>(statement.stated));
  return std::get<What>(statement.stated);
}

}  // namespace

TEST_CASE("page: who may sign a statement and who has, until it is placed") {
  Keyed k(831);
  auto none = k.page(k.br);
  CHECK((none.waiting.empty() && none.threshold == 2 && none.keys == 2 && !none.holds_key));
  auto asked = k.sec.get<core::Proposed>(
      core::AddCountry{"UY", "Uruguay", roster::CountryStatus::observer, roster::Voice::any, {}, "acta 2"});

  auto mine = k.only(k.ar);
  CHECK(mine.id == asked.id);
  auto country = stated<views::StatedCountry>(mine);
  CHECK((country.code == "UY" && country.name == "Uruguay" && country.decision == "acta 2"));
  CHECK((country.status == 2 && country.change == views::CountryChange::added));
  CHECK((mine.may_sign && !mine.signed_here && mine.signers.empty()));
  CHECK((mine.roots.have == 1 && mine.roots.need == 2 && mine.countries.need == 0 && mine.people.need == 0));
  CHECK(k.page(k.ar).holds_key);
  auto proposer = k.only(k.sec);
  CHECK((proposer.signed_here && !proposer.may_sign));
  auto spectator = k.only(k.br);
  CHECK((!spectator.signed_here && !spectator.may_sign));

  k.ar.get<core::RosterPlace>(core::Approve{asked.id});
  for (Client* who : {&k.ar, &k.br, &k.sec}) CHECK(k.page(*who).waiting.empty());
}

TEST_CASE("page: new keys go by keys or by countries, and the countries that signed are named") {
  Keyed k(832);
  Bytes fresh = k.br.get<core::RootKeyMade>(core::MakeRootKey{}).key;
  k.br.get<core::Proposed>(core::ProposeRoots{1, {fresh}});
  auto seen = k.only(k.ar);
  auto roots = stated<views::StatedRoots>(seen);
  CHECK(roots.threshold == 1);
  REQUIRE(roots.keys.size() == 1);
  CHECK(std::count(roots.keys[0].begin(), roots.keys[0].end(), ' ') == views::root_key_words - 1);
  CHECK((seen.roots.have == 0 && seen.roots.need == 2 && seen.countries.have == 1 && seen.countries.need == 2));
  REQUIRE(seen.signers.size() == 1);
  CHECK((seen.signers[0].country == "BR" && seen.signers[0].name == "BR" && !seen.signers[0].own));
  CHECK(k.only(k.br).signers[0].own);
  CHECK(seen.may_sign);
}

TEST_CASE("page: every other kind says whom or what it is about") {
  Keyed k(833);
  k.sec.get<core::Proposed>(core::SetCountryStatus{"BR", roster::CountryStatus::suspended, "acta 3"});
  auto country = stated<views::StatedCountry>(k.only(k.ar));
  CHECK((country.change == views::CountryChange::status && country.status == 4));
  k.ar.must(core::Approve{k.only(k.ar).id});

  Timestamp end = k.net.world.now + days(9);
  k.sec.get<core::Proposed>(core::EndRole{k.ar.member(), end});
  auto ended = stated<views::StatedEnd>(k.only(k.ar));
  CHECK((ended.member.own && ended.member.country == "AR" && ended.end == end));
  k.ar.must(core::Approve{k.only(k.ar).id});

  k.sec.get<core::Proposed>(core::RevokeMember{k.ar.member(), std::nullopt});
  auto removal = stated<views::StatedRemoval>(k.only(k.ar));
  CHECK((removal.target == 2 && removal.member.member == k.ar.member()));
  k.sec.get<core::Proposed>(core::RevokeDevice{k.ar.look().self().device, std::nullopt});
  auto both = k.page(k.sec).waiting;
  REQUIRE(both.size() == 2);
  auto device =
      std::ranges::find_if(both, [](auto& one) { return std::get<views::StatedRemoval>(one.stated).target == 1; });
  REQUIRE(device != both.end());
  CHECK(std::get<views::StatedRemoval>(device->stated).device == "portátil de AR");
}

TEST_CASE("page: an invitation of the keys' holders says whom it is for") {
  Keyed k(834);
  core::Invite invite;
  invite.role = roster::Role::secretariat;
  invite.person = {"Nueva", "Institución", ""};
  k.sec.get<core::Invited>(invite);
  auto invitation = stated<views::StatedInvitation>(k.only(k.ar));
  CHECK(
      (invitation.invited.name == "Nueva" && invitation.invited.role == 1 && invitation.institution == "Institución"));
  auto approved = k.ar.get<core::RosterPlace>(core::Approve{k.only(k.ar).id});
  CHECK(approved.seq.value > 0);
}

TEST_CASE("page: nothing waits before there is an identity") {
  Keyed k(835);
  Client& fresh = k.net.world.client("nadie");
  auto page = core::decode_fields<views::PageStatements>(views::answer(fresh.look(), views::AskStatements{}));
  REQUIRE(page);
  CHECK((page->waiting.empty() && page->keys == 0));
}
