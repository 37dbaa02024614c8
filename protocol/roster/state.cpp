#include "protocol/roster/state.h"

namespace encuentro::roster {

namespace {

constexpr Duration pause_after_re_entry = hours(24);

std::array<std::uint8_t, 16> id_bytes(BytesView id) {
  std::array<std::uint8_t, 16> out{};
  std::copy(id.begin(), id.end(), out.begin());
  return out;
}

class Application {
 public:
  Application(State& state, const RosterEntry& entry) : state_(state), entry_(entry), at_(entry.seq) {}

  void operator()(const GenesisBody& body) {
    state_.genesis = body;
    state_.roots.set(at_, body.roots);
    state_.add_member(body.founder, body.founder_name, at_, {.grant = {.role = Role::secretariat}});
    state_.add_device(body.founder, body.device, at_, {});
  }
  void operator()(const RootsBody& body) { state_.roots.set(at_, body.new_roots); }
  void operator()(const CountryBody& body) { state_.countries[body.code].set(at_, body); }
  void operator()(const MemberBody& body) { state_.members.at(body.member).names.set(at_, body.name); }

  void operator()(const RoleBody& body) {
    if (body.device) return confirm_device(*body.device);
    auto step = state_.member_step(body.member);
    switch (body.action) {
      case RoleAction::confirm:
        if (step.provisional) vouch(Vouched::What::confirmed_member, body.member.view());
        step.provisional = false;
        step.no_position_before.reset();
        break;
      case RoleAction::countersign:
        vouch(Vouched::What::countersigned, body.member.view());
        step.unseated = false;
        break;
      case RoleAction::relieve: {
        auto successor = state_.member_step(*body.successor);
        successor.next_grant = body.grant;
        successor.next_start = body.start;
        state_.set(*body.successor, at_, std::move(successor));
        step.end = body.end;
        step.relief = Relief{*body.successor, body.start, body.end};
        break;
      }
      case RoleAction::end:
        step.end = body.end;
        break;
    }
    state_.set(body.member, at_, std::move(step));
  }

  void operator()(const InviteBody& body) {
    bool by_roots = entry_.backing.has_value();  // rules.cpp counted them
    state_.invites[body.id] = {body, entry_.appender, at_, entry_.time, by_roots, {}, {}, {}};
    state_.invites_in_order.push_back(body.id);
    vouch(Vouched::What::invite, body.id.view());
  }

  void operator()(const AcceptBody& body) {
    auto& invite = state_.invites.at(body.invite);
    invite.used = at_;
    invite.accepted_by = body.device.id();
    bool with_code = entry_.backing->signatures.size() == 2;
    if (invite.body.purpose == InvitePurpose::device) {
      return state_.add_device(body.member, body.device, at_, {.provisional = !with_code});
    }
    const RoleGrant& grant = invite.body.grant;
    MemberStep step{.grant = grant};
    step.provisional = !with_code;
    step.unseated = grant.role == Role::focal_point && !takes_seat(invite);
    state_.add_member(body.member, invite.body.name, at_, std::move(step));
    state_.add_device(body.member, body.device, at_, {});
    if (grant.role == Role::focal_point) state_.seat_taken.try_emplace(grant.country, at_);
  }

  void operator()(const DeviceBody& body) {
    if (body.action == DeviceAction::re_enter) re_enter(body);
    state_.add_device(body.member, body.device, at_, {});
    vouch(Vouched::What::device, body.device.id().view());
  }

  void operator()(const RevokeBody& body) { revoke(state_, body, at_); }
  void operator()(const ServerBody& body) { state_.server.set(at_, body); }
  void operator()(const ReleaseBody& body) { state_.releases.set(at_, body); }
  void operator()(const CheckpointBody&) {
    state_.checkpoints[state_.devices.at(entry_.appender).member] = entry_.time;
  }

 private:
  void vouch(Vouched::What what, BytesView id, const DeviceId& by) {
    state_.devices.at(by).vouched.push_back({at_, what, id_bytes(id)});
  }
  void vouch(Vouched::What what, BytesView id) { vouch(what, id, entry_.appender); }

