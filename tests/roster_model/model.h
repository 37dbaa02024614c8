// The rules of who may sign what, once more and as plainly as possible, from the words of docs/FORMATS.md §3 alone:
// people, devices and invitations are small numbers, signatures are sets of names, and everything is found by looking
// at all of it. The real roster is held against this (roster_model_test.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace encuentro::roster_model {

using Time = std::int64_t;  // hours
constexpr int nobody = -1;

enum class Role { secretariat, focal_point, delegate, partner, alumni, participant };
enum class Status { member, observer, training_only, suspended };
enum class Standing { full, unseated, provisional, gone };

struct Grant {
  Role role = Role::secretariat;
  int country = nobody;
  std::optional<Time> until;
  friend bool operator==(const Grant&, const Grant&) = default;
};

enum class Kind {
  roots,
  country,
  rename,
  confirm,
  confirm_device,
  countersign,
  relieve,
  end,
  invite_person,
  invite_device,
  accept,
  vouch,
  re_enter,
  revoke_device,
  revoke_person,
  revoke_invite,
  server,
  checkpoint
};

// An entry: what it says and who signed it.
struct Act {
  Kind kind{};
  Time time = 0;
  int by = nobody;        // the appending device
  std::set<int> roots;    // that signed the statement
  std::set<int> devices;  // likewise
  bool link = false, code = false, new_device_signed = false;
  bool run_out = false, counted = false;  // the statement: expired, used before
  // what it is about, as the kind needs
  int person = nobody, device = nobody, invite = nobody, country = nobody;
  Grant grant;
  int successor = nobody;
  Time start = 0, end = 0;
  int since = 0;
  bool paper = false, with_code = true, cites = true, joint = false;
  Status status{};
  std::set<int> new_roots;
  unsigned threshold = 1;
};

struct Person {
  Grant grant;
  std::optional<Grant> next;
  Time next_start = 0;
  bool provisional = false, unseated = false, revoked = false;
  std::optional<Time> end, pause_until;
  int entered = 0;
};
struct Word {  // what somebody's device has said for others
  int place = 0;
  enum class About { device, invite, person_confirmed, device_confirmed, countersigned } about{};
  int id = 0;
};
struct Device {
  int person = nobody;
  bool paper = false, provisional = false, revoked = false;
  std::vector<Word> words;
};
struct Invite {
  bool for_device = false, with_code = true, by_roots = false, used = false, revoked = false;
  int person = nobody, maker = nobody, accepted_by = nobody, used_at = 0;
  Grant grant;
  Time made = 0, expires = 0;
};
struct Country {
  Status status{};
  bool joint = false;
};

class Model {
 public:
  // Genesis: person 0 with device 0, root 0.
  Model();

  // Takes the act if it may stand; false changes nothing.
  bool take(const Act& act);

  Standing standing(int person, Time time) const;
  Standing device_standing(int device, Time time) const;
  Grant grant(int person, Time time) const;
  bool paused(int person, Time time) const;
  bool open(int invite, Time time) const;

  int places = 1;
  Time last = 0;
  std::map<int, Person> people;
  std::map<int, Device> devices;
  std::map<int, Invite> invites;
  std::map<int, Country> countries;
  std::map<int, int> seat_taken;  // country: at which place
  std::set<int> root_keys;
  unsigned threshold = 1;
  std::vector<std::pair<int, Time>> authors;  // person and time of every entry
  std::map<int, Time> checkpoints;

 private:
  bool may(const Act& act) const;
  bool consents_right(const Act& act) const;
  bool enough_roots(const Act& act) const;
  bool roots_change(const Act& act) const;
  bool may_invite(int person, const Grant& grant, Time time) const;
  bool is(int person, Role role, int country, Time time) const;
  bool has_say(const Act& act, int over) const;
  bool may_confirm(const Act& act) const;
  bool may_relieve(const Act& act) const;
  bool may_accept(const Act& act) const;
  bool may_enter_device(const Act& act) const;
  bool may_re_enter(const Act& act) const;
  bool may_revoke(const Act& act) const;
  bool may_checkpoint(const Act& act) const;
  bool room_for_device(int person, Time time) const;

  void carry_out(const Act& act);
  void invite(const Act& act);
  void accept(const Act& act);
  void re_enter(const Act& act);
  bool seats(const Invite& invite, Time time) const;
  void drop_device(int device, int since);
  void drop_person(int person, int since);
  void drop_invite(int invite, int since);
};

}  // namespace encuentro::roster_model
