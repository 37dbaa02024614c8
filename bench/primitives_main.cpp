// bench-primitives: a column a suite, microseconds.
#include <array>
#include <cstdio>

#include "bench/primitives.h"

namespace {

using encuentro::bench::PrimitiveTimes;

struct Row {
  const char* name;
  double PrimitiveTimes::* time;
};

constexpr std::array rows{
    Row{"KEM key pair", &PrimitiveTimes::key_pair},
    Row{"Diffie-Hellman", &PrimitiveTimes::dh},
    Row{"sign 64 B", &PrimitiveTimes::sign},
    Row{"verify 64 B", &PrimitiveTimes::verify},
    Row{"hash 64 B", &PrimitiveTimes::hash_64},
    Row{"hash 4 KiB", &PrimitiveTimes::hash_4096},
    Row{"HMAC 64 B", &PrimitiveTimes::hmac_64},
    Row{"HKDF-Extract", &PrimitiveTimes::hkdf_extract},
    Row{"ExpandWithLabel", &PrimitiveTimes::hkdf_expand},
    Row{"AEAD seal 64 B", &PrimitiveTimes::seal_64},
    Row{"AEAD seal 1 KiB", &PrimitiveTimes::seal_1024},
    Row{"AEAD open 1 KiB", &PrimitiveTimes::open_1024},
    Row{"HPKE seal", &PrimitiveTimes::hpke_seal},
    Row{"HPKE open", &PrimitiveTimes::hpke_open},
};

}  // namespace

int main() {
  std::array<PrimitiveTimes, 7> times;
  std::printf("%-18s", "us, median");
  for (auto suite : encuentro::crypto::supported_suites()) {
    const auto number = static_cast<unsigned>(suite);
    times[number - 1] = encuentro::bench::measure_primitives(suite);
    std::printf("  suite %u", number);
  }
  std::printf("\n");
  for (const Row& row : rows) {
    std::printf("%-18s", row.name);
    for (const auto& column : times) std::printf(" %8.3f", column.*row.time);
    std::printf("\n");
  }
}
