#include "protocol/mls/public/type_tally.h"

#include "tests/unit/protocol/mls/public/test_group.h"

namespace encuentro::mls::testing {

TEST_CASE("tallies count a leaf's list once for each value") {
  TypeTally<ExtensionType> tally;
  std::vector<ExtensionType> repeated(100, odd_extension);
  repeated.push_back(ExtensionType{7});
  tally.add_all(repeated);
  tally.add_all({odd_extension, odd_extension});
  CHECK(tally.count(odd_extension) == 2);
  CHECK(tally.count(ExtensionType{7}) == 1);
  CHECK(tally.count(ExtensionType{8}) == 0);
  tally.subtract_all(repeated);
  CHECK(tally.count(odd_extension) == 1);
  CHECK(tally.entries().size() == 1);
}

}  // namespace encuentro::mls::testing
