// What every decoder has to show: it reads its own encoding back to the same bytes, and refuses each truncation
// and one trailing byte. `again(bytes)` decodes and encodes again, as a Result<Bytes>.
#pragma once

#include <catch2/catch.hpp>

#include "protocol/base/error.h"

namespace encuentro::tests {

inline Code code_of(const auto& result) { return result ? Code::none : result.error().code; }

template <class Again>
void check_decoder(const Bytes& whole, Again again) {
  auto same = again(BytesView(whole));
  REQUIRE(same.has_value());
  CHECK(*same == whole);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    INFO("cut to " << n << " of " << whole.size());
    CHECK_FALSE(again(BytesView(whole).first(n)).has_value());
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(again(BytesView(longer)).has_value());
}

// Each single changed byte either is refused or reads back to the very bytes given: no two encodings of one value.
template <class Again>
void check_canonical(const Bytes& whole, Again again) {
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::uint8_t change : {0x01, 0x80, 0xff}) {
      Bytes changed = whole;
      changed[i] ^= change;
      auto result = again(BytesView(changed));
      INFO("byte " << i << " changed by " << int{change});
      if (result) CHECK(*result == changed);
    }
  }
}

}  // namespace encuentro::tests
