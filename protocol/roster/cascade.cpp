// A revocation and what rests on the revoked one's word. Everything falls at the revocation's own place: views of
// older heads don't change.
#include "protocol/roster/state.h"

namespace encuentro::roster {

namespace {

class Cascade {
 public:
  Cascade(State& state, RosterSeq at) : state_(state), at_(at) {}

  // The device, and what it vouched for at places >= since.
  void device(const DeviceId& id, RosterSeq since) {
    auto step = state_.device_step(id);
    step.revoked = true;
    state_.set(id, at_, step);
    // A copy: what falls may itself be looked up in the same table.
    auto vouched = state_.devices.at(id).vouched;
    for (const auto& word : vouched) {
      if (word.at >= since) falls(word);
    }
  }

  void member(const MemberId& id, RosterSeq since) {
    auto step = state_.member_step(id);
    step.revoked = true;
    state_.set(id, at_, step);
    auto devices = state_.members.at(id).devices;
    for (const auto& one : devices) device(one, since);
  }

  // An invite, and whoever came in by it.
  void invite(const InviteId& id, RosterSeq since) {
    auto& row = state_.invites.at(id);
    if (row.revoked.value == 0) row.revoked = at_;
    if (row.used.value == 0 || row.used < since) return;
    if (row.body.purpose == InvitePurpose::member) {
      member(row.body.member, RosterSeq{0});
    } else {
      device(row.accepted_by, RosterSeq{0});
    }
  }

 private:
  void falls(const Vouched& word) {
    switch (word.what) {
      case Vouched::What::device:
        return device(DeviceId(word.id), RosterSeq{0});
      case Vouched::What::invite:
        return invite(InviteId(word.id), RosterSeq{0});
      case Vouched::What::confirmed_member: {
        auto step = state_.member_step(MemberId(word.id));
        step.provisional = true;
        return state_.set(MemberId(word.id), at_, std::move(step));
      }
      case Vouched::What::countersigned: {
        auto step = state_.member_step(MemberId(word.id));
        step.unseated = true;
        return state_.set(MemberId(word.id), at_, std::move(step));
      }
      case Vouched::What::confirmed_device: {
        auto step = state_.device_step(DeviceId(word.id));
        step.provisional = true;
        return state_.set(DeviceId(word.id), at_, step);
      }
    }
  }

  State& state_;
  RosterSeq at_;
};

}  // namespace

void revoke(State& state, const RevokeBody& body, RosterSeq at) {
  Cascade cascade(state, at);
  switch (body.target) {
    case RevokeTarget::device:
      return cascade.device(body.device(), body.since);
    case RevokeTarget::member:
      return cascade.member(body.member(), body.since);
    case RevokeTarget::invite:
      return cascade.invite(body.invite(), body.since);
  }
}

}  // namespace encuentro::roster
