// Attacks on offices by one person of them together with the server, which takes and spreads what an honest one would
// refuse: with one key of several, a stolen Secretariat's device, a sheet that opens nothing more, a re-entry that one
// person confirms, a predecessor. The victim takes none of them.
// Tests: client/core/roster_sync.cpp protocol/roster/rules.cpp
#include <catch2/catch.hpp>

#include "client/core/paper_access.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

using crypto::Ed25519Key;
using roster::BackingKind;

roster::SealedName sealed_name(Scene& s) { return {s.random.id<Salt>(), s.random.id<Commitment>(), Bytes(272, 9)}; }

roster::RosterEntry statement(Scene& s, const roster::Body& body) {
  auto entry = next_roster_entry(s.victim, body);
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  return entry;
}

void signed_by(roster::RosterEntry& entry, const StolenDevice& device) {
  roster::back(entry, BackingKind::device, device.id().view(), device.key());
}

// Somebody of a country's seat, fully in and in no channel but the boards.
Client& of_the_seat(Scene& s, Client& inviter, const std::string& name, roster::Role role) {
  core::Invite invite;
  invite.role = role;
  invite.country = "AR";
  invite.principal = false;
  Client& person = s.net.enter(inviter, name, invite, false);
  s.ar.must(core::Confirm{person.member(), std::nullopt});
  s.net.world.settle();
  return person;
}

// The network's keys lie in two hands, of which one is the Secretariat's.
void two_hands(Scene& s) {
  Client& sec = s.net.secretariat;
  Bytes second = s.ar.get<core::RootKeyMade>(core::MakeRootKey{}).key;
  sec.must(core::ProposeRoots{2, {sec.look().root_keys().front(), second}});
  s.net.world.settle();
  REQUIRE(s.victim.look().roster().newest().roots().threshold == 2);
}

void one_officer_takes_the_keys(Scene& s) {
  two_hands(s);
  StolenDevice thief(s.pick(2) == 0 ? s.net.secretariat : s.ar);
  const Ed25519Key& root = thief.me().root_keys.back();
  auto entry = statement(s, roster::RootsBody{{1, {root.public_key}}});
  roster::back(entry, BackingKind::root, roster::root_key_id(root.public_key).view(), root);
  entry.sign(thief.key());
  s.push_roster(s.victim, entry);
}

void one_officer_admits_a_country(Scene& s) {
  two_hands(s);
  StolenDevice thief(s.pick(2) == 0 ? s.net.secretariat : s.ar);
  const Ed25519Key& root = thief.me().root_keys.back();
  roster::CountryBody body{
      *roster::Country::parse("XZ"), roster::CountryStatus::member, roster::Voice::any, "XZ", {}, "acta 9"};
  auto entry = statement(s, body);
  roster::back(entry, BackingKind::root, roster::root_key_id(root.public_key).view(), root);
  entry.sign(thief.key());
  s.push_roster(s.victim, entry);
}

// Of three member countries two are needed: one of them stands behind it, with two of its people.
void two_thirds_but_one(Scene& s) {
  Client& other = of_the_seat(s, s.ar, "ARx", roster::Role::focal_point);
  StolenDevice one(s.ar), two(other);
  auto mine = crypto::ed25519_generate(s.random);
  auto entry = statement(s, roster::RootsBody{{1, {mine.public_key}}});
  signed_by(entry, one);
  signed_by(entry, two);
  entry.sign(one.key());
  s.push_roster(s.victim, entry);
}

// Invited by a stolen Secretariat's device into a seat that is taken, and countersigned by the same.
void secretariat_fills_a_seat(Scene& s) {
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = "CL";
  Client& planted = s.net.enter(s.net.secretariat, "infiltrado", invite, false);
  s.net.world.settle();
  auto member = s.victim.look().roster().newest().member(planted.member());
  REQUIRE(member);
  REQUIRE(member->standing != roster::Standing::full);
  roster::RoleBody body;
  body.member = planted.member();
  body.action = roster::RoleAction::countersign;
  body.grant = member->grant;
  StolenDevice thief(s.net.secretariat);
  s.push_roster(s.victim, thief.roster_entry(s.victim, body));
}

void secretariat_removes_a_countrys_person(Scene& s) {
  two_hands(s);
  StolenDevice thief(s.net.secretariat);
  roster::RevokeBody body;
  body.target = roster::RevokeTarget::member;
  const MemberId& target = s.pick(2) == 0 ? s.cl.member() : s.ar.member();
  std::copy(target.view().begin(), target.view().end(), body.id.begin());
  body.since = s.victim.look().roster().head().seq;
  s.push_roster(s.victim, thief.roster_entry(s.victim, body));
}

Ed25519Key sheet_of(Client& person) {
  auto made = person.get<core::LinkMade>(core::AddSheet{"hoja"});
  auto link = roster::InviteLink::parse(made.link);
  REQUIRE(link);
  return core::sheet_key(*link);
}

// The sheet's word for a device of whoever found it, past the client that would refuse to give it.
void vouch_by_sheet(Scene& s, const MemberId& member, const Ed25519Key& sheet) {
  auto device = crypto::ed25519_generate(s.random);
  roster::DeviceBody body{
      member, roster::DeviceAction::vouch, {device.public_key, roster::DeviceKind::native, sealed_name(s)}, {}};
  auto entry = statement(s, body);
  roster::back(entry, BackingKind::new_device, roster::device_id(device.public_key).view(), device);
  entry.sign(sheet);
  s.push_roster(s.victim, entry);
}

