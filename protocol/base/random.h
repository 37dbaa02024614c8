// The one source of randomness, passed in by whoever stands at the edge (the command, the browser, a
// seeded test). The core never fetches randomness by itself, so a run can be repeated from a seed.
#pragma once

#include "protocol/base/bytes.h"

namespace encuentro {

class Random {
 public:
  virtual ~Random() = default;
  // Fills `out` wholly. An implementation that can't must stop the program: a weak key is worse.
  virtual void fill(MutableBytes out) = 0;
};

}  // namespace encuentro
