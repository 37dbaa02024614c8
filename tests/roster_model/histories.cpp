#include "tests/roster_model/histories.h"

namespace encuentro::roster_model {

using namespace encuentro::roster;

namespace {
constexpr std::array codes = {"XA", "XB", "XC"};
roster::Country real_country(int country) {
  return country == nobody ? roster::Country{} : tests::country_of(codes[static_cast<std::size_t>(country)]);
}
int number(roster::Standing standing) { return static_cast<int>(standing) - 1; }
}  // namespace

History::History(std::uint64_t seed) : net_(seed), begin_(net_.now.ms) {
  roots_.push_back(net_.root.duplicate());
  for (int i = 1; i < 4; ++i) roots_.push_back(crypto::ed25519_generate(net_.random));
  members_[0] = net_.founder.member;
  devices_.emplace(0, tests::TestDevice{net_.founder.member, net_.founder.key.duplicate()});
  older_.push_back(model_);
}

RoleGrant History::real_grant(const Grant& grant) const {
  RoleGrant real;
  real.role = static_cast<roster::Role>(static_cast<int>(grant.role) + 1);
  real.country = real_country(grant.country);
  if (grant.until) real.until = real_time(*grant.until);
  if (grant.role == Role::participant) real.scope = ChannelId{};
  return real;
}

const tests::TestDevice& History::device_key(int id) {
  auto found = devices_.find(id);
  if (found != devices_.end()) return found->second;
  return devices_.emplace(id, net_.new_device({})).first->second;
}

RoleBody History::role_body(const Act& act, RoleAction action) {
  RoleBody body;
  body.member = members_.at(act.person);
  body.action = action;
  body.grant = real_grant(act.grant);
  if (action == RoleAction::relieve) body.successor = members_.at(act.successor);
  if (act.kind == Kind::confirm_device) body.device = device_key(act.device).id();
  body.start = real_time(act.start);
  body.end = real_time(act.end);
  return body;
}

Body History::body_of(const Act& act) {
  auto kind = act.paper ? DeviceKind::paper : DeviceKind::native;
  switch (act.kind) {
    case Kind::roots: {
      RootSet set{static_cast<std::uint8_t>(act.threshold), {}};
      for (int root : act.new_roots) set.keys.push_back(roots_[static_cast<std::size_t>(root)].public_key);
      std::sort(set.keys.begin(), set.keys.end());
      return RootsBody{set};
    }
    case Kind::country:
      return CountryBody{real_country(act.country),
                         static_cast<CountryStatus>(static_cast<int>(act.status) + 1),
                         act.joint ? Voice::joint : Voice::any,
                         "",
                         {},
                         act.cites ? "decision" : ""};
    case Kind::server:
      return ServerBody{};
    case Kind::rename:
      return MemberBody{members_.at(act.person), net_.name()};
    case Kind::confirm:
    case Kind::confirm_device:
      return role_body(act, RoleAction::confirm);
    case Kind::countersign:
      return role_body(act, RoleAction::countersign);
    case Kind::relieve:
      return role_body(act, RoleAction::relieve);
    case Kind::end:
      return role_body(act, RoleAction::end);
    case Kind::invite_person:
    case Kind::invite_device: {
      if (!members_.contains(act.person)) members_[act.person] = net_.random.id<MemberId>();
      auto [keys, fresh] = invites_.try_emplace(act.invite);
      if (fresh) {
        keys->second = {net_.random.id<InviteId>(), crypto::ed25519_generate(net_.random),
                        crypto::ed25519_generate(net_.random)};
      }
      InviteBody body;
      body.id = keys->second.id;
      body.purpose = act.kind == Kind::invite_person ? InvitePurpose::member : InvitePurpose::device;
      body.member = members_.at(act.person);
      body.grant = real_grant(act.grant);
      body.name = net_.name();
      body.expires = real_time(act.end);
      body.link_key = keys->second.link.public_key;
      if (act.with_code) body.code_key = keys->second.code.public_key;
      return body;
    }
    case Kind::accept:
      return AcceptBody{invites_.at(act.invite).id, members_.at(act.person), net_.record_of(device_key(act.device))};
    case Kind::vouch:
    case Kind::re_enter:
      return DeviceBody{members_.at(act.person),
                        act.kind == Kind::vouch ? DeviceAction::vouch : DeviceAction::re_enter,
                        net_.record_of(device_key(act.device), kind),
                        {}};
    case Kind::revoke_device:
      return net_.revocation(RevokeTarget::device, device_key(act.device).id().view(),
                             static_cast<std::uint64_t>(act.since));
    case Kind::revoke_person:
      return net_.revocation(RevokeTarget::member, members_.at(act.person).view(),
                             static_cast<std::uint64_t>(act.since));
    case Kind::revoke_invite:
      return net_.revocation(RevokeTarget::invite, invites_.at(act.invite).id.view(),
                             static_cast<std::uint64_t>(act.since));
    case Kind::checkpoint:
      return CheckpointBody{};
  }
  return CheckpointBody{};
}

RosterEntry History::real(const Act& act) {
  net_.now = real_time(act.time);
  RosterEntry entry = net_.entry(body_of(act));
  bool any = !act.roots.empty() || !act.devices.empty() || act.link || act.code || act.new_device_signed;
  if (any) {
    RecordId id = act.counted ? *counted_ : net_.random.id<RecordId>();
    entry.backing = Backing{id, act.run_out ? net_.now - hours(1) : net_.now + days(7), {}};
  }
  for (int root : act.roots) net_.back(entry, roots_[static_cast<std::size_t>(root)]);
  for (int device : act.devices) net_.back(entry, device_key(device));
  if (act.link) back(entry, BackingKind::invite_link, invites_.at(act.invite).id.view(), invites_.at(act.invite).link);
  if (act.code) back(entry, BackingKind::invite_code, invites_.at(act.invite).id.view(), invites_.at(act.invite).code);
  if (act.new_device_signed) net_.back(entry, device_key(act.device), BackingKind::new_device);
  entry.sign(device_key(act.kind == Kind::accept ? act.device : act.by).key);
  return entry;
}

std::string History::compare(const Model& model, const View& view) {
  auto differ = [](const char* what, int id) { return std::string(what) + " " + std::to_string(id); };
  Time time = model.last;
  for (const auto& [id, person] : model.people) {
    auto member = view.member(members_.at(id));
    if (!member) return differ("person unknown", id);
    if (number(member->standing) != static_cast<int>(model.standing(id, time))) return differ("person's standing", id);
    if (member->grant != real_grant(model.grant(id, time))) return differ("person's grant", id);
    if (member->no_position_before.has_value() != model.paused(id, time)) return differ("person's pause", id);
  }
  for (const auto& [id, device] : model.devices) {
    auto real = view.device(devices_.at(id).id());
    if (!real) return differ("device unknown", id);
    if (number(real->standing) != static_cast<int>(model.device_standing(id, time))) return differ("device", id);
    if (real->member != members_.at(device.person)) return differ("device's person", id);
  }
  for (const auto& [id, invite] : model.invites) {
    auto real = view.invite(invites_.at(id).id);
    if (!real || real->open != model.open(id, time) || real->used != invite.used) return differ("invite", id);
  }
  if (view.members().size() != model.people.size()) return "number of people";
  if (view.roots().threshold != model.threshold || view.roots().keys.size() != model.root_keys.size()) return "roots";
  for (const auto& [code, country] : model.countries) {
    if (static_cast<int>(view.country(real_country(code))->status) != static_cast<int>(country.status) + 1) {
      return differ("country", code);
    }
    if (view.seat_taken(real_country(code)) != model.seat_taken.contains(code)) return differ("seat", code);
  }
  return {};
}

std::string History::step() {
  Act act = propose();
  bool no_invite = act.kind == Kind::accept || act.kind == Kind::revoke_invite;
  if (no_invite && act.invite == nobody) return {};
  RosterEntry entry = real(act);
  auto answer = net_.try_append(entry);
  bool expected = model_.take(act);
  auto& [yes, no] = by_kind[act.kind];
  ++(expected ? yes : no);
  ++(expected ? taken : refused);
  if (answer.has_value() != expected) {
    return "kind " + std::to_string(static_cast<int>(act.kind)) + ": the model " + (expected ? "takes" : "refuses") +
           ", the roster says " + (answer ? "taken" : answer.error().rule);
  }
  if (!expected) return {};
  if (entry.backing) counted_ = entry.backing->id;
  if (act.kind == Kind::accept || act.kind == Kind::vouch || act.kind == Kind::re_enter) {
    devices_.at(act.device).member = members_.at(act.person);
  }
  older_.push_back(model_);
  return compare(model_, net_.roster.newest());
}

std::string History::compare_older() {
  std::size_t place = below(older_.size());
  auto view = net_.roster.at(RosterSeq{place + 1});
  if (!view) return "place " + std::to_string(place + 1);
  return compare(older_[place], *view);
}

}  // namespace encuentro::roster_model
