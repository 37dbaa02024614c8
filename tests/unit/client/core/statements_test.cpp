// What several people sign (PROTOCOL R5): no one of them alone, and no server, decides.
#include "client/core/statements.h"

#include <algorithm>

#include "client/core/roots.h"
#include "protocol/api/frame.h"
#include "tests/sim/world.h"

using namespace encuentro;
using namespace encuentro::sim;

namespace {

struct Keyed {
  Network net;
  Client& sec;
  Bytes first;  // the founder's key

  explicit Keyed(std::uint64_t seed) : net(seed), sec(net.secretariat), first(sec.look().root_keys().front()) {}

  Client& enter(const char* country) {
    net.country(country);
    return net.quick_focal_point(country);
  }
  static Bytes key_of(Client& who) { return who.get<core::RootKeyMade>(core::MakeRootKey{}).key; }
  static core::ProposeRoots roots(std::uint8_t threshold, std::vector<Bytes> keys) {
    return {threshold, std::move(keys)};
  }
  core::AddCountry country(const char* code) const {
    return {code, std::string("País ") + code, roster::CountryStatus::member, roster::Voice::any, {}, "acta 2"};
  }
  // What the client sees waiting, after it has looked again.
  static std::vector<core::WaitingStatement> waits(World& world, Client& who) {
    who.cut();
    world.settle();
    return who.look().statements();
  }
  bool exists(Client& seen_by, const char* code) const {
    return seen_by.look().roster().newest().country(*roster::Country::parse(code)) != nullptr;
  }
};

std::uint8_t threshold(const Client& who) { return who.look().roster().newest().roots().threshold; }

}  // namespace

TEST_CASE("roots: two of three decide, one alone doesn't, and nobody by asking twice") {
  Keyed k(801);
  Client& ar = k.enter("AR");
  Client& br = k.enter("BR");
  Client& cl = k.enter("CL");
  k.sec.must(k.roots(2, {k.first, k.key_of(ar), k.key_of(br)}));
  CHECK(threshold(cl) == 2);

  auto asked = k.sec.get<core::Proposed>(k.country("UY"));
  CHECK(asked.have == 1);
  CHECK(asked.need == 2);
  CHECK(k.sec.get<core::Proposed>(core::Approve{asked.id}).have == 1);
  CHECK_FALSE(k.exists(k.sec, "UY"));
  CHECK(cl.refused(core::Approve{asked.id}) == Code::not_allowed);
  CHECK(cl.refused(core::Approve{RecordId{}}) == Code::not_found);

  auto waiting = k.waits(k.net.world, ar);
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].may_sign);
  CHECK_FALSE(waiting[0].signed_here);
  CHECK(waiting[0].support.roots == roster::Support::Count{1, 2});
  auto place = ar.get<core::RosterPlace>(core::Approve{asked.id});
  CHECK(place.seq == k.sec.look().roster().head().seq);
  CHECK(k.exists(cl, "UY"));
  CHECK(k.waits(k.net.world, br).empty());
  CHECK(k.sec.look().statements().empty());

  // One corrupt officer with a root key makes himself the only one: it waits, and waits.
  auto alone = k.sec.get<core::Proposed>(k.roots(1, {k.first}));
  CHECK(alone.have == 1);
  CHECK(alone.need == 2);
  CHECK(threshold(k.sec) == 2);
  CHECK(br.refused(k.roots(3, {k.first})) == Code::malformed);
  CHECK(br.refused(k.roots(1, {k.first, k.first})) == Code::malformed);
}

TEST_CASE("roots: of two who sign at the same moment one places it") {
  Keyed k(802);
  Client& ar = k.enter("AR");
  Client& br = k.enter("BR");
  k.sec.must(k.roots(3, {k.first, k.key_of(ar), k.key_of(br)}));
  auto asked = k.sec.get<core::Proposed>(k.country("UY"));
  auto by_ar = ar.begin(core::Approve{asked.id}), by_br = br.begin(core::Approve{asked.id});
  k.net.world.settle();
  CHECK(ar.answer(by_ar) == Code::none);
  CHECK(br.answer(by_br) == Code::none);
  CHECK(k.exists(k.sec, "UY"));
  CHECK(k.waits(k.net.world, k.sec).empty());
}

TEST_CASE("roots: two thirds of the member countries take the keys over; one fewer doesn't") {
  Keyed k(803);
  Client& ar = k.enter("AR");
  Client& br = k.enter("BR");
  Client& cl = k.enter("CL");
  Client& uy = k.enter("UY");
  k.net.country("PE", roster::CountryStatus::observer);
  Client& pe = k.net.quick_focal_point("PE");
  auto wanted = k.roots(2, {k.key_of(ar), k.key_of(br), k.key_of(cl)});
  auto asked = ar.get<core::Proposed>(wanted);
  CHECK(asked.have == 1);
  CHECK(asked.need == 3);
  CHECK(br.get<core::Proposed>(core::Approve{asked.id}).have == 2);
  CHECK(pe.refused(core::Approve{asked.id}) == Code::not_allowed);
  CHECK(k.sec.look().roster().newest().roots().keys.size() == 1);
  CHECK(k.sec.look().self().holds_root);
  uy.must(core::Approve{asked.id});
  k.net.world.settle();
  CHECK(threshold(k.sec) == 2);
  // The old key is gone from the founder's profile, and decides nothing.
  CHECK(k.sec.look().root_keys().empty());
  CHECK_FALSE(k.sec.look().self().holds_root);
  CHECK(k.sec.refused(k.country("BO")) == Code::threshold_not_met);
  k.sec.restart();
  k.net.world.settle();
  CHECK(k.sec.look().root_keys().empty());
}

