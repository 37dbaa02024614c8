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

TEST_CASE("a GroupContext of each suite of the RFC can be read, whatever cryptography is here") {
  TestGroup test(2);
  GroupContext context = test.group().context();
  for (std::uint16_t number = 1; number <= 7; ++number) {
    context.cipher_suite = crypto::Suite{number};
    CHECK(decoded<GroupContext>(encoded(context)).has_value());
  }
}

TEST_CASE("a tree of a suite without cryptography here isn't loaded") {
  TestGroup test(2);
  auto nodes = decoded<RatchetTreeNodes>(encoded(test.group().tree()));
  REQUIRE(nodes.has_value());
  CHECK(RatchetTree::load(crypto::Suite{0x1a1a}, *nodes).error().code == Code::unsupported_suite);
  CHECK(RatchetTree::load(test.group().suite(), *nodes).has_value());
}

}  // namespace encuentro::mls::testing
