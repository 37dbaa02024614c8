// What every decoder owes: the one encoding and nothing else.
#pragma once

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

// `value` decodes from its encoding to the same bytes; cut anywhere or with a byte more it is refused.
template <class T>
Bytes check_encoding(const T& value) {
  Bytes bytes = encoded(value);
  auto again = decoded<T>(bytes);
  REQUIRE(again.has_value());
  CHECK(encoded(*again) == bytes);
  std::size_t accepted_cuts = 0;
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    if (decoded<T>(BytesView(bytes).first(cut)).has_value()) ++accepted_cuts;
  }
  CHECK(accepted_cuts == 0);
  bytes.push_back(0);
  auto longer = decoded<T>(bytes);
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().code == Code::trailing_bytes);
  bytes.pop_back();
  return bytes;
}

template <class T>
void check_refused(BytesView bytes, Code code) {
  auto result = decoded<T>(bytes);
  REQUIRE_FALSE(result.has_value());
  CHECK(name(result.error().code) == name(code));
}

}  // namespace encuentro::mls::testing