TEST_CASE("roots: the countries name another Secretariat, though the old one doesn't help") {
  Keyed k(804);
  Client& ar = k.enter("AR");
  Client& br = k.enter("BR");
  k.sec.must(k.roots(2, {k.key_of(ar), k.key_of(br)}));
  core::Invite invite;
  invite.role = roster::Role::secretariat;
  invite.person.name = "Nueva institución";
  auto invited = ar.get<core::Invited>(invite);
  auto waiting = k.waits(k.net.world, br);
  REQUIRE(waiting.size() == 1);
  Client& early = k.net.world.client("temprano");
  CHECK(early.refused(core::Join{invited.link, invited.code, "x"}) == Code::not_found);
  br.get<core::RosterPlace>(core::Approve{waiting[0].statement.backing.id});
  CHECK(k.waits(k.net.world, ar).empty());
  Client& fresh = k.net.world.client("nueva");
  fresh.must(core::Join{invited.link, invited.code, "oficina"});
  auto revoked = ar.get<core::Proposed>(core::RevokeMember{k.sec.member(), std::nullopt});
  br.must(core::Approve{revoked.id});
  k.net.world.settle();
  auto view = ar.look().roster().newest();
  CHECK(view.member(fresh.member())->standing == roster::Standing::full);
  CHECK(view.member(k.sec.member())->standing == roster::Standing::gone);
  CHECK(k.sec.refused(core::Sync{}) == Code::revoked);
  core::Invite partner;
  partner.role = roster::Role::partner;
  CHECK(k.net.enter(fresh, "socia", partner).look().has_identity());
}

TEST_CASE("country: a status changes only with its decision, everything else stays, who is suspended reads nothing") {
  Keyed k(805);
  Client& ar = k.enter("AR");
  k.net.country("BR");
  Client& br = k.net.quick_focal_point("BR");
  auto suspended = roster::CountryStatus::suspended;
  CHECK(k.sec.refused(core::SetCountryStatus{"BR", suspended, ""}) == Code::not_allowed);
  CHECK(k.sec.refused(core::SetCountryStatus{"ZZ", suspended, "acta 3"}) == Code::not_found);
  CHECK(ar.refused(core::SetCountryStatus{"BR", suspended, "acta 3"}) == Code::threshold_not_met);
  k.sec.must(core::SetCountryStatus{"BR", suspended, "acta 3"});
  k.net.world.settle();
  const auto* country = ar.look().roster().newest().country(*roster::Country::parse("BR"));
  CHECK(country->name == "País BR");
  CHECK(country->decision == "acta 3");
  core::Announce announce;
  announce.channel = k.net.founded.general_board;
  announce.title = "Circular";
  announce.body = "después";
  k.sec.must(announce);
  auto announced = [&](const Client& who) {
    auto records = who.look().records(k.net.founded.general_board);
    return std::count_if(records.begin(), records.end(), [](auto* one) { return one->content.title == "Circular"; });
  };
  br.cut();
  k.net.world.settle();
  CHECK(announced(ar) == 1);
  CHECK(announced(br) == 0);
  k.sec.must(core::SetCountryStatus{"BR", roster::CountryStatus::member, "acta 4"});
  br.cut();
  k.net.world.settle();
  CHECK(announced(br) == 1);
}

TEST_CASE("an invitation that only its maker may append is appended by him, when the others' consent is there") {
  Keyed k(808);
  Client& ar = k.enter("AR");
  Client& br = k.enter("BR");
  Client& cl = k.enter("CL");
  k.sec.must(k.roots(2, {k.first, k.key_of(ar)}));
  auto revoked = k.sec.get<core::Proposed>(core::RevokeMember{cl.member(), std::nullopt});
  ar.must(core::Approve{revoked.id});
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = "CL";
  k.sec.get<core::Invited>(invite);
  auto waiting = k.waits(k.net.world, ar);
  REQUIRE(waiting.size() == 1);
  auto both = ar.get<core::Proposed>(core::Approve{waiting[0].statement.backing.id});
  CHECK(both.have == 2);
  auto before = br.look().roster().newest().invites().size();
  CHECK(k.waits(k.net.world, k.sec).empty());
  CHECK(br.look().roster().newest().invites().size() == before + 1);
}

