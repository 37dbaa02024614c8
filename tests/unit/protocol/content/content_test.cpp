#include "protocol/content/content.h"

#include "protocol/base/limits.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/content/items.h"

using namespace encuentro;
using namespace encuentro::tests;
using content::Content;

namespace {

Result<Bytes> again(BytesView bytes) {
  TRY(Content item, content::decode_content(bytes));
  return content::encode(item);
}
Code refused(const Content& item) { return code_of(content::decode_content(content::encode(item))); }

}  // namespace

TEST_CASE("an item reads back, whole only and in one form") {
  SeededRandom random(20);
  Content item = full_content(random);
  Bytes bytes = content::encode(item);
  check_decoder(bytes, again);
  check_canonical(bytes, again);
  CHECK(*content::decode_content(bytes) == item);
  check_decoder(content::encode(Content{}), again);
}

TEST_CASE("a later version is named so") {
  Bytes bytes = content::encode(Content{});
  bytes[1] = 9;
  CHECK(code_of(content::decode_content(bytes)) == Code::unknown_version);
}

TEST_CASE("texts must be UTF-8 and short enough, fields ascending, attachments as large as they say") {
  Content item;
  item.title = "\xff";
  CHECK(refused(item) == Code::malformed);
  item.title = std::string(limits::title_bytes_max + 1, 'x');
  CHECK(refused(item) == Code::too_large);
  item = {};
  item.fields = {{2, {}}, {1, {}}};
  CHECK(refused(item) == Code::malformed);
  item.fields = {{2, {}}, {2, {}}};
  CHECK(refused(item) == Code::malformed);
  item = {};
  item.attachments = {{"a", "b", 4, Bytes(3), std::nullopt}};
  CHECK(refused(item) == Code::malformed);
  item.attachments = {{"a", "b", limits::inline_attachment_bytes_max + 1,
                       Bytes(limits::inline_attachment_bytes_max + 1), std::nullopt}};
  CHECK(refused(item) == Code::too_large);
  item = {};
  item.mentions.resize(limits::mentions_max + 1);
  CHECK(refused(item) == Code::too_large);
}

TEST_CASE("number fields are set at their place and read only in their form") {
  Content item;
  item.set_number(5, 50);
  item.set_number(2, 20);
  item.set_number(5, 51);
  REQUIRE(item.fields.size() == 2);
  CHECK(item.fields[0].key == 2);
  CHECK(item.number(5) == 51);
  CHECK_FALSE(item.number(7));
  item.fields[0].value.push_back(0);
  CHECK_FALSE(item.number(2));
  item.fields[0].value.clear();
  CHECK_FALSE(item.number(2));
}
