// ReInit and branch (RFC 9420 §11.2, §11.3): a group's people go on in another one.
#pragma once

#include "fuzz/mls_network/world.h"

namespace encuentro::fuzz {

// A member ends its group by a ReInit or branches it, founds the new one, and those who stand where it stands follow.
void succeed(World& world);

}  // namespace encuentro::fuzz
