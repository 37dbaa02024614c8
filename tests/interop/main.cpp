// interop NODE PEER.mjs [SEED]: the live exchange with ts-mls. Three groups: we create, they create, and one of
// suite 1. Prints what was done by whom and closes with 'N passed, M failed', counted in steps.
#include <cstdlib>
#include <ctime>
#include <exception>

#include "tests/interop/exchange.h"

namespace {

using namespace encuentro;
using namespace encuentro::interop;

constexpr std::size_t steps_min = 200;
constexpr std::size_t steps_max = 600;
constexpr std::size_t each_min = 10;

struct Tally {
  std::size_t passed = 0;
  std::size_t failed = 0;
};

void print(const Exchange& exchange) {
  for (std::size_t kind = 0; kind < step_kinds; ++kind) {
    auto step = static_cast<Step>(kind);
    std::printf("  %-20s committed by us %3zu, by ts-mls %3zu\n", name_of(step), exchange.done(step, true),
                exchange.done(step, false));
  }
  std::printf("  joined by the other's Welcome: we %zu times, ts-mls %zu times\n", exchange.welcomed(true),
              exchange.welcomed(false));
}

void run(const Exchange::Settings& settings, const std::string& node, const std::string& script, Tally& tally) {
  std::printf("suite %d, created by %s, seed %llu\n", static_cast<int>(settings.suite),
              settings.we_create ? "us" : "ts-mls", static_cast<unsigned long long>(settings.seed));
  try {
    PeerProcess peer(node, script);
    Exchange exchange(settings, peer, static_cast<std::uint64_t>(std::time(nullptr)));
    std::size_t steps = 0;
    while ((steps < steps_min || exchange.least_done() < each_min) && steps < steps_max) {
      exchange.step();
      ++steps;
      ++tally.passed;
    }
    print(exchange);
    std::printf("  %zu steps, %llu epochs, all members agreed after each\n", steps,
                static_cast<unsigned long long>(exchange.epoch()));
    if (exchange.least_done() < each_min) {
      std::printf("  FAILED: some kind of step was done fewer than %zu times by a side\n", each_min);
      ++tally.failed;
    }
  } catch (const std::exception& error) {
    std::printf("  FAILED: %s\n", error.what());
    ++tally.failed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::fputs("usage: interop NODE PEER.mjs [SEED]\n", stderr);
    return 2;
  }
  std::uint64_t seed = argc == 4 ? std::strtoull(argv[3], nullptr, 10) : 20261123;
  Tally tally;
  run({.seed = seed, .we_create = true}, argv[1], argv[2], tally);
  run({.seed = seed + 1, .we_create = false}, argv[1], argv[2], tally);
  run({.seed = seed + 2, .suite = crypto::Suite::x25519_aes128gcm_sha256_ed25519}, argv[1], argv[2], tally);
  std::printf("%zu passed, %zu failed\n", tally.passed, tally.failed);
  return tally.failed == 0 && tally.passed > 0 ? 0 : 1;
}
