#include "protocol/content/signed_content.h"

#include "protocol/base/limits.h"
#include "protocol/record/padding.h"
#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/content/items.h"

using namespace encuentro;
using namespace encuentro::tests;

namespace {

Result<Bytes> again(BytesView bytes) {
  TRY(content::SignedContent read, content::decode_signed_content(bytes));
  TRY(SecretBytes padded, content::encode_padded(read));
  return to_bytes(padded.view());
}

}  // namespace

TEST_CASE("signed content is padded, reads back and verifies only where it was said") {
  SeededRandom random(30);
  ItemAuthor author(random);
  auto item = content::sign_content(author.header, content::Kind::message, full_content(random), author.key);
  CHECK(item.verify(author.header, author.key.public_key));
  auto padded = content::encode_padded(item);
  REQUIRE(padded);
  CHECK(record::padded_bytes(padded->size()) == padded->size());
  check_decoder(to_bytes(padded->view()), again);
  CHECK(*content::decode_signed_content(padded->view()) == item);

  auto elsewhere = [&](auto change) {
    record::EntryHeader header = author.header;
    change(header);
    return code_of(item.verify(header, author.key.public_key));
  };
  CHECK(elsewhere([&](auto& h) { h.network = random.id<NetworkId>(); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& h) { h.channel = random.id<ChannelId>(); }) == Code::bad_signature);
  CHECK(elsewhere([](auto& h) { h.at.epoch = Epoch{9}; }) == Code::bad_signature);
  CHECK(elsewhere([](auto& h) { h.at.group_id.push_back(1); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& h) { h.device = random.id<DeviceId>(); }) == Code::bad_signature);
  CHECK(elsewhere([&](auto& h) { h.id = random.id<RecordId>(); }) == Code::bad_signature);
  CHECK(elsewhere([](auto& h) { h.roster.seq = RosterSeq{4}; }) == Code::bad_signature);
  CHECK(elsewhere([](auto& h) { h.seen.seq = Seq{9}; }) == Code::bad_signature);
  item.kind = 2;
  CHECK(code_of(item.verify(author.header, author.key.public_key)) == Code::bad_signature);
}

TEST_CASE("every size from empty to the largest meets a padded size") {
  for (std::size_t size = 0; size <= limits::body_bytes_max; size += size < 1200 ? 1 : 997) {
    content::SignedContent item{1, Bytes(size, 1), {}};
    auto padded = content::encode_padded(item);
    if (!padded || record::padded_bytes(padded->size()) != padded->size()) FAIL("body of " << size);
  }
  CHECK(code_of(content::encode_padded({1, Bytes(limits::body_bytes_max + 1), {}})) == Code::too_large);
}

TEST_CASE("padding that isn't zero is refused") {
  auto padded = content::encode_padded({1, Bytes(10, 1), {}});
  REQUIRE(padded);
  padded->span().back() = 1;
  CHECK(code_of(content::decode_signed_content(padded->view())) == Code::malformed);
}
