// Padmé (Nikitin et al., PURBs, 2019, §4): sizes keep only their leading bits, so that at most 12 % is added
// and lengths say little.
#pragma once

#include <cstddef>

namespace encuentro::record {

// The padded size, at least `minimum`.
std::size_t padded_bytes(std::size_t size, std::size_t minimum = 256);

}  // namespace encuentro::record
