// Who has to come in or go out, and the Commit that does it (PROTOCOL C2, C3): leaves no longer admitted and members
// who asked to leave first, then what people asked for, and this member's own other devices.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// A Commit or a KeyPackage is on its way, or was just begun: nothing else is appended now.
bool advance_membership(CoreState& state, Channel& channel);
// Enters by an external Commit where the policy lets a first entry in, or back after a restart. True: begun.
bool enter_by_oneself(CoreState& state, Channel& channel);
// Whether this device would enter by itself as things stand.
bool may_enter(const CoreState& state, const Channel& channel);
// Some leaf isn't admitted at the newest roster head, or has asked to leave (others than one's own).
bool has_leaves_to_remove(const CoreState& state, const Channel& channel);

// The GroupContext's extensions of a channel with this policy.
mls::ExtensionList context_extensions(const policy::ChannelPolicy& policy);
// The GroupInfo's extensions of an epoch of a `shared` channel: the commitment to its archive key.
mls::member::GroupInfoExtensions archive_extension(const Bytes& group_id, Epoch epoch, bool shared);

}  // namespace encuentro::client::core
