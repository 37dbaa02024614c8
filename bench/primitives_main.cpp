// bench-primitives: a column a suite, microseconds.
#include <array>
#include <cstdio>

#include "bench/primitives.h"

namespace {

using encuentro::bench::PrimitiveTimes;

struct Row {
  const char* name;
  double (*time)(const PrimitiveTimes&);
};

constexpr std::array rows{
    Row{"KEM key pair", [](const PrimitiveTimes& t) { return t.key_pair; }},
    Row{"Diffie-Hellman", [](const PrimitiveTimes& t) { return t.dh; }},
    Row{"sign 64 B", [](const PrimitiveTimes& t) { return t.sign.at_short; }},
    Row{"sign 1 MiB", [](const PrimitiveTimes& t) { return t.sign.at_long; }},
    Row{"verify 64 B", [](const PrimitiveTimes& t) { return t.verify.at_short; }},
    Row{"verify 1 MiB", [](const PrimitiveTimes& t) { return t.verify.at_long; }},
    Row{"hash 64 B", [](const PrimitiveTimes& t) { return t.hash.at_short; }},
    Row{"hash 4 KiB", [](const PrimitiveTimes& t) { return t.hash.at_middle; }},
    Row{"hash 1 MiB", [](const PrimitiveTimes& t) { return t.hash.at_long; }},
    Row{"HMAC 64 B", [](const PrimitiveTimes& t) { return t.hmac_64; }},
    Row{"HKDF-Extract", [](const PrimitiveTimes& t) { return t.hkdf_extract; }},
    Row{"ExpandWithLabel", [](const PrimitiveTimes& t) { return t.hkdf_expand; }},
    Row{"AEAD seal 64 B", [](const PrimitiveTimes& t) { return t.seal.at_short; }},
    Row{"AEAD seal 4 KiB", [](const PrimitiveTimes& t) { return t.seal.at_middle; }},
    Row{"AEAD open 4 KiB", [](const PrimitiveTimes& t) { return t.open.at_middle; }},
    Row{"HPKE seal", [](const PrimitiveTimes& t) { return t.hpke_seal; }},
    Row{"HPKE open", [](const PrimitiveTimes& t) { return t.hpke_open; }},
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
    for (const auto& column : times) std::printf(" %8.3f", row.time(column));
    std::printf("\n");
  }
}
