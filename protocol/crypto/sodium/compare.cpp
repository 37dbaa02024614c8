#include "protocol/crypto/compare.h"

#include <sodium.h>

namespace encuentro::crypto {

bool equal_constant_time(BytesView a, BytesView b) {
  if (a.size() != b.size()) return false;  // lengths are public
  return a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace encuentro::crypto
