// Randomness from a seed (SplitMix64), so that a run can be repeated. For tests only.
#pragma once

#include "protocol/base/random.h"

namespace encuentro::tests {

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(MutableBytes out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(next() >> 32);
  }
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  template <class IdType>
  IdType id() {
    std::array<std::uint8_t, IdType::bytes> bytes;
    fill(bytes);
    return IdType(bytes);
  }

 private:
  std::uint64_t state_;
};

}  // namespace encuentro::tests
