// A network of invented people whose every key is at hand, so that a test can append any entry to its roster, right or
// wrong.
#pragma once

#include <catch2/catch.hpp>
#include <deque>

#include "protocol/roster/roster.h"
#include "tests/support/seeded_random.h"

namespace encuentro::tests {

struct TestDevice {
  MemberId member;
  crypto::Ed25519Key key;
  DeviceId id() const { return roster::device_id(key.public_key); }
};

struct TestInvite {
  roster::InviteBody body;
  crypto::Ed25519Key link;
  crypto::Ed25519Key code;
};

inline roster::Country country_of(std::string_view code) { return *roster::Country::parse(code); }

class TestNetwork {
 public:
  explicit TestNetwork(std::uint64_t seed = 1)
      : random(seed), root(crypto::ed25519_generate(random)), founder(new_device(random.id<MemberId>())) {
    id = random.id<NetworkId>();
    roster::GenesisBody body;
    body.id = id;
    body.network_name = name();
    body.roots = {1, {root.public_key}};
    body.directory_commitment = random.id<Hash32>();
    body.founder = founder.member;
    body.founder_name = name();
    body.device = record_of(founder);
    genesis = entry(body);
    back(genesis, root);
    genesis.sign(founder.key);
    must(genesis);
  }

  roster::SealedName name() { return {random.id<Salt>(), random.id<Commitment>(), Bytes(272, 9)}; }
  TestDevice new_device(const MemberId& member) { return {member, crypto::ed25519_generate(random)}; }
  roster::DeviceRecord record_of(const TestDevice& device, roster::DeviceKind kind = roster::DeviceKind::native) {
    return {device.key.public_key, kind, name()};
  }

  // The next entry, unsigned.
  roster::RosterEntry entry(const roster::Body& body) {
    roster::RosterEntry e;
    e.network = id;
    e.seq = RosterSeq{entries.size() + 1};
    if (!entries.empty()) e.prev = entries.back().hash();
    e.time = now;
    e.type = static_cast<std::uint16_t>(roster::type_of(body));
    e.body = roster::encode_body(body);
    return e;
  }
  void begin_backing(roster::RosterEntry& e) {
    if (!e.backing) e.backing = roster::Backing{random.id<RecordId>(), now + days(7), {}};
  }
  void back(roster::RosterEntry& e, const crypto::Ed25519Key& root_key) {
    begin_backing(e);
    roster::back(e, roster::BackingKind::root, roster::root_key_id(root_key.public_key).view(), root_key);
  }
  void back(roster::RosterEntry& e, const TestDevice& device, roster::BackingKind kind = roster::BackingKind::device) {
    begin_backing(e);
    roster::back(e, kind, device.id().view(), device.key);
  }
  roster::RosterEntry signed_by(const TestDevice& device, const roster::Body& body, bool roots = false) {
    auto e = entry(body);
    if (roots) back(e, root);
    e.sign(device.key);
    return e;
  }

  Result<roster::Taken> try_append(const roster::RosterEntry& e) {
    auto taken = roster.append(e);
    if (taken) entries.push_back(e);
    return taken;
  }
  void must(const roster::RosterEntry& e) {
    auto taken = try_append(e);
    if (!taken) FAIL("refused by " << taken.error().rule << " " << encuentro::name(taken.error().code));
  }
  void must(const TestDevice& by, const roster::Body& body, bool roots = false) { must(signed_by(by, body, roots)); }

  roster::CountryBody country(std::string_view code, roster::CountryStatus status = roster::CountryStatus::member) {
    return {country_of(code), status, roster::Voice::any, std::string(code), {"Ministry"}, "decision"};
  }
  void add_country(std::string_view code, roster::CountryStatus status = roster::CountryStatus::member) {
    must(founder, country(code, status), true);
  }

  static roster::RoleGrant grant(roster::Role role, std::string_view code = "") {
    roster::RoleGrant g;
    g.role = role;
    if (!code.empty()) g.country = country_of(code);
    return g;
  }
  TestInvite new_invite(const roster::RoleGrant& grant, bool with_code = true) {
    TestInvite invite{{}, crypto::ed25519_generate(random), crypto::ed25519_generate(random)};
    auto& b = invite.body;
    b.id = random.id<InviteId>();
    b.purpose = roster::InvitePurpose::member;
    b.member = random.id<MemberId>();
    b.grant = grant;
    b.name = name();
    b.expires = now + hours(72);
    b.link_key = invite.link.public_key;
    if (with_code) b.code_key = invite.code.public_key;
    return invite;
  }
  roster::RosterEntry accept_entry(const TestInvite& invite, const TestDevice& device, bool with_code = true,
                                   roster::DeviceKind kind = roster::DeviceKind::native) {
    auto e = entry(roster::AcceptBody{invite.body.id, device.member, record_of(device, kind)});
    begin_backing(e);
    roster::back(e, roster::BackingKind::invite_link, invite.body.id.view(), invite.link);
    if (with_code) roster::back(e, roster::BackingKind::invite_code, invite.body.id.view(), invite.code);
    e.sign(device.key);
    return e;
  }
  // Invites and lets accept. Without the code the person is provisional.
  TestDevice enter(const TestDevice& by, const roster::RoleGrant& grant, bool with_code = true, bool roots = false) {
    auto invite = new_invite(grant);
    must(by, invite.body, roots);
    auto device = new_device(invite.body.member);
    must(accept_entry(invite, device, with_code));
    return device;
  }
  roster::RosterEntry vouch_entry(const TestDevice& by, const TestDevice& device,
                                  roster::DeviceKind kind = roster::DeviceKind::native) {
    auto e = entry(roster::DeviceBody{device.member, roster::DeviceAction::vouch, record_of(device, kind), {}});
    back(e, device, roster::BackingKind::new_device);
    e.sign(by.key);
    return e;
  }
  TestDevice add_device(const TestDevice& by, roster::DeviceKind kind = roster::DeviceKind::native) {
    auto device = new_device(by.member);
    must(vouch_entry(by, device, kind));
    return device;
  }
  roster::RevokeBody revocation(roster::RevokeTarget target, BytesView target_id, std::uint64_t since = 0) {
    roster::RevokeBody body;
    body.target = target;
    std::copy(target_id.begin(), target_id.end(), body.id.begin());
    body.since = RosterSeq{since};
    return body;
  }
  roster::RoleBody role(roster::RoleAction action, const MemberId& member) {
    roster::RoleBody body;
    body.member = member;
    body.action = action;
    body.grant = roster.newest().member(member)->grant;
    body.start = body.end = now;
    return body;
  }
  roster::Standing standing(const TestDevice& device) const { return roster.newest().device(device.id())->standing; }

  SeededRandom random;
  NetworkId id;
  Timestamp now{1'790'000'000'000};
  crypto::Ed25519Key root;
  TestDevice founder;
  roster::RosterEntry genesis;
  roster::Roster roster;
  std::deque<roster::RosterEntry> entries;
};

// The rule that a refusal names; "" where there was none.
inline std::string rule_of(const auto& result) { return result ? "" : result.error().rule; }

}  // namespace encuentro::tests
