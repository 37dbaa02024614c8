// From a point's Edwards y to its Montgomery u (RFC 7748 §4.1): u = (1 + y) / (1 - y) mod 2^255 - 19. With it
// an X25519 public key comes from libsodium's fixed-base multiplication on the Edwards curve: 16 us where the
// ladder takes 25. Only public values pass through here: y and u determine each other, and u is published.
#pragma once

#include "protocol/base/bytes.h"

namespace encuentro::crypto {

// Both 32 bytes, little-endian; the sign bit of `y` is ignored. u is 0 for y = 1 (the neutral point), as in
// RFC 7748 where division by zero gives zero. `u` may be the place of `y`.
void montgomery_from_edwards(BytesView y, MutableBytes u);

}  // namespace encuentro::crypto
