// Comparison of secrets, tags and commitments in constant time. The length is looked at first: a short or
// empty tag never matches (R46).
#pragma once

#include "protocol/base/bytes.h"

namespace encuentro::crypto {

bool equal_constant_time(BytesView a, BytesView b);

}  // namespace encuentro::crypto
