// Attacks on who is in a channel and by which rules, by an insider's device together with the server, which orders
// what an honest one refuses. Every client judges for itself; who is in stays who was in.
// Tests: client/core/handshakes.cpp client/core/replay.cpp client/core/restart.cpp
#include <algorithm>
#include <catch2/catch.hpp>

#include "client/core/commit_work.h"
#include "client/core/key_packages.h"
#include "tests/hostile/bad_commit.h"
#include "tests/hostile/scene.h"

using namespace encuentro;
using namespace encuentro::hostile;

namespace {

// A Commit that is right in itself and must not stand, given to the victim in its place.
void push_commit(Scene& s, const StolenDevice& thief, std::vector<mls::Proposal> proposals,
                 std::vector<DeviceId> added = {}) {
  auto devices = s.victim.look().channel(s.id)->devices;
  s.push_entry(s.victim,
               bad_commit(thief, s.victim, s.id, {Fault::none, std::move(proposals), std::move(added), 0}, s.random));
  CHECK(s.victim.look().channel(s.id)->devices == devices);
  CHECK(s.victim.look().channel(s.id)->state == core::ChannelState::stopped);
}

// A leaf of a device that the roster doesn't know, in the name of somebody who is in.
void ghost_device(Scene& s) {
  StolenDevice thief(s.ar);
  auto key = crypto::ed25519_generate(s.random);
  const core::Self& named = (s.pick(2) == 0 ? s.ar : s.cl).look().self();
  mls::member::MemberIdentity identity{
      crypto::to_mls(key),
      policy::LeafIdentity{named.network, named.member, record::device_id(key.public_key)}.credential(),
      mls::member::library_capabilities({crypto::encuentro_suite},
                                        {policy::policy_extension, policy::archive_commitment_extension}),
      {}};
  auto package = mls::member::KeyPackageSecrets::generate(crypto::encuentro_suite, identity,
                                                          core::leaf_lifetime(s.net.world.now), {}, s.random);
  push_commit(s, thief, {{mls::Add{package.key_package}}}, {record::device_id(key.public_key)});
}

Client& outsider(Scene& s, const char* country, roster::CountryStatus status) {
  s.net.country(country, status);
  Client& person = s.net.quick_focal_point(country);
  s.net.world.settle();
  return person;
}

void add_outsider(Scene& s) {
  Client& person = outsider(s, "XA", roster::CountryStatus::member);
  StolenDevice thief(s.ar), other(person);
  push_commit(s, thief, {{mls::Add{other.key_package()}}}, {other.id()});
}

void add_training_only(Scene& s) {
  Client& person = outsider(s, "NI", roster::CountryStatus::training_only);
  StolenDevice thief(s.ar), other(person);
  push_commit(s, thief, {{mls::Add{other.key_package()}}}, {other.id()});
}

// Who posts, adds, removes isn't changed by anybody.
void change_policy(Scene& s) {
  StolenDevice thief(s.ar);
  policy::ChannelPolicy policy = s.victim.look().channel(s.id)->policy;
  auto& roles = s.pick(2) == 0 ? policy.posts : policy.adds;
  roles.push_back(roster::Role::partner);
  std::sort(roles.begin(), roles.end());
  push_commit(s, thief, {{mls::GroupContextExtensions{core::context_extensions(policy)}}});
}

// A delegate is in, writes, and changes nothing of who may enter.
Client& delegate_inside(Scene& s) {
  core::Invite invite;
  invite.role = roster::Role::delegate;
  invite.country = "AR";
  Client& person = s.net.enter(s.ar, "delegate", invite, false);
  s.ar.must(core::Confirm{person.member(), std::nullopt});
  s.net.world.settle();
  s.ar.must(core::AddToChannel{s.id, person.member()});
  s.net.world.settle();
  return person;
}

void widen_admission(Scene& s) {
  StolenDevice thief(delegate_inside(s));
  policy::ChannelPolicy policy = s.victim.look().channel(s.id)->policy;
  policy.admission.countries.push_back(*roster::Country::parse("XA"));
  push_commit(s, thief, {{mls::GroupContextExtensions{core::context_extensions(policy)}}});
}

mls::LeafIndex leaf_of(Scene& s, const Client& who) {
  auto devices = s.victim.look().channel(s.id)->devices;
  auto found = std::find(devices.begin(), devices.end(), who.look().self().device);
  REQUIRE(found != devices.end());
  return {static_cast<std::uint32_t>(found - devices.begin())};
}

void remove_without_right(Scene& s) {
  StolenDevice thief(delegate_inside(s));
  push_commit(s, thief, {{mls::Remove{leaf_of(s, s.cl)}}});
}

// A Commit at a head where a device is revoked, which leaves its leaf in.
void leave_revoked_in(Scene& s) {
  Client& second = s.net.second_device(s.cl, "CL2");
  s.net.world.settle();
  const DeviceId device = second.look().self().device;
  auto devices = s.victim.look().channel(s.id)->devices;
  REQUIRE(std::find(devices.begin(), devices.end(), device) != devices.end());
  StolenDevice thief(s.ar);
  // None of the others removes it: their Commits don't reach the server.
  s.net.world.intercept = [](Client&, BytesView bytes) -> std::optional<Bytes> {
    auto frame = api::decode_frame(bytes);
    bool append = frame && frame->kind == static_cast<std::uint16_t>(api::Call::append);
    return append ? std::nullopt : std::optional<Bytes>(to_bytes(bytes));
  };
  CHECK(s.cl.begin(core::RevokeDevice{device, std::nullopt}) > 0);
  s.net.world.settle();
  push_commit(s, thief, {});
}

void commit_in_another_name(Scene& s) {
  StolenDevice thief(s.ar), other(s.cl);
  auto entry = record::decode_log_entry(bad_commit(thief, s.victim, s.id, {}, s.random));
  auto header = entry->header;
  header.device = other.id();
  s.push_entry(s.victim, other.entry(header, *entry->parsed()));
}

// The Welcome, GroupInfo or link of somebody's Commit is another one: the whole entry is signed.
void swap_a_part(Scene& s) {
  StolenDevice thief(s.ar);
  auto entry = record::decode_log_entry(bad_commit(thief, s.victim, s.id, {}, s.random));
  auto body = std::get<record::CommitBody>(*entry->parsed());
  if (s.pick(2) == 0) {
    body.link->salt = s.random.id<Salt>();
  } else {
    body.group_info = body.commit;
  }
  auto other = *entry;
  other.body = record::encode_body(body);
  s.push_entry(s.victim, record::encode(other));
}

// A newcomer would get the epoch before as the newest one.
void stale_group_info(Scene& s) {
  StolenDevice thief(s.ar);
  Bytes old;
  for (const Bytes& bytes : s.victim.look().log_entries(s.id)) {
    auto entry = record::decode_log_entry(bytes);
    auto body = entry->parsed();
    const auto* commit = std::get_if<record::CommitBody>(&*body);
    if (commit != nullptr) old = to_bytes(commit->group_info.bytes());
  }
  auto entry = record::decode_log_entry(bad_commit(thief, s.victim, s.id, {}, s.random));
  auto body = std::get<record::CommitBody>(*entry->parsed());
  body.group_info = record::Part::of(old);
  s.push_entry(s.victim, thief.entry(entry->header, body));
}

// Somebody of an admitted country who is in none of the channels.
Client& alternate_of_cl(Scene& s, const char* name) {
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = "CL";
  invite.principal = false;
  Client& person = s.net.enter(s.cl, name, invite, false);
  s.cl.must(core::Confirm{person.member(), std::nullopt});
  s.net.world.settle();
  return person;
}

// Admitted, but in a committee nobody enters by himself.
void enter_by_oneself(Scene& s) {
  Client& person = alternate_of_cl(s, "CLx");
  StolenDevice thief(person), inside(s.ar);
  auto group = inside.group(s.id);
  auto info = mls::decoded<mls::MlsMessage>(*group.group_info({}, true));
  const core::Self& self = thief.me().self;
  mls::member::ExternalJoinParameters parameters;
  parameters.identity = {
      crypto::to_mls(thief.key()),
      policy::LeafIdentity{self.network, self.member, self.device}.credential(),
      mls::member::library_capabilities({crypto::encuentro_suite},
                                        {policy::policy_extension, policy::archive_commitment_extension}),
      {}};
  parameters.lifetime = core::lifetime_policy();
  parameters.group_info = core::archive_extension(group.context().group_id, group.epoch().next(), true);
  auto joined = mls::member::Group::join_externally(*info->as<mls::GroupInfo>(), parameters, s.random);
  REQUIRE(joined);
  record::CommitBody body{
      record::Part::of(joined->bundle.commit), record::Part::of(*joined->bundle.group_info), {}, {}, {}};
  s.push_entry(s.victim, thief.entry(thief.header(s.victim, s.id, s.random), body));
}

void swap_the_link(Scene& s) {
  StolenDevice thief(s.ar);
  s.push_entry(s.victim, bad_commit(thief, s.victim, s.id, {Fault::link, {}, {}, 0}, s.random));
}

void speak_from_outside(Scene& s) {
  Client& person = alternate_of_cl(s, "CLy");
  StolenDevice thief(person);
  s.push_entry(s.victim, thief.entry(thief.header(s.victim, s.id, s.random), record::LeaveBody{}));
}

void speak_in_a_past_epoch(Scene& s) {
  StolenDevice thief(s.cl);
  auto header = thief.header(s.victim, s.id, s.random);
  header.at.epoch.value -= 1;
  s.push_entry(s.victim, thief.entry(header, record::LeaveBody{}));
}

// Somebody says of a right Commit that it had to be rejected: shown with both names, and nothing stops.
void false_report(Scene& s) {
  StolenDevice thief(s.cl);
  auto entries = s.victim.look().log_entries(s.id);
  for (std::size_t i = entries.size(); i-- > 0;) {
    auto entry = record::decode_log_entry(entries[i]);
    if (entry->kind != static_cast<std::uint8_t>(record::EntryKind::commit)) continue;
    record::ReportBody body{Seq{i + 1}, Hash32(crypto::sha256({entries[i]}).view()), 302, "R-MLS-108"};
    s.push_entry(s.victim, thief.entry(thief.header(s.victim, s.id, s.random), body));
    break;
  }
  CHECK(s.victim.look().channel(s.id)->state == core::ChannelState::in);
}

}  // namespace

