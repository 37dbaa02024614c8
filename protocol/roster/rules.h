// Whether an entry may stand at the next place: FORMATS §3, each rule with an id R-ROS-nn that its refusal carries and
// a test of the same id shows. Pure: nothing changes.
//
//   01 genesis is first, and only first     02 the next number           03 this network
//   04 the hash of the one before           05 time never decreases      06 time at most five minutes ahead
//   07 the appender is known and stands     08 its signature             09 the statement has not run out
//   10 a statement counts once              11 backing of the sorts the entry takes, and no other
//   12 each backing signature is by a known key, once, and right         13 k roots
//   14 new roots: k old ones or two thirds of the member countries       15 a paper device speaks once, no more
//   16 a change of status cites a decision  17 a grant names a known seat
//   20 invite and member are new            21 who invites whom          22 an invite's life is bounded
//   23 a device invite is by and for one's own                           24 Secretariat members by the roots
//   30 the invite is known                  31 used once                 32 revoked, or its maker gone
//   33 not run out                          34 as the invite says        35 the link's key signed
//   36 the code's key signed rightly        37 the device is new and signs for itself
//   38 devices a member may have            40 vouched for by one's own  41 the new device consents
//   42 two others confirm a re-entry        43 of the same seat or the Secretariat
//   50 who confirms whom                    51 who countersigns          52 who relieves whom
//   53 who ends whom                        54 the grant is the member's own
//   60 the target is known                  61 who revokes whom          62 since no later place than this
//   70 who renames whom                     80 a checkpoint only when the last entry is a day old,
//                                                                       or somebody's date has come since
#pragma once

#include "protocol/roster/state.h"

namespace encuentro::roster {

// The body, if the entry may be applied; nothing, if it is of a later version or type and is set aside.
Result<std::optional<Body>> judge(const State& state, const RosterEntry& entry, std::optional<Timestamp> now);

// Rules 09 to 12 alone, for a statement that still gathers signatures, as if appended at `time`.
Status judge_consents(const State& state, const PendingStatement& pending, Timestamp time);
// The same, counted beside what it takes.
Result<Support> judge_support(const State& state, const PendingStatement& pending, Timestamp time);

// What a judge of one type sees: the roster just before the entry, at the entry's time, and who signed.
struct Scene {
  const State& state;
  const RosterEntry& entry;
  View view;
  // The appender; of genesis and accept there is none yet.
  std::optional<DeviceView> device;
  std::optional<MemberView> member;

  bool appended_by_full() const { return device->standing == Standing::full; }
};

// The signatures behind the body, counted; each was found right.
struct Consents {
  std::size_t roots = 0;
  std::vector<DeviceId> devices;  // distinct, each standing in full
  bool link = false;
  bool code = false;
  bool new_device = false;
};

// A bit for each BackingKind an entry takes.
constexpr unsigned takes(BackingKind kind) { return 1u << static_cast<unsigned>(kind); }

// backing.cpp. Rules 09 to 12 (and 35, 36, 41 for the keys an entry brings along).
Result<Consents> count_consents(const Scene& scene, const Body& body, unsigned kinds_taken);
// Rule 42: so many people besides the one who comes back.
inline constexpr std::size_t re_entry_confirmers = 2;
// Rule 13.
Status demand_roots(const Scene& scene, const Consents& consents);

// rules_entering.cpp
Status judge_body(const Scene& scene, const InviteBody& body, const Consents& consents);
Status judge_body(const Scene& scene, const AcceptBody& body, const Consents& consents);
Status judge_body(const Scene& scene, const DeviceBody& body, const Consents& consents);
// rules_office.cpp
Status judge_body(const Scene& scene, const RoleBody& body, const Consents& consents);
Status judge_body(const Scene& scene, const RevokeBody& body, const Consents& consents);
Status judge_body(const Scene& scene, const MemberBody& body, const Consents& consents);

// Shared by these: may the scene's member decide over somebody of that grant (revoke, end)? The roots always may.
bool has_say_over(const Scene& scene, const MemberView& subject, const Consents& consents);
// Rule 17.
Status known_seat(const Scene& scene, const RoleGrant& grant);

}  // namespace encuentro::roster
