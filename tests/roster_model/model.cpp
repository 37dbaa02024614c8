// What an act does once it may stand.
#include "tests/roster_model/model.h"

namespace encuentro::roster_model {

namespace {
constexpr Time pause_hours = 24;
constexpr Time objection_hours = 72;
}  // namespace

Model::Model() {
  people[0] = Person{};
  people[0].entered = 1;
  devices[0].person = 0;
  root_keys = {0};
  authors.emplace_back(0, last);
}

bool Model::take(const Act& act) {
  if (!may(act)) return false;
  ++places;
  carry_out(act);
  last = act.time;
  authors.emplace_back(act.kind == Kind::accept ? act.person : devices.at(act.by).person, act.time);
  return true;
}

void Model::carry_out(const Act& act) {
  auto word = [&](Word::About about, int id) { devices.at(act.by).words.push_back({places, about, id}); };
  switch (act.kind) {
    case Kind::roots:
      root_keys = act.new_roots;
      threshold = act.threshold;
      break;
    case Kind::country:
      countries[act.country] = {act.status, act.joint};
      break;
    case Kind::confirm:
      if (people.at(act.person).provisional) word(Word::About::person_confirmed, act.person);
      people.at(act.person).provisional = false;
      people.at(act.person).pause_until.reset();
      break;
    case Kind::confirm_device:
      devices.at(act.device).provisional = false;
      word(Word::About::device_confirmed, act.device);
      break;
    case Kind::countersign:
      people.at(act.person).unseated = false;
      word(Word::About::countersigned, act.person);
      break;
    case Kind::relieve:
      people.at(act.successor).next = act.grant;
      people.at(act.successor).next_start = act.start;
      people.at(act.person).end = act.end;
      break;
    case Kind::end:
      people.at(act.person).end = act.end;
      break;
    case Kind::invite_person:
    case Kind::invite_device:
      invite(act);
      word(Word::About::invite, act.invite);
      break;
    case Kind::accept:
      accept(act);
      break;
    case Kind::re_enter:
      re_enter(act);
      [[fallthrough]];
    case Kind::vouch:
      devices[act.device].person = act.person;
      devices[act.device].paper = act.paper;
      word(Word::About::device, act.device);
      break;
    case Kind::revoke_device:
      drop_device(act.device, act.since);
      break;
    case Kind::revoke_person:
      drop_person(act.person, act.since);
      break;
    case Kind::revoke_invite:
      drop_invite(act.invite, act.since);
      break;
    case Kind::checkpoint:
      checkpoints[devices.at(act.by).person] = act.time;
      break;
    case Kind::rename:
    case Kind::server:
      break;
  }
}

void Model::invite(const Act& act) {
  Invite& i = invites[act.invite];
  i.for_device = act.kind == Kind::invite_device;
  i.with_code = act.with_code;
  i.by_roots = !act.roots.empty();
  i.person = act.person;
  i.maker = act.by;
  i.grant = act.grant;
  i.made = act.time;
  i.expires = act.end;
}

void Model::accept(const Act& act) {
  Invite& i = invites.at(act.invite);
  bool seated = i.for_device || i.grant.role != Role::focal_point || seats(i, act.time);
  i.used = true;
  i.used_at = places;
  i.accepted_by = act.device;
  Device& device = devices[act.device];
  device.person = act.person;
  if (i.for_device) {
    device.provisional = !act.code;
    return;
  }
  Person& person = people[act.person];
  person.grant = i.grant;
  person.entered = places;
  person.provisional = !act.code;
  person.unseated = !seated;
  if (i.grant.role == Role::focal_point) seat_taken.try_emplace(i.grant.country, places);
}

// By the seat itself; or its first; or by k roots into a seat nobody holds, 72 hours after the invitation.
bool Model::seats(const Invite& invite, Time time) const {
  if (grant(devices.at(invite.maker).person, time).role == Role::focal_point) return true;
  if (!seat_taken.contains(invite.grant.country)) return true;
  if (!invite.by_roots || time < invite.made + objection_hours) return false;
  for (const auto& [id, person] : people) {
    if (is(id, Role::focal_point, invite.grant.country, time)) return false;
  }
  return true;
}

void Model::re_enter(const Act& act) {
  int country = grant(act.person, act.time).country;
  bool pause = country != nobody;
  for (int id : act.devices) {
    int owner = devices.at(id).person;
    if (owner == act.person || grant(owner, act.time).country == country) pause = false;
    if (id != act.by) devices.at(id).words.push_back({places, Word::About::device, act.device});
  }
  for (auto& [id, device] : devices) {
    if (device.person == act.person) device.revoked = true;
  }
  for (auto& [id, invite] : invites) {
    if (invite.for_device && invite.person == act.person) invite.revoked = true;
  }
  people.at(act.person).pause_until.reset();
  if (pause) people.at(act.person).pause_until = act.time + pause_hours;
}

void Model::drop_device(int id, int since) {
  devices.at(id).revoked = true;
  auto words = devices.at(id).words;
  for (const Word& word : words) {
    if (word.place < since) continue;
    switch (word.about) {
      case Word::About::device:
        drop_device(word.id, 0);
        break;
      case Word::About::invite:
        drop_invite(word.id, 0);
        break;
      case Word::About::person_confirmed:
        people.at(word.id).provisional = true;
        break;
      case Word::About::device_confirmed:
        devices.at(word.id).provisional = true;
        break;
      case Word::About::countersigned:
        people.at(word.id).unseated = true;
        break;
    }
  }
}

void Model::drop_person(int id, int since) {
  people.at(id).revoked = true;
  std::vector<int> own;
  for (const auto& [device, row] : devices) {
    if (row.person == id) own.push_back(device);
  }
  for (int device : own) drop_device(device, since);
}

void Model::drop_invite(int id, int since) {
  Invite& i = invites.at(id);
  i.revoked = true;
  if (!i.used || i.used_at < since) return;
  if (i.for_device) {
    drop_device(i.accepted_by, 0);
  } else {
    drop_person(i.person, 0);
  }
}

}  // namespace encuentro::roster_model
