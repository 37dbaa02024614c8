// Randomness that a test decides: first the bytes it was given, then a fixed sequence.
#pragma once

#include "protocol/base/random.h"

namespace encuentro::crypto {

class ScriptedRandom final : public Random {
 public:
  explicit ScriptedRandom(Bytes script = {}) : script_(std::move(script)) {}

  void fill(MutableBytes out) override {
    for (auto& byte : out) {
      byte = used_ < script_.size() ? script_[used_++] : next();
    }
  }

 private:
  // A linear congruential generator (Knuth's constants): only has to differ from call to call.
  std::uint8_t next() {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint8_t>(state_ >> 56);
  }

  Bytes script_;
  std::size_t used_ = 0;
  std::uint64_t state_ = 1;
};

}  // namespace encuentro::crypto
