// Who may enter a channel, post, add, remove, admit, create: pure functions of (policy, roster at a head), used by the
// server and by every client alike (R29-R31, R33). A refusal is not_admitted or not_allowed with its rule.
#pragma once

#include "protocol/policy/channel_policy.h"
#include "protocol/policy/leaf.h"

namespace encuentro::policy {

// Is the member admitted at that head? Errors: not_admitted; rules R-POL-10 (unknown or gone), R-POL-11 (provisional
// or unseated: the general board only), R-POL-12 (suspended country), R-POL-13 (training-only country or alumni),
// R-POL-14 (participant: own scope only), R-POL-15 (neither named nor of an admitted role), R-POL-16 (country not
// admitted), R-POL-17 (status not admitted).
Status admitted(const ChannelPolicy& policy, const roster::View& view, const MemberId& member);
// The same for one of its devices, which may be provisional where the member is full.
Status admitted_device(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);
// identify() and admitted_device() in one; what every leaf of the tree is asked.
Result<LeafIdentity> admitted_leaf(const ChannelPolicy& policy, const roster::View& view, const Leaf& leaf);

// Each: admission, and the role in the policy's list. Errors: not_admitted, not_allowed with R-POL-20 (posts),
// R-POL-21 (adds; the creator always may), R-POL-22 (removes; the creator always may), R-POL-23 (admits).
Status may_post(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);
Status may_add(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);
Status may_remove(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);
Status may_change_admission(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);

// Who creates what (docs/ARCHITECTURE.md): boards the founder; network and committee the Secretariat and focal points
// of member countries; country its focal points; direct everybody but training-only countries, alumni and
// participants; observers never. Errors: not_allowed R-POL-30 (not full), R-POL-31 (this kind not by this member),
// R-POL-32 (the policy's creator is somebody else), R-POL-33 (a country channel of another country),
// R-POL-34 (a direct channel without its creator), R-POL-35 (the creator isn't admitted by the policy).
Status may_create(const ChannelPolicy& policy, const roster::View& view, const DeviceId& device);
// A restart keeps everything but the predecessor. Errors: R-POL-36 (anything else differs), and those of may_add.
Status may_restart(const ChannelPolicy& before, const ChannelPolicy& after, const roster::View& view,
                   const DeviceId& device);

// Does this member speak for its country, where positions are taken? Focal points of member countries, seated, and not
// within the pause after a re-entry. Errors: not_allowed R-POL-40.
Status has_voice(const roster::View& view, const MemberId& member);

}  // namespace encuentro::policy
