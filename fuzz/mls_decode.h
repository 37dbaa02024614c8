// Decode, encode, must be equal: the whole of a decoder's fuzz target.
#pragma once

#include "protocol/mls/public/wire.h"

namespace encuentro::mls {

template <class T>
int decode_then_encode(const std::uint8_t* data, std::size_t size) {
  BytesView input(data, size);
  if (auto value = decoded<T>(input)) ENC_CHECK(equal(encoded(*value), input));
  return 0;
}

}  // namespace encuentro::mls