TEST_CASE("a seat without anybody is filled by the roots after 72 hours, unless one of its people objects") {
  Keyed k(806);
  Client& ar = k.enter("AR");
  core::Invite delegate;
  delegate.role = roster::Role::delegate;
  delegate.country = "AR";
  Client& colleague = k.net.enter(ar, "colega", delegate);
  k.sec.must(core::RevokeMember{ar.member(), std::nullopt});
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = "AR";
  invite.person.name = "Nueva";
  auto refused = k.sec.get<core::Invited>(invite);
  auto named = [&](const Client& who) {
    auto view = who.look().roster().newest();
    return view.invites().back();
  };
  colleague.must(core::RevokeInvite{named(colleague)});
  k.net.world.now = k.net.world.now + hours(73);
  k.net.world.settle();
  Client& one = k.net.world.client("una");
  CHECK(one.refused(core::Join{refused.link, refused.code, "x"}) == Code::revoked);

  auto invited = k.sec.get<core::Invited>(invite);
  Client& fresh = k.net.world.client("nueva");
  CHECK(fresh.refused(core::Join{invited.link, invited.code, "x"}) == Code::not_allowed);
  k.net.world.settle(hours(73));
  k.net.world.now = k.net.world.now + hours(73);
  fresh.must(core::Join{invited.link, invited.code, "x"});
  CHECK(fresh.look().roster().newest().member(fresh.member())->standing == roster::Standing::full);
}

TEST_CASE("a statement that a server has changed is neither shown nor signed") {
  Keyed k(807);
  Client& ar = k.enter("AR");
  k.sec.must(k.roots(2, {k.first, k.key_of(ar)}));
  auto asked = k.sec.get<core::Proposed>(k.country("UY"));
  k.net.world.tamper = [&](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    Bytes changed = to_bytes(bytes);
    std::string_view text = as_text(bytes);
    auto at = text.find("País UY");
    if (&to == &ar && at != std::string_view::npos) changed[at + 7] = 'Z';
    return changed;
  };
  CHECK(k.waits(k.net.world, ar).empty());
  CHECK(ar.refused(core::Approve{asked.id}) == Code::not_found);
  // Nor where the program that showed it has ended since.
  ar.restart();
  CHECK(k.waits(k.net.world, ar).empty());
  CHECK(ar.refused(core::Approve{asked.id}) == Code::not_found);
  k.net.world.tamper = nullptr;
  CHECK(k.waits(k.net.world, ar).size() == 1);
}

// As where a clock is behind the roster's: the time of each is the head's.
TEST_CASE("who decides the same twice at the same time has decided twice") {
  Keyed k(810);
  k.enter("AR");
  auto head = [&] { return k.sec.look().roster().head().seq.value; };
  auto decide = [&](roster::CountryStatus status) { k.sec.must(core::SetCountryStatus{"AR", status, "acta 3"}); };
  const auto before = head();
  decide(roster::CountryStatus::suspended);
  decide(roster::CountryStatus::member);
  decide(roster::CountryStatus::suspended);
  CHECK(head() == before + 3);
  CHECK(k.sec.look().roster().newest().country(*roster::Country::parse("AR"))->status ==
        roster::CountryStatus::suspended);
}

TEST_CASE("a statement is not exchanged for another under its id between being read and being signed") {
  Keyed k(809);
  Client& ar = k.enter("AR");
  auto accomplice = crypto::ed25519_generate(k.net.world.random);
  Bytes theirs = to_bytes(accomplice.public_key.view());
  k.sec.must(k.roots(3, {k.first, k.key_of(ar), theirs}));
  auto asked = k.sec.get<core::Proposed>(k.country("UY"));
  auto waiting = k.waits(k.net.world, ar);
  REQUIRE(waiting.size() == 1);
  Bytes shown = waiting[0].statement.encode();
  // The same id and as well signed, for another country.
  auto other = waiting[0].statement;
  auto body = std::get<roster::CountryBody>(*other.decoded_body());
  body.code = *roster::Country::parse("UZ");
  other.body = roster::encode_body(body);
  other.backing.signatures.clear();
  auto id = roster::root_key_id(accomplice.public_key);
  other.sign(ar.look().self().network, roster::BackingKind::root, id.view(), accomplice);
  Bytes exchanged = other.encode();
  REQUIRE(exchanged.size() == shown.size());
  k.net.world.tamper = [&](const Client& to, BytesView bytes) -> std::optional<Bytes> {
    Bytes changed = to_bytes(bytes);
    auto at = std::search(changed.begin(), changed.end(), shown.begin(), shown.end());
    if (&to == &ar && at != changed.end()) std::copy(exchanged.begin(), exchanged.end(), at);
    return changed;
  };
  CHECK(ar.refused(core::Approve{asked.id}) == Code::not_found);
  // Nor where the program that showed it has ended since.
  ar.restart();
  CHECK(k.waits(k.net.world, ar).empty());
  CHECK(ar.refused(core::Approve{asked.id}) == Code::not_found);
  k.net.world.tamper = nullptr;
  waiting = k.waits(k.net.world, ar);
  REQUIRE(waiting.size() == 1);
  CHECK(waiting[0].statement.encode() == shown);
  CHECK(ar.get<core::Proposed>(core::Approve{asked.id}).have == 2);
}
