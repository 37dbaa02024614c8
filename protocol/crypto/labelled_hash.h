// H(label, x) of docs/FORMATS.md: SHA-256 over "Encuentro 1.0 " || label || 0x00 || x. Each purpose has its
// own label, so a hash made for one can't be taken for another.
#pragma once

#include <string_view>

#include "protocol/crypto/hash.h"

namespace encuentro::crypto {

inline Hash32 labelled_hash(std::string_view label, BytesView a, BytesView b = {}, BytesView c = {}, BytesView d = {}) {
  const std::uint8_t zero[1] = {0};
  return sha256({as_bytes("Encuentro 1.0 "), as_bytes(label), BytesView(zero), a, b, c, d});
}

}  // namespace encuentro::crypto