TEST_CASE("hostile: Commits that an insider makes and a dishonest server orders change nothing") {
  std::vector<Attack> attacks = {
      {"adds a ghost device", "R3, R29: a leaf is a device of the roster", Code::not_admitted, "R-POL-54",
       ghost_device},
      {"adds an outsider", "R29-R31: admission", Code::not_admitted, "R-POL-54", add_outsider},
      {"adds a training-only country", "product: training-only countries", Code::not_admitted, "R-POL-54",
       add_training_only},
      {"changes the policy", "R33; design 4: the policy never changes but in admission", Code::policy_violation,
       "R-POL-53", change_policy},
      {"widens admission without the right", "design 4: who changes admission", Code::not_allowed, "R-POL-23",
       widen_admission},
      {"removes without the right", "design 4: who removes", Code::not_allowed, "R-POL-56", remove_without_right},
      {"leaves a revoked device in", "design 4: every Commit removes all leaves not admitted", Code::not_admitted,
       "R-POL-57", leave_revoked_in},
      {"commits in another's name", "R25: the envelope's device is the committer", Code::policy_violation, "R-POL-52",
       commit_in_another_name},
      {"swaps a part of a Commit", "design 4: hashed, stored and served together", Code::bad_signature, "S4",
       swap_a_part},
      {"serves a stale GroupInfo", "J3: byte for byte the GroupInfo's", Code::invalid_tree, "R-MLS-87",
       stale_group_info},
      {"enters by oneself where nobody does", "design 4: first entry", Code::not_allowed, "R-POL-60", enter_by_oneself},
  };
  meet(attacks);
}

TEST_CASE("hostile: links, records and reports that must not count are named, and the channel goes on") {
  std::vector<Attack> attacks = {
      {"swaps the link", "R36, R67; design 4: History", Code::bad_link, "wrong key", swap_the_link},
      {"speaks from outside", "R25: a leaf of that epoch", Code::not_a_member, "S4", speak_from_outside},
      {"speaks in a past epoch", "design 4: an entry of another epoch is an alarm", Code::wrong_epoch, "S4",
       speak_in_a_past_epoch},
      {"reports a right Commit", "C6: a report is signed", Code::commit_reported, "C6", false_report},
  };
  meet(attacks);
}
