// What the entries up to now have said, by id and with small histories. Only roster.cpp's folder sees it.
#pragma once

#include <map>
#include <unordered_map>
#include <unordered_set>

#include "protocol/roster/history.h"
#include "protocol/roster/roster.h"

namespace encuentro::roster {

struct MemberStep {
  RoleGrant grant;
  std::optional<RoleGrant> next_grant = std::nullopt;  // from next_start on
  Timestamp next_start{};
  bool provisional = false;
  bool unseated = false;
  bool revoked = false;
  std::optional<Timestamp> end = std::nullopt;
  std::optional<Timestamp> no_position_before = std::nullopt;
  std::optional<Relief> relief = std::nullopt;
};

struct MemberRow {
  RosterSeq entered;
  History<MemberStep> steps;
  History<SealedName> names;
  std::vector<DeviceId> devices;
};

struct DeviceStep {
  bool provisional = false;
  bool revoked = false;
};

// What rests on a device's word: it falls with the device if said at or after the place the device isn't trusted from.
struct Vouched {
  enum class What : std::uint8_t { device, invite, confirmed_member, confirmed_device, countersigned };
  RosterSeq at;
  What what{};
  std::array<std::uint8_t, 16> id{};
};

struct DeviceRow {
  MemberId member;
  DeviceRecord record;
  RosterSeq entered;
  History<DeviceStep> steps;
  std::vector<Vouched> vouched;
};

struct InviteRow {
  InviteBody body;
  DeviceId maker;
  RosterSeq made;
  Timestamp made_time;
  bool by_roots = false;  // k roots backed it
  RosterSeq used;         // 0: not yet
  RosterSeq revoked;      // 0: not
  DeviceId accepted_by;
};

struct Place {
  Hash32 hash;
  Timestamp time;
};

struct State {
  std::optional<GenesisBody> genesis;
  std::vector<Place> places;  // entry n at n-1
  std::unordered_map<MemberId, MemberRow> members;
  std::vector<MemberId> members_in_order;
  std::map<Country, std::vector<MemberId>> members_by_country;  // by the grant they entered with
  std::unordered_map<DeviceId, DeviceRow> devices;
  std::unordered_map<InviteId, InviteRow> invites;
  std::vector<InviteId> invites_in_order;
  std::map<Country, History<CountryBody>> countries;
  std::map<Country, RosterSeq> seat_taken;  // since when
  History<RootSet> roots;
  History<ServerBody> server;
  History<ReleaseBody> releases;
  std::unordered_set<RecordId> statements;  // each counts once
  std::unordered_map<MemberId, Timestamp> checkpoints;
  // The 72-hour rule: who appended last, and when the last entry before that one's run was.
  MemberId last_author;
  std::optional<Timestamp> before_last_author;

  RosterHead head() const {
    ENC_CHECK(!places.empty());
    return {RosterSeq{places.size()}, places.back().hash, places.back().time};
  }
  RosterSeq next() const { return RosterSeq{places.size() + 1}; }

  // The newest step of a member or device, to be changed and set again.
  MemberStep member_step(const MemberId& id) const;
  DeviceStep device_step(const DeviceId& id) const;
  void set(const MemberId& id, RosterSeq at, MemberStep step) { members.at(id).steps.set(at, std::move(step)); }
  void set(const DeviceId& id, RosterSeq at, DeviceStep step) { devices.at(id).steps.set(at, step); }
  void add_device(const MemberId& member, const DeviceRecord& record, RosterSeq at, DeviceStep step);
  void add_member(const MemberId& id, const SealedName& name, RosterSeq at, MemberStep step);
};

// By the roots into a seat that has had somebody: so long its people may object, and who accepts sooner has no seat.
inline constexpr Duration objection_time = hours(72);

// Carries out an entry that rules.h allowed, at the next place.
void apply(State& state, const RosterEntry& entry, const Body& body);
// One of a later version or type: only its place counts.
void set_aside(State& state, const RosterEntry& entry);

// Revocation and all that falls with it, from place `at` on (cascade.cpp).
void revoke(State& state, const RevokeBody& body, RosterSeq at);

}  // namespace encuentro::roster
