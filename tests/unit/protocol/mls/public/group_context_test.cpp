#include "protocol/mls/public/group_context.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a GroupContext: valid, cut, longer, of a version or suite nobody here has") {
  TestGroup test(2);
  GroupContext context = test.group().context();
  check_encoding(context);
  context.version = ProtocolVersion{2};
  check_refused<GroupContext>(encoded(context), Code::unknown_version);
  context.version = ProtocolVersion::mls10;
  context.cipher_suite = crypto::Suite{0x1a1a};
  check_refused<GroupContext>(encoded(context), Code::unsupported_suite);
}

}  // namespace encuentro::mls::testing
