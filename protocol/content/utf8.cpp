#include "protocol/content/content.h"

namespace encuentro::content {

bool is_utf8(BytesView bytes) {
  std::size_t i = 0;
  while (i < bytes.size()) {
    std::uint8_t lead = bytes[i++];
    if (lead < 0x80) continue;
    std::size_t following = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() - i < following) return false;
    // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
    std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (bytes[i] < low || bytes[i] > high) return false;
    for (std::size_t k = 1; k < following; ++k) {
      if (bytes[i + k] < 0x80 || bytes[i + k] > 0xbf) return false;
    }
    i += following;
  }
  return true;
}

}  // namespace encuentro::content
