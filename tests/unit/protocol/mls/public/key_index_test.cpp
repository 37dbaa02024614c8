#include "protocol/mls/public/key_index.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

TEST_CASE("the key index finds, forgets and knows of keys held twice") {
  std::vector<PublicKeyBytes> keys(300);
  for (auto& key : keys) key = fresh_key();
  auto key_of = [&](std::uint32_t node) { return keys[node].view(); };
  KeyIndex index;
  for (std::uint32_t i = 0; i < keys.size(); ++i) index.insert(keys[i].view(), i, key_of);
  CHECK(index.duplicates() == 0);
  keys.push_back(keys[5]);
  index.insert(keys[300].view(), 300, key_of);
  CHECK(index.duplicates() == 1);
  index.erase(keys[5].view(), 5, key_of);
  CHECK(index.duplicates() == 0);
  CHECK(index.find(keys[300].view(), key_of) == 300u);
  for (std::uint32_t i = 0; i < 300; i += 3) {
    if (i != 5) index.erase(keys[i].view(), i, key_of);
  }
  for (std::uint32_t i = 0; i < 300; ++i) {
    if (i == 5) continue;
    CHECK(index.find(keys[i].view(), key_of).has_value() == (i % 3 != 0));
  }
}

}  // namespace encuentro::mls::testing
