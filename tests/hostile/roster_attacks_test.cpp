// Attacks on who is who: entries that the server makes up, alone or with a stolen device, holds back, exchanges or
// shows to some only. The victim takes none of them.
// Tests: client/core/roster_sync.cpp client/core/replay.cpp client/core/session.cpp
#include <catch2/catch.hpp>

#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

using crypto::Ed25519Key;

roster::SealedName sealed_name(Scene& s) { return {s.random.id<Salt>(), s.random.id<Commitment>(), Bytes(272, 9)}; }

roster::DeviceBody vouching(Scene& s, const MemberId& member, const Ed25519Key& device) {
  return {member, roster::DeviceAction::vouch, {device.public_key, roster::DeviceKind::native, sealed_name(s)}, {}};
}

// Vouched for by `appender`'s word, which the server can't give.
void inject_device(Scene& s) {
  auto device = crypto::ed25519_generate(s.random);
  const Client& owner = s.pick(2) == 0 ? s.ar : s.br;
  auto entry = next_roster_entry(s.victim, vouching(s, owner.member(), device));
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  roster::back(entry, roster::BackingKind::new_device, roster::device_id(device.public_key).view(), device);
  entry.sign(device);
  entry.appender = owner.look().self().device;
  s.push_roster(s.victim, entry);
}

void inject_device_by_itself(Scene& s) {
  auto device = crypto::ed25519_generate(s.random);
  auto entry = next_roster_entry(s.victim, vouching(s, s.ar.member(), device));
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  roster::back(entry, roster::BackingKind::new_device, roster::device_id(device.public_key).view(), device);
  entry.sign(device);
  s.push_roster(s.victim, entry);
}

roster::InviteBody invitation(Scene& s, roster::Role role, const char* country) {
  roster::InviteBody body;
  body.id = s.random.id<InviteId>();
  body.purpose = roster::InvitePurpose::member;
  body.member = s.random.id<MemberId>();
  body.grant.role = role;
  body.grant.country = *roster::Country::parse(country);
  body.grant.principal = true;
  body.name = sealed_name(s);
  body.expires = s.net.world.now + hours(24);
  body.link_key = crypto::ed25519_generate(s.random).public_key;
  return body;
}

void inject_member(Scene& s) {
  auto entry = next_roster_entry(s.victim, invitation(s, roster::Role::focal_point, "CL"));
  entry.sign(crypto::ed25519_generate(s.random));
  entry.appender = s.net.secretariat.look().self().device;
  s.push_roster(s.victim, entry);
}

// An invitation that is open, accepted by somebody who hasn't its link.
void inject_accept(Scene& s) {
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "AR";
  invite.with_code = false;
  auto invited = s.ar.get<core::Invited>(invite);
  InviteId id;
  for (const InviteId& open : s.victim.look().roster().newest().invites()) {
    if (s.victim.look().roster().newest().invite(open)->body->member == invited.member) id = open;
  }
  auto device = crypto::ed25519_generate(s.random);
  roster::AcceptBody body{id, invited.member, {device.public_key, roster::DeviceKind::native, sealed_name(s)}};
  auto entry = next_roster_entry(s.victim, body);
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  roster::back(entry, roster::BackingKind::invite_link, id.view(), crypto::ed25519_generate(s.random));
  entry.sign(device);
  s.push_roster(s.victim, entry);
}

roster::CountryBody country(const char* code) {
  return {*roster::Country::parse(code), roster::CountryStatus::member, roster::Voice::any, code, {}, "acta 2"};
}

// A stolen device appends it, backed by roots of the server's own making.
void inject_country(Scene& s) {
  StolenDevice thief(s.pick(2) == 0 ? s.ar : s.cl);
  auto root = crypto::ed25519_generate(s.random);
  auto entry = next_roster_entry(s.victim, country("XX"));
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  roster::back(entry, roster::BackingKind::root, roster::root_key_id(root.public_key).view(), root);
  entry.sign(thief.key());
  s.push_roster(s.victim, entry);
}

// A stolen focal point's device with a complicit server: it invites into another country's seat.
void invite_into_another_seat(Scene& s) {
  StolenDevice thief(s.ar);
  s.push_roster(s.victim, thief.roster_entry(s.victim, invitation(s, roster::Role::focal_point, "CL")));
}

