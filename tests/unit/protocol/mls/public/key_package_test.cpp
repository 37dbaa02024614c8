#include "protocol/mls/public/key_package.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("a KeyPackage: valid, cut, longer, its reference") {
  KeyPackage package = Client().key_package();
  check_encoding(package);
  auto again = decoded<KeyPackage>(package.encoding());
  REQUIRE(again);
  CHECK(again->verify().has_value());
  CHECK(KeyPackage::assemble(again->content(), again->signature()) == package);
  CHECK(package.reference() == crypto::ref_hash(suite, "KeyPackage Reference", package.encoding()));
}

}  // namespace encuentro::mls::testing
