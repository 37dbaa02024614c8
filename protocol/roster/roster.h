// The signed, append-only log of who is who (docs/ARCHITECTURE.md, docs/FORMATS.md §2-§3). Whoever holds all entries
// holds the whole authentication service: `append` takes an entry only if it follows the head and is signed by whom
// the rules demand at that place; `at` answers questions about any head, never by what came after it.
//
// Not thread-safe; one owner. Keeps no entries, only what they say: storing them is the caller's.
#pragma once

#include <memory>
#include <unordered_set>

#include "protocol/roster/pending.h"

namespace encuentro::roster {

struct RosterHead {
  RosterSeq seq;
  Hash32 hash;
  Timestamp time;  // of that entry: expiry is judged by it

  friend bool operator==(const RosterHead&, const RosterHead&) = default;
};

// How far somebody is let in. `full` is what FORMATS §3 means by the word.
enum class Standing : std::uint8_t {
  full = 1,
  unseated,     // a second focal point by the Secretariat, not yet countersigned by the seat
  provisional,  // entered by the link alone, not yet confirmed
  gone,         // revoked, ended, or the date has passed
};

// Who takes over from a member, since when, and when the member's own office ends.
struct Relief {
  MemberId successor;
  Timestamp start;
  Timestamp end;

  friend bool operator==(const Relief&, const Relief&) = default;
};

struct MemberView {
  MemberId id;
  RoleGrant grant;
  Standing standing = Standing::gone;
  const SealedName* name = nullptr;  // valid until the next append
  RosterSeq entered;
  // After a re-entry nobody of the seat has confirmed: takes no position for its country before this time.
  std::optional<Timestamp> no_position_before;
  std::optional<Relief> relief;
};

struct DeviceView {
  DeviceId id;
  MemberId member;
  Ed25519PublicKey key;
  DeviceKind kind{};
  // Of the device together with its member: full only if both are; unseated and provisional likewise.
  Standing standing = Standing::gone;
  const SealedName* label = nullptr;  // valid until the next append
  RosterSeq entered;
  bool spent = false;  // an access sheet that has spoken its one time
};

struct InviteView {
  const InviteBody* body = nullptr;  // valid until the next append
  DeviceId maker;
  bool open = false;  // unused, not revoked, not expired at the head, its maker stands
  bool used = false;
  // By the roots into a seat that somebody has held: who accepts before this time has no seat (FORMATS §3).
  std::optional<Timestamp> seat_from;
};

// Who stands behind a statement, and how many it takes. Zero needed: this way doesn't lead there.
struct Support {
  struct Count {
    std::size_t have = 0;
    std::size_t need = 0;
    bool enough() const { return need > 0 && have >= need; }
    friend bool operator==(const Count&, const Count&) = default;
  };
  Count roots;      // root keys
  Count countries;  // member countries (new roots only)
  Count people;     // who confirm a re-entry

  friend bool operator==(const Support&, const Support&) = default;
};

struct State;  // state.h

// The roster as it stood at one head. A value; valid while the roster lives, also after later appends.
class View {
 public:
  View(const State& state, RosterHead head) : state_(&state), head_(head) {}

  const RosterHead& head() const { return head_; }
  const NetworkId& network() const;

  // nullopt: unknown at this head.
  std::optional<MemberView> member(const MemberId& id) const;
  std::optional<DeviceView> device(const DeviceId& id) const;
  std::optional<InviteView> invite(const InviteId& id) const;
  // nullptr: no such seat at this head. Valid until the next append, as everything pointed to.
  const CountryBody* country(Country code) const;

  std::vector<MemberId> members() const;  // in order of entering, those gone included
  std::vector<MemberId> members_of(Country code) const;
  std::vector<DeviceId> devices_of(const MemberId& member) const;
  std::vector<Country> countries() const;  // ascending
  std::vector<InviteId> invites() const;   // in order of making
  const MemberId& founder() const;

  const RootSet& roots() const;
  const ServerBody* server() const;
  std::vector<const ReleaseBody*> releases() const;

  // A focal point of the seat has accepted at some time: the Secretariat can't fill it any more (FORMATS §3).
  bool seat_taken(Country code) const;
  // May this member, as it stands, invite somebody into that role? (Without roots' backing.)
  bool may_invite(const MemberView& inviter, const RoleGrant& grant) const;

 private:
  const State* state_;
  RosterHead head_;
};

enum class Taken : std::uint8_t {
  applied,
  set_aside,  // a version or type of later: chained, its appender's signature checked, without effect
};

class Roster {
 public:
  Roster();
  ~Roster();
  Roster(Roster&&) noexcept;
  Roster& operator=(Roster&&) noexcept;

  // Appends the entry if it follows the head and FORMATS §3 allows it there. On error nothing has changed.
  // `now`: the server's clock, which refuses a time more than five minutes ahead; clients give none.
  // Errors (each with its rule R-ROS-nn): bad_sequence, fork (prev differs), time_backwards, time_ahead,
  // bad_signature, not_allowed, threshold_not_met, unknown_member, unknown_device, revoked, expired, provisional,
  // invite_used, wrong_code, already_exists, malformed, too_large.
  Result<Taken> append(const RosterEntry& entry, std::optional<Timestamp> now = std::nullopt);
  // The same judgement, without taking it.
  Status check(const RosterEntry& entry, std::optional<Timestamp> now = std::nullopt) const;
  // Whether every signature so far is by somebody who counts, at the head and `now` (rules 09 to 12); not whether they
  // are enough.
  Status check_consents(const PendingStatement& pending, Timestamp now) const;
  // The same, counted. Errors: those of check_consents.
  Result<Support> support(const PendingStatement& pending, Timestamp now) const;

  bool empty() const;
  // Programmer error on an empty roster, as the next three.
  RosterHead head() const;
  const Hash32& fingerprint() const;
  const NetworkId& network() const;
  const GenesisBody& genesis() const;

  // nullopt: above the head or 0.
  std::optional<RosterHead> head_at(RosterSeq seq) const;
  std::optional<View> at(RosterSeq seq) const;
  View newest() const;
  // The same head by a clock that has gone on: whose date has come since its entry has no access any more.
  View newest(Timestamp now) const;
  // The first date after the head's time at which somebody's standing or office changes by itself.
  std::optional<Timestamp> next_date() const;

  // When somebody other than `member` last appended; what the 72-hour rule asks (docs/PROTOCOL.md R4).
  std::optional<Timestamp> last_entry_of_another(const MemberId& member) const;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace encuentro::roster
