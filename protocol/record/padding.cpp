#include "protocol/record/padding.h"

#include <bit>

namespace encuentro::record {

std::size_t padded_bytes(std::size_t size, std::size_t minimum) {
  if (size <= minimum) return minimum;
  unsigned exponent = std::bit_width(size) - 1u;
  unsigned kept_bits = std::bit_width(exponent);
  unsigned cleared_bits = exponent - kept_bits;
  std::size_t mask = (std::size_t{1} << cleared_bits) - 1;
  return (size + mask) & ~mask;
}

}  // namespace encuentro::record
