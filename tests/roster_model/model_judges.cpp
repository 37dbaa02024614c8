// Who may: nothing here changes anything.
#include <algorithm>

#include "tests/roster_model/model.h"

namespace encuentro::roster_model {

namespace {
constexpr Time day = 24;
constexpr std::size_t devices_max = 16;

bool seat_role(Role role) { return role == Role::focal_point || role == Role::delegate; }
}  // namespace

Grant Model::grant(int person, Time time) const {
  const Person& p = people.at(person);
  return p.next && p.next_start <= time ? *p.next : p.grant;
}

Standing Model::standing(int person, Time time) const {
  const Person& p = people.at(person);
  Grant held = grant(person, time);
  if (p.revoked || (p.end && *p.end <= time) || (held.until && *held.until <= time)) return Standing::gone;
  if (p.provisional) return Standing::provisional;
  return p.unseated ? Standing::unseated : Standing::full;
}

Standing Model::device_standing(int device, Time time) const {
  const Device& d = devices.at(device);
  Standing own = d.revoked ? Standing::gone : d.provisional ? Standing::provisional : Standing::full;
  return std::max(own, standing(d.person, time));
}

bool Model::paused(int person, Time time) const {
  const Person& p = people.at(person);
  return p.pause_until && time < *p.pause_until;
}

bool Model::open(int invite, Time time) const {
  const Invite& i = invites.at(invite);
  Standing maker = standing(devices.at(i.maker).person, time);
  return !i.used && !i.revoked && time < i.expires && (maker == Standing::full || maker == Standing::unseated);
}

bool Model::is(int person, Role role, int country, Time time) const {
  Grant held = grant(person, time);
  return standing(person, time) == Standing::full && held.role == role && held.country == country;
}

bool Model::enough_roots(const Act& act) const { return act.roots.size() >= threshold; }

// Secretariat: partners, alumni, participants, focal points. Focal points: their seat's people.
bool Model::may_invite(int person, const Grant& wanted, Time time) const {
  if (standing(person, time) != Standing::full) return false;
  Grant held = grant(person, time);
  if (held.role == Role::secretariat) return wanted.role != Role::secretariat && wanted.role != Role::delegate;
  return held.role == Role::focal_point && seat_role(wanted.role) && wanted.country == held.country;
}

// Every signature on a statement is by somebody who counts, on an entry that takes such.
bool Model::consents_right(const Act& act) const {
  bool takes_roots = act.kind != Kind::accept && act.kind != Kind::vouch && act.kind != Kind::re_enter &&
                     act.kind != Kind::rename && act.kind != Kind::checkpoint;
  bool takes_devices = act.kind == Kind::roots || act.kind == Kind::vouch || act.kind == Kind::re_enter;
  bool any = !act.roots.empty() || !act.devices.empty() || act.link || act.code || act.new_device_signed;
  if (any && (act.run_out || act.counted)) return false;
  if (!act.roots.empty() && !takes_roots) return false;
  if (!act.devices.empty() && !takes_devices) return false;
  for (int root : act.roots) {
    if (!root_keys.contains(root)) return false;
  }
  for (int device : act.devices) {
    if (!devices.contains(device) || device_standing(device, act.time) != Standing::full) return false;
    const Device& d = devices.at(device);
    if (!d.paper) continue;
    // A sheet speaks once, and for its own person's entering only.
    bool entering = act.kind == Kind::re_enter || act.kind == Kind::vouch;
    if (!entering || d.person != act.person || !d.words.empty()) return false;
  }
  if (act.code && !invites.at(act.invite).with_code) return false;
  return true;
}

bool Model::roots_change(const Act& act) const {
  if (enough_roots(act)) return true;
  std::size_t all = 0, behind = 0;
  for (const auto& [code, country] : countries) {
    if (country.status != Status::member) continue;
    ++all;
    std::set<int> speakers;
    for (int device : act.devices) {
      int person = devices.at(device).person;
      if (is(person, Role::focal_point, code, act.time) && !paused(person, act.time)) speakers.insert(person);
    }
    if (speakers.size() >= (country.joint ? 2u : 1u)) ++behind;
  }
  return all > 0 && 3 * behind >= 2 * all;
}

bool Model::room_for_device(int person, Time time) const {
  std::size_t standing_now = 0;
  for (const auto& [id, device] : devices) {
    if (device.person == person && device_standing(id, time) != Standing::gone) ++standing_now;
  }
  return standing_now < devices_max;
}

bool Model::has_say(const Act& act, int over) const {
  if (enough_roots(act)) return true;
  int by = devices.at(act.by).person;
  Grant held = grant(over, act.time);
  if (seat_role(held.role)) return by != over && is(by, Role::focal_point, held.country, act.time);
  if (held.role == Role::secretariat) return false;
  return is(by, Role::secretariat, nobody, act.time);
}

bool Model::may_confirm(const Act& act) const {
  int by = devices.at(act.by).person;
  if (!people.contains(act.person) || standing(act.person, act.time) == Standing::gone) return false;
  if (by == act.person || standing(by, act.time) != Standing::full) return false;
  Grant held = grant(act.person, act.time);
  if (standing(act.person, act.time) != Standing::provisional) {  // a re-entry, by anybody of the seat
    Grant own = grant(by, act.time);
    return paused(act.person, act.time) && seat_role(own.role) && own.country == held.country;
  }
  if (seat_role(held.role) && is(by, Role::focal_point, held.country, act.time)) return true;
  if (!is(by, Role::secretariat, nobody, act.time) || held.role == Role::delegate) return false;
  return held.role != Role::focal_point || seat_taken.at(held.country) == people.at(act.person).entered;
}

bool Model::may_relieve(const Act& act) const {
  if (!people.contains(act.person) || !people.contains(act.successor) || act.person == act.successor) return false;
  if (standing(act.person, act.time) == Standing::gone) return false;
  if (standing(act.successor, act.time) != Standing::full || act.start > act.end) return false;
  Grant leaver = grant(act.person, act.time), comer = grant(act.successor, act.time);
  if (act.grant.role != leaver.role || act.grant.country != leaver.country) return false;
  if (comer.country != leaver.country) return false;
  if (leaver.role == Role::focal_point && seat_role(comer.role)) {
    return is(devices.at(act.by).person, Role::focal_point, leaver.country, act.time) || enough_roots(act);
  }
  return leaver.role == Role::secretariat && comer.role == Role::secretariat && enough_roots(act);
}

bool Model::may_accept(const Act& act) const {
  if (!invites.contains(act.invite) || !open(act.invite, act.time)) return false;
  const Invite& i = invites.at(act.invite);
  if (act.paper || !act.link || act.person != i.person || devices.contains(act.device)) return false;
  if (i.for_device) return room_for_device(i.person, act.time);
  return !people.contains(i.person);
}

bool Model::may_enter_device(const Act& act) const {
  if (!people.contains(act.person) || standing(act.person, act.time) == Standing::gone) return false;
  if (!act.new_device_signed || devices.contains(act.device)) return false;
  if (act.kind == Kind::re_enter) return may_re_enter(act);
  return room_for_device(act.person, act.time) && act.devices.empty() && devices.at(act.by).person == act.person;
}

// Two others of the same seat or the Secretariat, one of whom appends.
bool Model::may_re_enter(const Act& act) const {
  if (act.paper) return false;
  std::set<int> others;
  int country = grant(act.person, act.time).country;
  for (int device : act.devices) {
    int other = devices.at(device).person;
    if (other == act.person) continue;
    Grant held = grant(other, act.time);
    bool of_the_seat = country != nobody && held.country == country && seat_role(held.role);
    if (!of_the_seat && held.role != Role::secretariat) return false;
    others.insert(other);
  }
  return others.size() >= 2 && act.devices.contains(act.by) && devices.at(act.by).person != act.person;
}

bool Model::may_revoke(const Act& act) const {
  int by = devices.at(act.by).person;
  if (act.since > places + 1) return false;
  if (act.kind == Kind::revoke_device) {
    if (!devices.contains(act.device)) return false;
    int owner = devices.at(act.device).person;
    return owner == by || has_say(act, owner);
  }
  if (act.kind == Kind::revoke_person) return people.contains(act.person) && has_say(act, act.person);
  if (!invites.contains(act.invite)) return false;
  const Invite& i = invites.at(act.invite);
  bool own = devices.at(i.maker).person == by;
  if (enough_roots(act)) return true;
  if (i.used) return (i.for_device && own) || has_say(act, i.person);
  Grant held = grant(by, act.time);
  bool of_the_seat =
      device_standing(act.by, act.time) == Standing::full && seat_role(held.role) && held.country == i.grant.country;
  return own || of_the_seat || may_invite(by, i.grant, act.time);
}

// When the last entry of another is older than a day, or a date has come since the last entry.
bool Model::may_checkpoint(const Act& act) const {
  if (device_standing(act.by, act.time) != Standing::full) return false;
  for (const auto& [id, person] : people) {
    if (standing(id, last) != standing(id, act.time) || grant(id, last) != grant(id, act.time)) return true;
  }
  int by = devices.at(act.by).person;
  for (auto entry = authors.rbegin(); entry != authors.rend(); ++entry) {
    if (entry->first == by) continue;
    if (act.time < entry->second + day) return false;
    break;
  }
  return !checkpoints.contains(by) || act.time >= checkpoints.at(by) + day;
}

bool Model::may(const Act& act) const {
  if (act.time < last) return false;
  if (act.kind != Kind::accept) {
    if (!devices.contains(act.by)) return false;
    Standing appender = device_standing(act.by, act.time);
    if (appender == Standing::gone || appender == Standing::provisional) return false;
    const Device& d = devices.at(act.by);
    bool enters = act.kind == Kind::vouch || act.kind == Kind::re_enter;
    if (d.paper && (!enters || !d.words.empty())) return false;
  }
  if (act.kind == Kind::accept && !invites.contains(act.invite)) return false;
  if (!consents_right(act)) return false;
  int by = act.kind == Kind::accept ? nobody : devices.at(act.by).person;
  auto subject_there = [&] { return people.contains(act.person) && standing(act.person, act.time) != Standing::gone; };
  switch (act.kind) {
    case Kind::roots:
      return roots_change(act);
    case Kind::country: {
      auto before = countries.find(act.country);
      bool changed = before == countries.end() ? act.status == Status::suspended : before->second.status != act.status;
      return enough_roots(act) && (act.cites || !changed);
    }
    case Kind::server:
      return enough_roots(act);
    case Kind::rename:
      return people.contains(act.person) && (by == act.person || may_invite(by, grant(act.person, act.time), act.time));
    case Kind::confirm:
      return may_confirm(act);
    case Kind::confirm_device:
      return subject_there() && devices.contains(act.device) && devices.at(act.device).person == act.person &&
             device_standing(act.device, act.time) == Standing::provisional && by == act.person;
    case Kind::countersign:
      return subject_there() && standing(act.person, act.time) == Standing::unseated &&
             is(by, Role::focal_point, grant(act.person, act.time).country, act.time);
    case Kind::relieve:
      return may_relieve(act);
    case Kind::end:
      return subject_there() && has_say(act, act.person);
    case Kind::invite_person: {
      Time life = act.with_code ? 14 * day : 3 * day;
      if (invites.contains(act.invite) || people.contains(act.person)) return false;
      if (!act.roots.empty() && !enough_roots(act)) return false;
      if (act.end <= act.time || act.end > act.time + life) return false;
      if (act.grant.country != nobody && !countries.contains(act.grant.country)) return false;
      Grant held = grant(by, act.time);
      bool carries = is(by, Role::secretariat, nobody, act.time) || is(by, Role::focal_point, held.country, act.time);
      bool office = carries && act.grant.role == Role::secretariat;
      return may_invite(by, act.grant, act.time) || (office && enough_roots(act));
    }
    case Kind::invite_device: {
      Time life = act.with_code ? 14 * day : 3 * day;
      if (!act.roots.empty() && !enough_roots(act)) return false;
      if (act.end <= act.time || act.end > act.time + life) return false;
      return !invites.contains(act.invite) && by == act.person && grant(by, act.time) == act.grant;
    }
    case Kind::accept:
      return may_accept(act);
    case Kind::vouch:
    case Kind::re_enter:
      return may_enter_device(act);
    case Kind::revoke_device:
    case Kind::revoke_person:
    case Kind::revoke_invite:
      return may_revoke(act);
    case Kind::checkpoint:
      return may_checkpoint(act);
  }
  return false;
}

}  // namespace encuentro::roster_model
