// One run: people found groups, come and go and talk, over a delivery service that is the enemy.
#pragma once

#include "fuzz/mls_network/ledger.h"

namespace encuentro::fuzz {

struct Outcome {
  Tally tally;
  std::vector<std::string> violations;
};

// What is done is decided by the bytes (plan.h); the same bytes do the same.
Outcome run_network(BytesView bytes);

}  // namespace encuentro::fuzz