void revoked_device_vouches(Scene& s) {
  s.net.secretariat.must(core::RevokeDevice{s.net.second_device(s.net.secretariat, "S2").look().self().device, {}});
  StolenDevice second(s.net.world.client("S2"));
  auto device = crypto::ed25519_generate(s.random);
  auto entry = next_roster_entry(s.victim, vouching(s, s.net.secretariat.member(), device));
  entry.backing = roster::Backing{s.random.id<RecordId>(), entry.time + days(7), {}};
  roster::back(entry, roster::BackingKind::new_device, roster::device_id(device.public_key).view(), device);
  entry.sign(second.key());
  s.push_roster(s.victim, entry);
}

// A day passes; somebody shows that nobody froze the log; the server gives that word again later on.
void replay_checkpoint(Scene& s) {
  s.net.world.now = s.net.world.now + hours(25);
  s.ar.restart();
  s.net.world.settle();
  roster::RosterEntry checkpoint;
  for (const Bytes& bytes : s.victim.look().roster_entries()) {
    auto entry = roster::RosterEntry::decode(bytes);
    if (entry->type == static_cast<std::uint16_t>(roster::EntryType::checkpoint)) checkpoint = *entry;
  }
  REQUIRE(checkpoint.seq.value > 0);
  checkpoint.seq = s.victim.look().roster().head().seq.next();
  checkpoint.prev = s.victim.look().roster().head().hash;
  s.push_roster(s.victim, checkpoint);
}

// What the victim holds is more than the server says there is.
void serve_old_roster(Scene& s) {
  auto old = s.victim.look().roster().head();
  for (std::size_t i = s.pick(2) + 1; i > 0; --i) s.net.country(i == 1 ? "XA" : "XB");
  s.on_reply<api::Login, api::LoginReply>([old](api::LoginReply& reply) { reply.roster = {old.seq, old.hash}; });
  s.back(s.victim);
}

// The Secretariat's own device signs two entries for one place: the victim gets the other one.
void show_two_rosters(Scene& s) {
  StolenDevice thief(s.net.secretariat);
  auto other = next_roster_entry(s.victim, country("XY"));
  other.backing = roster::Backing{s.random.id<RecordId>(), other.time + days(7), {}};
  const auto& root = thief.me().root_keys.front();
  roster::back(other, roster::BackingKind::root, roster::root_key_id(root.public_key).view(), root);
  other.sign(thief.key());
  s.swallow(api::Push::roster);
  s.net.country("XA");
  s.net.world.tamper = nullptr;
  s.push_roster(s.victim, other);
  CHECK(s.victim.look().roster().newest().country(*roster::Country::parse("XY")) != nullptr);
  s.say(s.ar, "el directorio de los demás");
}

// Neither pushed nor read: until somebody writes who stands on it.
void withhold_revocation(Scene& s) {
  auto old = s.victim.look().roster().head();
  s.swallow(api::Push::roster);
  s.on_reply<api::RosterRead, api::RosterReadReply>([old](api::RosterReadReply& reply) {
    reply.entries.clear();
    reply.head = {old.seq, old.hash};
  });
  s.net.secretariat.must(core::Invite{roster::Role::partner, "", true, {}, {}, {"Socio", "", ""}, {}, false, ""});
  s.say(s.pick(2) == 0 ? s.ar : s.cl, "con el directorio nuevo");
}

// Nothing new for more than three days: the person is told, and the client adds nobody.
void freeze_roster(Scene& s) {
  s.away(s.ar);
  s.away(s.cl);
  s.away(s.net.secretariat);
  s.net.world.now = s.net.world.now + hours(73 + static_cast<std::int64_t>(s.pick(100)));
  s.back(s.victim);
  CHECK(s.victim.refused(core::AddToChannel{s.id, s.net.secretariat.member()}) == Code::stale_roster);
  s.back(s.net.secretariat);  // to the checkpoint that the victim made of it
}

