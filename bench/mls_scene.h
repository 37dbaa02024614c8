// Groups of N members as they are after a long life: everybody has committed, so no parent is blank. Three members'
// states are kept: the committer, its neighbour, and one in the other half of the tree.
#pragma once

#include "protocol/mls/member/group_state.h"

namespace encuentro::bench {

struct MlsScene {
  mls::member::Group committer;
  mls::member::Group neighbour;  // shares every node above its leaf with the committer
  mls::member::Group far;        // shares the root only; for N = 2 it is the neighbour
  mls::member::MemberIdentity newcomer;
};

MlsScene mls_scene(crypto::Suite suite, std::uint32_t members, Random& random);

}  // namespace encuentro::bench
