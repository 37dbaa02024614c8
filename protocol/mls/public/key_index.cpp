#include "protocol/mls/public/key_index.h"

#include <cstring>

namespace encuentro::mls {

std::size_t KeyIndex::hash(BytesView key) {
  static const char anchor = 0;
  constexpr std::uint64_t odd = 0x9e3779b97f4a7c15u;
  std::uint64_t value = reinterpret_cast<std::uintptr_t>(&anchor) * odd + key.size();
  for (std::size_t at = 0; at < key.size(); at += 8) {
    std::uint64_t chunk = 0;
    std::memcpy(&chunk, key.data() + at, std::min<std::size_t>(8, key.size() - at));
    value = (value ^ chunk) * odd;
    value ^= value >> 29;
  }
  return static_cast<std::size_t>(value ^ value >> 32);
}

}  // namespace encuentro::mls