void used_sheet(Scene& s) {
  auto made = s.ar.get<core::LinkMade>(core::AddSheet{"hoja"});
  auto link = roster::InviteLink::parse(made.link);
  REQUIRE(link);
  s.net.world.client("AR de nuevo").must(core::Join{made.link, "", "nuevo"});
  s.net.world.settle();
  vouch_by_sheet(s, s.ar.member(), core::sheet_key(*link));
}

void sheet_of_the_removed(Scene& s) {
  Client& person = of_the_seat(s, s.ar, "colega", roster::Role::delegate);
  Ed25519Key sheet = sheet_of(person);
  s.ar.must(core::RevokeMember{person.member(), std::nullopt});
  s.net.world.settle();
  vouch_by_sheet(s, person.member(), sheet);
}

// A new device in the name of AR's focal point, with the words of whoever signs.
roster::RosterEntry re_entry(Scene& s, const std::vector<const StolenDevice*>& words) {
  auto device = crypto::ed25519_generate(s.random);
  roster::DeviceBody body{s.ar.member(),
                          roster::DeviceAction::re_enter,
                          {device.public_key, roster::DeviceKind::native, sealed_name(s)},
                          {}};
  auto entry = statement(s, body);
  roster::back(entry, BackingKind::new_device, roster::device_id(device.public_key).view(), device);
  for (const StolenDevice* by : words) signed_by(entry, *by);
  entry.sign(words.front()->key());
  return entry;
}

void one_person_twice(Scene& s) {
  Client& colleague = of_the_seat(s, s.ar, "colega", roster::Role::delegate);
  StolenDevice one(colleague), two(s.net.second_device(colleague, "colega, otro"));
  s.net.world.settle();
  s.push_roster(s.victim, re_entry(s, {&one, &two}));
}

void another_countrys_word(Scene& s) {
  StolenDevice one(s.net.secretariat), two(s.cl);
  s.push_roster(s.victim, re_entry(s, {&one, &two}));
}

// An alternate of AR was relieved, the end is past, and an entry of the others stands behind it.
Client& predecessor(Scene& s) {
  Client& leaver = of_the_seat(s, s.ar, "saliente", roster::Role::focal_point);
  Client& next = of_the_seat(s, s.ar, "siguiente", roster::Role::delegate);
  Timestamp now = s.net.world.now;
  s.ar.must(core::Relieve{leaver.member(), next.member(), now, now + hours(1)});
  s.away(leaver);
  s.net.world.settle(hours(3));
  REQUIRE(s.victim.look().roster().newest().member(leaver.member())->standing == roster::Standing::gone);
  return leaver;
}

roster::InviteBody appointment(Scene& s) {
  roster::InviteBody body;
  body.id = s.random.id<InviteId>();
  body.purpose = roster::InvitePurpose::member;
  body.member = s.random.id<MemberId>();
  body.grant.role = roster::Role::delegate;
  body.grant.country = *roster::Country::parse("AR");
  body.name = sealed_name(s);
  body.expires = s.net.world.now + hours(24);
  body.link_key = crypto::ed25519_generate(s.random).public_key;
  return body;
}

void predecessor_appoints(Scene& s) {
  StolenDevice thief(predecessor(s));
  s.push_roster(s.victim, thief.roster_entry(s.victim, appointment(s)));
}

void predecessor_backdates(Scene& s) {
  StolenDevice thief(predecessor(s));
  auto entry = next_roster_entry(s.victim, appointment(s));
  entry.time = s.net.world.now - hours(3 + static_cast<std::int64_t>(s.pick(5)));
  entry.sign(thief.key());
  s.push_roster(s.victim, entry);
}

}  // namespace

TEST_CASE("hostile: one person of an office and the server together change nothing of who is who") {
  std::vector<Attack> attacks = {
      {"one corrupt officer takes the keys", "design 3: roots: k of the old", Code::threshold_not_met, "R-ROS-14",
       one_officer_takes_the_keys},
      {"one corrupt officer admits a country", "design 3: k roots: country", Code::threshold_not_met, "R-ROS-13",
       one_officer_admits_a_country},
      {"two thirds minus one country", "design 3: or by two thirds of the member countries", Code::threshold_not_met,
       "R-ROS-14", two_thirds_but_one},
      {"a stolen Secretariat device seats its own", "design 3: until a focal point of the seat countersigns",
       Code::not_allowed, "R-ROS-51", secretariat_fills_a_seat},
      {"a stolen Secretariat device removes a country's person", "design 3: a seat's focal points: the seat's people",
       Code::not_allowed, "R-ROS-61", secretariat_removes_a_countrys_person},
      {"a used sheet", "design 3: can vouch for one device of its member, once", Code::not_allowed, "R-ROS-15",
       used_sheet},
      {"a sheet of who was removed", "design 3: revoke", Code::revoked, "R-ROS-07", sheet_of_the_removed},
      {"a re-entry confirmed by one person twice", "design 3: two others, never one alone", Code::threshold_not_met,
       "R-ROS-42", one_person_twice},
      {"a re-entry with another country's word", "design 3: same seat or Secretariat", Code::not_allowed, "R-ROS-43",
       another_countrys_word},
      {"a predecessor appoints after the end", "design 3: role moves the seat's duties", Code::revoked, "R-ROS-07",
       predecessor_appoints},
      {"a predecessor dates it before the end", "design 3: times in entries never decrease", Code::time_backwards,
       "R-ROS-05", predecessor_backdates},
  };
  meet(attacks);
}
