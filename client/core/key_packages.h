// Our KeyPackages at the server: enough of them, each used once, the last resort replaced when it was used.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

// What every leaf and KeyPackage of this device says.
mls::member::MemberIdentity leaf_identity(const CoreState& state);
mls::Lifetime leaf_lifetime(Timestamp now);
mls::LifetimePolicy lifetime_policy();

void advance_key_packages(CoreState& state);
// The server was restored: those it holds count as given out (R84), new ones are put. Their secrets stay, since a
// Welcome for one may stand in a log.
void retire_key_packages(CoreState& state);
void key_packages_low(CoreState& state, std::uint32_t held);
// The secrets of the first of these references that is ours; a one-time KeyPackage is taken out for good.
std::optional<mls::member::KeyPackageSecrets> take_key_package(CoreState& state, const mls::Welcome& welcome);
Status load_key_package(CoreState& state, BytesView value);

// Others' KeyPackages: each is used once, but for the last resort, which says of itself that it is one.
bool was_used(const CoreState& state, const mls::KeyPackage& package);
void note_used(CoreState& state, const mls::KeyPackage& package);
Status load_used_package(CoreState& state, BytesView reference);

}  // namespace encuentro::client::core
