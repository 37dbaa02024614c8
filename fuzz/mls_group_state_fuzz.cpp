// A member's stored group: what is loaded is stored again as it was, and can be worked with.
#include "protocol/mls/member/group.h"
#include "tests/support/seeded_random.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace encuentro;
  const BytesView input(data, size);
  auto group = mls::member::Group::decode(input);
  if (!group) return 0;
  ENC_CHECK(equal(group->encode().view(), input));
  tests::SeededRandom random(1);
  const std::uint64_t before = group->state_counter();
  if (auto sealed = group->protect(input.first(size % 64), {}, random)) ENC_CHECK(group->state_counter() > before);
  if (group->has_pending()) {
    group->merge_pending();
  } else if (group->commit({}, random)) {
    group->merge_pending();
  }
  return 0;
}
