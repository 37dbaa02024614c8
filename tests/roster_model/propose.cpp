// What somebody might try to write into the roster next.
#include "tests/roster_model/histories.h"

namespace encuentro::roster_model {

namespace {
constexpr std::array countries = {0, 1, 2};
constexpr std::array weights = {
    std::pair{Kind::country, 8},       std::pair{Kind::invite_person, 17}, std::pair{Kind::accept, 22},
    std::pair{Kind::confirm, 6},       std::pair{Kind::countersign, 4},    std::pair{Kind::vouch, 7},
    std::pair{Kind::invite_device, 4}, std::pair{Kind::re_enter, 7},       std::pair{Kind::revoke_device, 4},
    std::pair{Kind::revoke_person, 3}, std::pair{Kind::revoke_invite, 3},  std::pair{Kind::relieve, 5},
    std::pair{Kind::end, 3},           std::pair{Kind::roots, 4},          std::pair{Kind::rename, 2},
    std::pair{Kind::checkpoint, 4},    std::pair{Kind::server, 1},         std::pair{Kind::confirm_device, 4}};
}  // namespace

int History::device_of(int person) {
  std::vector<int> own;
  for (const auto& [id, device] : model_.devices) {
    bool stands = model_.device_standing(id, model_.last) != Standing::gone;
    if (device.person == person && (stands || chance(10))) own.push_back(id);
  }
  return own.empty() ? any(model_.devices) : own[below(own.size())];
}

int History::somebody(Role role) {
  std::vector<int> found;
  for (const auto& [id, person] : model_.people) {
    if (model_.grant(id, model_.last).role == role &&
        (model_.standing(id, model_.last) == Standing::full || chance(5))) {
      found.push_back(id);
    }
  }
  return found.empty() ? any(model_.people) : found[below(found.size())];
}

// Who would usually decide over this person.
int History::speaker_for(int person) {
  Grant held = model_.grant(person, model_.last);
  if (held.country == nobody || chance(25)) return somebody(Role::secretariat);
  for (const auto& [id, other] : model_.people) {
    Grant own = model_.grant(id, model_.last);
    if (id != person && own.country == held.country && own.role == Role::focal_point && chance(70)) return id;
  }
  return somebody(Role::secretariat);
}

void History::sign_with_roots(Act& act, int percent) {
  if (!chance(percent)) return;
  std::size_t wanted = chance(85) ? model_.threshold : below(model_.threshold + 1);
  for (int root : model_.root_keys) {
    if (act.roots.size() < wanted) act.roots.insert(root);
  }
  if (chance(3)) act.roots.insert(static_cast<int>(below(4)));
}

void History::sign_for_countries(Act& act) {
  for (const auto& [id, device] : model_.devices) {
    bool speaks = model_.grant(device.person, model_.last).role == Role::focal_point;
    bool stands = model_.device_standing(id, model_.last) == Standing::full && !device.paper;
    if ((stands && speaks && chance(75)) || chance(2)) act.devices.insert(id);
  }
}

void History::propose_office(Act& act) {
  act.by = device_of(somebody(Role::secretariat));
  switch (act.kind) {
    case Kind::country:
      act.country = countries[below(countries.size())];
      act.status = chance(75) ? Status::member : static_cast<Status>(below(4));
      act.joint = chance(25);
      act.cites = chance(80);
      sign_with_roots(act, 95);
      break;
    case Kind::roots: {
      if (chance(50)) {
        sign_with_roots(act, 100);
      } else {
        sign_for_countries(act);
      }
      while (act.new_roots.empty() || chance(50)) act.new_roots.insert(static_cast<int>(below(4)));
      act.threshold = 1 + static_cast<unsigned>(below(act.new_roots.size()));
      break;
    }
    case Kind::server:
      sign_with_roots(act, 90);
      break;
    default:
      act.by = any(model_.devices);
  }
}

void History::propose_person(Act& act) {
  act.person = any(model_.people);
  if (act.kind == Kind::confirm || act.kind == Kind::countersign) {
    for (const auto& [id, person] : model_.people) {
      bool waits = act.kind == Kind::confirm ? person.provisional || person.pause_until : person.unseated;
      if (waits && chance(60)) act.person = id;
    }
  }
  if (act.kind == Kind::relieve && chance(80))
    act.person = somebody(chance(80) ? Role::focal_point : Role::secretariat);
  act.by = device_of(speaker_for(act.person));
  act.grant = model_.grant(act.person, act.time);
  act.start = act.time + static_cast<Time>(below(30));
  act.end = act.start + static_cast<Time>(below(40)) - (chance(5) ? 20 : 0);
  switch (act.kind) {
    case Kind::relieve:
      act.successor = any(model_.people);
      for (const auto& [id, other] : model_.people) {
        if (model_.grant(id, act.time).country == act.grant.country && id != act.person && chance(50))
          act.successor = id;
      }
      if (chance(25)) sign_with_roots(act, 100);
      break;
    case Kind::rename:
      if (chance(60)) act.by = device_of(act.person);
      break;
    case Kind::confirm_device:
      act.device = any(model_.devices);
      for (const auto& [id, device] : model_.devices) {
        if (device.provisional && chance(80)) act.device = id;
      }
      act.person = model_.devices.at(act.device).person;
      act.grant = model_.grant(act.person, act.time);
      act.by = device_of(act.person);
      break;
    case Kind::revoke_device:
      act.device = any(model_.devices);
      act.by = device_of(chance(40) ? model_.devices.at(act.device).person
                                    : speaker_for(model_.devices.at(act.device).person));
      [[fallthrough]];
    case Kind::revoke_person:
    case Kind::revoke_invite:
      act.since = static_cast<int>(below(static_cast<std::uint64_t>(model_.places) + 3));
      [[fallthrough]];
    case Kind::end:
      if (chance(20)) sign_with_roots(act, 100);
      break;
    default:
      break;
  }
  if (act.kind == Kind::revoke_invite && !model_.invites.empty()) {
    act.invite = any(model_.invites);
    if (chance(40)) act.by = model_.invites.at(act.invite).maker;
  }
}

void History::propose_entering(Act& act) {
  act.device = static_cast<int>(devices_.size());
  act.person = any(model_.people);
  act.by = device_of(act.person);
  switch (act.kind) {
    case Kind::invite_person: {
      act.by = device_of(somebody(chance(60) ? Role::secretariat : Role::focal_point));
      act.person = chance(97) ? static_cast<int>(members_.size()) : act.person;
      Grant own = model_.grant(model_.devices.at(act.by).person, act.time);
      bool seat = own.country != nobody || chance(60);
      act.grant.role = seat ? (chance(70) ? Role::focal_point : Role::delegate) : static_cast<Role>(below(6));
      bool needs = act.grant.role == Role::focal_point || act.grant.role == Role::delegate;
      if (own.country != nobody && chance(8)) act.grant.role = Role::secretariat;
      needs = needs && act.grant.role != Role::secretariat;
      if (needs) act.grant.country = own.country != nobody && chance(90) ? own.country : countries[below(3)];
      if (act.grant.role == Role::participant) act.grant.until = act.time + 1 + static_cast<Time>(below(100));
      act.with_code = chance(80);
      act.end = act.time + (act.with_code ? 336 : 72) - static_cast<Time>(below(30)) + (chance(4) ? 40 : 0);
      act.invite = chance(98) ? static_cast<int>(invites_.size()) : 0;
      sign_with_roots(act, act.grant.role == Role::secretariat ? 90 : 15);
      break;
    }
    case Kind::invite_device:
      act.grant = model_.grant(act.person, act.time);
      act.with_code = chance(60);
      act.end = act.time + (act.with_code ? 336 : 72);
      act.invite = static_cast<int>(invites_.size());
      if (chance(5)) act.by = any(model_.devices);
      break;
    case Kind::accept:
      if (model_.invites.empty()) break;
      act.invite = any(model_.invites);
      for (const auto& [id, invite] : model_.invites) {
        if (!invite.used && chance(60)) act.invite = id;
      }
      act.person = model_.invites.at(act.invite).person;
      act.link = chance(97);
      act.code = model_.invites.at(act.invite).with_code && chance(75);
      if (chance(2)) act.device = any(model_.devices);
      break;
    case Kind::vouch:
      act.paper = chance(40);
      act.new_device_signed = chance(96);
      for (const auto& [id, device] : model_.devices) {
        if (device.paper && device.person == act.person && chance(50)) act.by = id;
      }
      if (chance(6)) act.by = any(model_.devices);
      break;
    case Kind::re_enter: {
      act.new_device_signed = chance(97);
      act.paper = chance(3);
      while (act.devices.size() < 2 || chance(20)) {
        act.devices.insert(device_of(chance(60) ? speaker_for(act.person) : somebody(Role::secretariat)));
        if (chance(15)) break;
      }
      act.by = chance(95) ? *act.devices.begin() : any(model_.devices);
      for (const auto& [id, device] : model_.devices) {
        if (device.paper && device.person == act.person && chance(50)) act.devices.insert(id);
      }
      break;
    }
    default:
      break;
  }
}

Act History::propose() {
  Act act;
  std::uint64_t total = 0;
  for (const auto& [kind, weight] : weights) total += static_cast<std::uint64_t>(weight);
  std::uint64_t drawn = below(total);
  for (const auto& [kind, weight] : weights) {
    if (drawn < static_cast<std::uint64_t>(weight)) {
      act.kind = kind;
      break;
    }
    drawn -= static_cast<std::uint64_t>(weight);
  }
  if (model_.countries.empty() && chance(70)) act.kind = Kind::country;
  constexpr std::array<Time, 5> leaps = {1, 24, 25, 72, 350};
  act.time = model_.last + (chance(60)   ? 0
                            : chance(50) ? static_cast<Time>(below(6))
                                         : leaps[below(chance(90) ? 4 : 5)]);
  if (chance(1)) act.time = model_.last - 1;
  act.run_out = chance(1);
  act.counted = counted_ && chance(2);
  switch (act.kind) {
    case Kind::country:
    case Kind::roots:
    case Kind::server:
    case Kind::checkpoint:
      propose_office(act);
      break;
    case Kind::invite_person:
    case Kind::invite_device:
    case Kind::accept:
    case Kind::vouch:
    case Kind::re_enter:
      propose_entering(act);
      break;
    default:
      propose_person(act);
  }
  return act;
}

}  // namespace encuentro::roster_model
