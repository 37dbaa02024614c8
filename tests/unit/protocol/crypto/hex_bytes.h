// Test vectors as they stand in the RFCs: hexadecimal, possibly in several pieces.
#pragma once

#include "protocol/base/bytes.h"

namespace encuentro::crypto {

inline Bytes hex(std::string_view text) {
  Bytes bytes;
  ENC_CHECK(from_hex(text, bytes));
  return bytes;
}

inline Bytes repeated(std::uint8_t byte, std::size_t count) { return Bytes(count, byte); }

// first, first + 1, ...
inline Bytes counting(std::uint8_t first, std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(first + i);
  return bytes;
}

}  // namespace encuentro::crypto