// A revoked device and the server give an entry the head from before the revocation.
void backdate(Scene& s) {
  Client& second = s.net.second_device(s.cl, "CL2");
  s.net.world.settle();
  StolenDevice thief(second);
  auto header = thief.header(s.victim, s.id, s.random);
  s.cl.must(core::RevokeDevice{second.look().self().device, std::nullopt});
  s.net.world.settle();
  s.say(s.ar, "ya sin ese dispositivo");
  auto now = thief.header(s.victim, s.id, s.random);
  now.roster = header.roster;
  s.push_entry(s.victim, thief.entry(now, record::LeaveBody{}));
}

void exchange_roster_entries(Scene& s) {
  s.away(s.victim);
  s.net.country("XA");
  s.net.country("XB");
  s.on_reply<api::RosterRead, api::RosterReadReply>([](api::RosterReadReply& reply) {
    if (reply.entries.size() >= 2) std::swap(reply.entries[0], reply.entries[1]);
  });
  s.back(s.victim);
}

void alter_roster_entry(Scene& s) {
  s.away(s.victim);
  s.net.country("XA");
  s.on_reply<api::RosterRead, api::RosterReadReply>([](api::RosterReadReply& reply) {
    if (reply.entries.empty()) return;
    auto entry = roster::RosterEntry::decode(reply.entries.back());
    REQUIRE(entry);
    entry->time = entry->time + milliseconds(1);
    reply.entries.back() = entry->encode();
  });
  s.back(s.victim);
}

// Two networks behind one server: the right place, the other network's entry.
void mix_networks(Scene& s) {
  sim::Network other(4711 + s.pick(1000));
  while (other.secretariat.look().roster().head().seq < s.victim.look().roster().head().seq.next()) {
    other.secretariat.must(core::AddCountry{"AR", "otra", roster::CountryStatus::member, roster::Voice::any, {}, "1"});
  }
  auto seq = s.victim.look().roster().head().seq.value;
  auto entry = roster::RosterEntry::decode(other.secretariat.look().roster_entries()[seq]);
  REQUIRE(entry);
  s.push_roster(s.victim, *entry);
}

}  // namespace

TEST_CASE("hostile: what isn't signed by whom it must be doesn't enter the roster") {
  std::vector<Attack> attacks = {
      {"injects a device", "R3; design 3: a member: his own devices", Code::bad_signature, "R-ROS-08", inject_device},
      {"injects a device that vouches for itself", "R3", Code::unknown_device, "R-ROS-07", inject_device_by_itself},
      {"injects a member", "R3; design 3: who may sign what", Code::bad_signature, "R-ROS-08", inject_member},
      {"accepts an open invitation", "design 3: accept is signed by the invite's key", Code::bad_signature, "R-ROS-35",
       inject_accept},
      {"injects a country", "design 3: k roots: country", Code::bad_signature, "R-ROS-12", inject_country},
      {"a stolen focal point's device fills another seat", "design 3: a seat's focal points: the seat's people",
       Code::not_allowed, "R-ROS-21", invite_into_another_seat},
      {"a revoked device vouches", "design 3: revoke", Code::revoked, "R-ROS-07", revoked_device_vouches},
      {"replays an old checkpoint", "design 3: checkpoint; R4", Code::bad_signature, "R-ROS-08", replay_checkpoint},
      {"alters a roster entry", "R1", Code::bad_signature, "R-ROS-08", alter_roster_entry},
      {"mixes two networks", "R1: the network's id", Code::wrong_group, "R-ROS-03", mix_networks},
  };
  meet(attacks);
}

TEST_CASE("hostile: a roster that is held back, exchanged, frozen or shown in two forms is noticed") {
  std::vector<Attack> attacks = {
      {"serves an old roster", "R2; design 6: a head never goes back", Code::server_rolled_back, "roster",
       serve_old_roster},
      {"shows two rosters", "R3: a head on another branch", Code::fork, "R3", show_two_rosters, {Moved::roster}},
      {"withholds a revocation", "R3: a newer head than mine is fetched first", Code::gap, "R3", withhold_revocation},
      {"freezes the roster", "R4; design 4: the 72-hour rule", Code::stale_roster, "R4", freeze_roster},
      {"backdates a revoked device's entry", "design 4: never older than one an earlier entry names",
       Code::stale_roster, "S4", backdate},
      {"exchanges roster entries", "R1: the next number", Code::gap, "roster", exchange_roster_entries},
  };
  meet(attacks);
}
