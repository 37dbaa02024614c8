// The operating system's (or browser's) randomness behind the Random interface. Only programs and the
// WebAssembly entry make one; everything else takes a Random&.
#pragma once

#include "protocol/base/random.h"

namespace encuentro::crypto {

class SystemRandom final : public Random {
 public:
  SystemRandom();
  void fill(MutableBytes out) override;
};

}  // namespace encuentro::crypto
