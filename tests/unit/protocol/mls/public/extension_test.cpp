#include "protocol/mls/public/extension.h"

#include "tests/unit/protocol/mls/public/decoding.h"

namespace encuentro::mls::testing {

TEST_CASE("extensions: valid, cut, longer, too many") {
  ExtensionList list;
  check_encoding(list);
  list.set(odd_extension, Bytes{1, 2});
  list.set(ExtensionType{0x0a0a}, {});
  CHECK(check_encoding(list) == Bytes{8, 0xf0, 0x01, 2, 1, 2, 0x0a, 0x0a, 0});
  for (std::uint16_t i = 0; list.items.size() < limits::extensions_max; ++i) list.set(ExtensionType{i}, {});
  CHECK(decoded<ExtensionList>(encoded(list)).has_value());
  list.set(ExtensionType{60000}, {});
  check_refused<ExtensionList>(encoded(list), Code::too_large);
}

TEST_CASE("R-MLS-25 a list has each type of extension once") {
  ExtensionList list;
  list.items = {{odd_extension, {}}, {ExtensionType{9}, {}}, {odd_extension, {1}}};
  refused(decoded<ExtensionList>(encoded(list)), Rule::extension_types_distinct);
}

TEST_CASE("an extension is found, replaced and read as what it holds") {
  ExtensionList list;
  CHECK(list.find(odd_extension) == nullptr);
  list.set(odd_extension, Bytes{1});
  list.set(odd_extension, Bytes{2});
  REQUIRE(list.find(odd_extension) != nullptr);
  CHECK(list.find(odd_extension)->data == Bytes{2});
  list.set(ExtensionType::external_pub, encoded(ExternalPub{fresh_key()}));
  auto pub = list.get<ExternalPub>(ExtensionType::external_pub);
  REQUIRE(pub);
  CHECK(pub->has_value());
  auto absent = list.get<ExternalSenders>(ExtensionType::external_senders);
  REQUIRE(absent);
  CHECK_FALSE(absent->has_value());
  auto wrong = list.get<RequiredCapabilities>(odd_extension);
  CHECK_FALSE(wrong.has_value());
}

TEST_CASE("GREASE values are the fifteen of §13.5") {
  int count = 0;
  for (std::uint32_t value = 0; value <= 0xffff; ++value) count += is_grease(static_cast<std::uint16_t>(value)) ? 1 : 0;
  CHECK(count == 15);
  CHECK(is_grease(0x0a0a));
  CHECK(is_grease(0xeaea));
  CHECK_FALSE(is_grease(0xfafa));
}

}  // namespace encuentro::mls::testing