  void confirm_device(const DeviceId& id) {
    auto step = state_.device_step(id);
    step.provisional = false;
    state_.set(id, at_, step);
    vouch(Vouched::What::confirmed_device, id.view());
  }

  // Invited by the seat itself, or the seat's first, or, with the roots' consent, into a seat that nobody holds and
  // none of whose devices objected for 72 hours.
  bool takes_seat(const InviteRow& invite) const {
    View before(state_, {RosterSeq{at_.value - 1}, {}, entry_.time});
    Country code = invite.body.grant.country;
    auto maker = before.member(state_.devices.at(invite.maker).member);
    if (maker->grant.role == Role::focal_point) return true;
    if (!before.seat_taken(code)) return true;
    if (!invite.by_roots || entry_.time < invite.made_time + objection_time) return false;
    for (const auto& id : before.members_of(code)) {
      auto member = before.member(id);
      if (member->grant.role == Role::focal_point && member->standing == Standing::full) return false;
    }
    return true;
  }

  void re_enter(const DeviceBody& body) {
    View before(state_, {RosterSeq{at_.value - 1}, {}, entry_.time});
    Country seat = before.member(body.member)->grant.country;
    bool pause = !seat.none();
    for (const auto& signature : entry_.backing->signatures) {
      if (signature.kind != BackingKind::device) continue;
      DeviceId by(signature.key);
      auto device = before.device(by);
      // Someone of the seat, or the member's own access sheet.
      if (device->member == body.member || before.member(device->member)->grant.country == seat) pause = false;
      if (by != entry_.appender) vouch(Vouched::What::device, body.device.id().view(), by);
    }
    for (const auto& old : state_.members.at(body.member).devices) {
      auto step = state_.device_step(old);
      step.revoked = true;
      state_.set(old, at_, step);
    }
    // A link to a further device is a device to be: whoever holds an old one may have made it.
    for (auto& [id, invite] : state_.invites) {
      bool own = invite.body.purpose == InvitePurpose::device && invite.body.member == body.member;
      if (own && invite.used.value == 0 && invite.revoked.value == 0) invite.revoked = at_;
    }
    auto step = state_.member_step(body.member);
    step.no_position_before.reset();
    if (pause) step.no_position_before = entry_.time + pause_after_re_entry;
    state_.set(body.member, at_, std::move(step));
  }

  State& state_;
  const RosterEntry& entry_;
  RosterSeq at_;
};

void take_place(State& state, const RosterEntry& entry) {
  if (auto author = state.devices.find(entry.appender); author != state.devices.end()) {
    const MemberId& member = author->second.member;
    if (!state.places.empty() && member != state.last_author) state.before_last_author = state.places.back().time;
    state.last_author = member;
  }
  state.places.push_back({entry.hash(), entry.time});
}

}  // namespace

MemberStep State::member_step(const MemberId& id) const { return members.at(id).steps.steps().back().second; }
DeviceStep State::device_step(const DeviceId& id) const { return devices.at(id).steps.steps().back().second; }

void State::add_device(const MemberId& member, const DeviceRecord& record, RosterSeq at, DeviceStep step) {
  DeviceId id = record.id();
  auto& row = devices[id];
  row.member = member;
  row.record = record;
  row.entered = at;
  row.steps.set(at, step);
  members.at(member).devices.push_back(id);
}

void State::add_member(const MemberId& id, const SealedName& name, RosterSeq at, MemberStep step) {
  auto& row = members[id];
  row.entered = at;
  if (!step.grant.country.none()) members_by_country[step.grant.country].push_back(id);
  row.steps.set(at, std::move(step));
  row.names.set(at, name);
  members_in_order.push_back(id);
}

void apply(State& state, const RosterEntry& entry, const Body& body) {
  std::visit(Application(state, entry), body);
  if (entry.backing) state.statements.insert(entry.backing->id);
  take_place(state, entry);
}

void set_aside(State& state, const RosterEntry& entry) { take_place(state, entry); }

}  // namespace encuentro::roster
