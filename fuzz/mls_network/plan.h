// What a run does, decided byte by byte by the fuzzer. When the bytes are used up, a generator that they seed goes
// on, so that a short input is a whole run too. The keys' randomness is apart: a byte more or less in the middle
// moves what is done, not every key.
#pragma once

#include "tests/support/seeded_random.h"

namespace encuentro::fuzz {

class Plan {
 public:
  explicit Plan(BytesView bytes) : rest_(bytes), tail_(seed_of(bytes)), random_(1) {}

  std::uint8_t byte() {
    if (rest_.empty()) return static_cast<std::uint8_t>(tail_.next() >> 32);
    const std::uint8_t value = rest_.front();
    rest_ = rest_.subspan(1);
    return value;
  }
  // 0 .. count - 1.
  std::size_t below(std::size_t count) {
    ENC_CHECK(count != 0);
    return byte() % count;
  }
  // True for `times` of the 256 bytes; never for 0, so that an input of zeros misbehaves nowhere.
  bool chance(unsigned times) { return byte() >= 256 - times; }

  Random& random() { return random_; }

 private:
  // FNV-1a.
  static std::uint64_t seed_of(BytesView bytes) {
    std::uint64_t seed = 0xcbf29ce484222325u;
    for (std::uint8_t byte : bytes) seed = (seed ^ byte) * 0x100000001b3u;
    return seed;
  }

  BytesView rest_;
  tests::SeededRandom tail_;
  tests::SeededRandom random_;
};

}  // namespace encuentro::fuzz
