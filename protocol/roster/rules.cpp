#include "protocol/roster/rules.h"

#include <algorithm>
#include <map>
#include <set>

namespace encuentro::roster {

namespace {

constexpr Duration ahead_max = minutes(5);
constexpr Duration checkpoint_after = days(1);

// Rules 01 to 06: the chain.
Status follows(const State& state, const RosterEntry& entry, std::optional<Timestamp> now) {
  bool first = state.places.empty();
  if (first != (entry.type == static_cast<std::uint16_t>(EntryType::genesis))) {
    return fail(Code::bad_sequence, "R-ROS-01");
  }
  if (entry.seq != state.next()) return fail(Code::bad_sequence, "R-ROS-02", state.next().value, entry.seq.value);
  Hash32 prev = first ? Hash32{} : state.head().hash;
  if (!first && entry.network != state.genesis->id) return fail(Code::wrong_group, "R-ROS-03");
  if (entry.prev != prev) return fail(Code::fork, "R-ROS-04");
  if (!first && entry.time < state.head().time) return fail(Code::time_backwards, "R-ROS-05");
  if (now && entry.time > *now + ahead_max) return fail(Code::time_ahead, "R-ROS-06");
  return {};
}

// Rules 07, 08, 15: somebody who stands has appended it.
Status appended(const Scene& scene) {
  if (!scene.device) return fail(Code::unknown_device, "R-ROS-07");
  if (scene.device->standing == Standing::gone) return fail(Code::revoked, "R-ROS-07");
  if (scene.device->standing == Standing::provisional) return fail(Code::provisional, "R-ROS-07");
  if (!scene.entry.verify(scene.device->key)) return fail(Code::bad_signature, "R-ROS-08");
  if (scene.device->kind == DeviceKind::paper) {
    bool vouches = scene.entry.type == static_cast<std::uint16_t>(EntryType::device);
    if (!vouches || !scene.state.devices.at(scene.entry.appender).vouched.empty()) {
      return fail(Code::not_allowed, "R-ROS-15");
    }
  }
  return {};
}

Status judge_body(const Scene& scene, const GenesisBody& body, const Consents& consents) {
  if (body.id != scene.entry.network) return fail(Code::wrong_group, "R-ROS-03");
  if (consents.roots < body.roots.threshold) {
    return fail(Code::threshold_not_met, "R-ROS-13", body.roots.threshold, consents.roots);
  }
  if (scene.entry.appender != body.device.id() || body.device.kind == DeviceKind::paper) {
    return fail(Code::not_allowed, "R-ROS-37");
  }
  if (!scene.entry.verify(body.device.key)) return fail(Code::bad_signature, "R-ROS-08");
  return {};
}

// Member countries whose focal points signed: one, or two different ones where the seat's voice is joint.
std::size_t member_countries_behind(const Scene& scene, const Consents& consents) {
  std::map<Country, std::set<MemberId>> speakers;
  for (const auto& id : consents.devices) {
    auto member = scene.view.member(scene.view.device(id)->member);
    const CountryBody* country = scene.view.country(member->grant.country);
    bool speaks = member->grant.role == Role::focal_point && !member->no_position_before;
    if (speaks && country != nullptr && country->status == CountryStatus::member) {
      speakers[country->code].insert(member->id);
    }
  }
  return static_cast<std::size_t>(std::count_if(speakers.begin(), speakers.end(), [&](const auto& seat) {
    bool joint = scene.view.country(seat.first)->voice == Voice::joint;
    return seat.second.size() >= (joint ? 2u : 1u);
  }));
}

std::size_t member_countries(const Scene& scene) {
  std::size_t all = 0;
  for (Country code : scene.view.countries()) {
    if (scene.view.country(code)->status == CountryStatus::member) ++all;
  }
  return all;
}

std::size_t two_thirds(std::size_t all) { return (2 * all + 2) / 3; }

Status judge_body(const Scene& scene, const RootsBody&, const Consents& consents) {
  if (consents.roots >= scene.view.roots().threshold) return {};
  std::size_t all = member_countries(scene);
  std::size_t behind = member_countries_behind(scene, consents);
  if (all == 0 || behind < two_thirds(all)) {
    return fail(Code::threshold_not_met, "R-ROS-14", two_thirds(all), behind);
  }
  return {};
}

Status judge_body(const Scene& scene, const CountryBody& body, const Consents& consents) {
  TRY_OK(demand_roots(scene, consents));
  const CountryBody* before = scene.view.country(body.code);
  bool changed = before == nullptr ? body.status == CountryStatus::suspended : before->status != body.status;
  if (changed && body.decision.empty()) return fail(Code::not_allowed, "R-ROS-16");
  return {};
}

Status judge_body(const Scene& scene, const ServerBody&, const Consents& consents) {
  return demand_roots(scene, consents);
}
Status judge_body(const Scene& scene, const ReleaseBody&, const Consents& consents) {
  return demand_roots(scene, consents);
}

// Somebody's date (an end, a last day, the start of an office) lies between the head and this entry: what follows in
// channels is judged by a head that knows it only if an entry crosses it.
bool a_date_has_come(const Scene& scene) {
  View before(scene.state, scene.state.head());
  for (const MemberId& id : scene.state.members_in_order) {
    auto then = before.member(id), now = scene.view.member(id);
    if (then->standing != now->standing || then->grant != now->grant) return true;
  }
  return false;
}

Status judge_body(const Scene& scene, const CheckpointBody&, const Consents&) {
  if (!scene.appended_by_full()) return fail(Code::not_allowed, "R-ROS-07");
  if (a_date_has_come(scene)) return {};
  const State& state = scene.state;
  std::optional<Timestamp> last = state.before_last_author;
  if (state.last_author != scene.device->member) last = state.places.back().time;
  if (last && scene.entry.time < *last + checkpoint_after) return fail(Code::not_allowed, "R-ROS-80");
  auto own = state.checkpoints.find(scene.device->member);
  if (own != state.checkpoints.end() && scene.entry.time < own->second + checkpoint_after) {
    return fail(Code::not_allowed, "R-ROS-80");
  }
  return {};
}

// Which sorts of backing each entry takes.
unsigned backing_taken(EntryType type) {
  switch (type) {
    case EntryType::roots:
      return takes(BackingKind::root) | takes(BackingKind::device);
    case EntryType::accept:
      return takes(BackingKind::invite_link) | takes(BackingKind::invite_code);
    case EntryType::device:
      return takes(BackingKind::new_device) | takes(BackingKind::device);
    case EntryType::member:
    case EntryType::checkpoint:
      return 0;
    default:
      return takes(BackingKind::root);
  }
}

}  // namespace

Status known_seat(const Scene& scene, const RoleGrant& grant) {
  if (grant.country.none() || scene.view.country(grant.country) != nullptr) return {};
  return fail(Code::not_allowed, "R-ROS-17");
}

Status judge_consents(const State& state, const PendingStatement& pending, Timestamp time) {
  TRY_OK(judge_support(state, pending, time));
  return {};
}

Result<Support> judge_support(const State& state, const PendingStatement& pending, Timestamp time) {
  RosterEntry entry;
  entry.network = state.genesis->id;
  entry.time = time;
  entry.type = pending.type;
  entry.body = pending.body;
  entry.backing = pending.backing;
  Scene scene{state, entry, View(state, {RosterSeq{state.places.size()}, {}, time}), {}, {}};
  TRY(Body body, entry.decoded_body());
  unsigned taken = backing_taken(static_cast<EntryType>(pending.type));
  TRY(Consents consents, count_consents(scene, body, taken));
  Support support;
  if ((taken & takes(BackingKind::root)) != 0) support.roots = {consents.roots, scene.view.roots().threshold};
  if (std::holds_alternative<RootsBody>(body)) {
    support.countries = {member_countries_behind(scene, consents), two_thirds(member_countries(scene))};
  }
  if (const auto* entering = std::get_if<DeviceBody>(&body)) {
    std::set<MemberId> people;
    for (const auto& id : consents.devices) people.insert(scene.view.device(id)->member);
    people.erase(entering->member);
    support.people = {people.size(), re_entry_confirmers};
  }
  return support;
}

Result<std::optional<Body>> judge(const State& state, const RosterEntry& entry, std::optional<Timestamp> now) {
  TRY_OK(follows(state, entry, now));
  bool first = state.places.empty();
  Scene scene{state, entry, View(state, {RosterSeq{state.places.size()}, {}, entry.time}), {}, {}};
  auto type = static_cast<EntryType>(entry.type);
  if (!first && !(entry.known() && type == EntryType::accept)) {
    scene.device = scene.view.device(entry.appender);
    if (scene.device) scene.member = scene.view.member(scene.device->member);
    TRY_OK(appended(scene));
  }
  if (!entry.known()) return std::optional<Body>{};
  TRY(Body body, entry.decoded_body());
  if (first && std::get<GenesisBody>(body).id != entry.network) return fail(Code::wrong_group, "R-ROS-03");
  TRY(Consents consents, count_consents(scene, body, backing_taken(type)));
  TRY_OK(std::visit([&](const auto& b) { return judge_body(scene, b, consents); }, body));
  return std::optional<Body>(std::move(body));
}

}  // namespace encuentro::roster
