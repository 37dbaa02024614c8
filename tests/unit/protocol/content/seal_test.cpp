#include "protocol/content/seal.h"

#include "tests/support/decoder_checks.h"
#include "tests/unit/protocol/content/items.h"

using namespace encuentro;
using namespace encuentro::tests;
using record::SharedSealed;

namespace {

struct Sealed {
  SeededRandom random{50};
  ItemAuthor author{random};
  content::ArchiveKey key{random.id<Hash32>().view()};
  content::SignedContent item =
      content::sign_content(author.header, content::Kind::message, full_content(random), author.key);
  SecretBytes plain = std::move(*content::encode_padded(item));
  record::RecordBody body = content::seal_record(key, author.header, {random.id<UploadId>()}, plain, random);

  SharedSealed& part() { return std::get<SharedSealed>(body.sealed); }
  Code opened() { return code_of(content::open_record(key, author.header, body)); }
};

}  // namespace

TEST_CASE("a sealed record opens to what was sealed, and no two sealings are alike") {
  Sealed s;
  auto opened = content::open_record(s.key, s.author.header, s.body);
  REQUIRE(opened);
  CHECK(equal(opened->view(), s.plain.view()));
  CHECK(*content::decode_signed_content(opened->view()) == s.item);
  auto again = content::seal_record(s.key, s.author.header, s.body.pins, s.plain, s.random);
  CHECK(std::get<SharedSealed>(again.sealed).ciphertext != s.part().ciphertext);
  CHECK(std::get<SharedSealed>(again.sealed).salt != s.part().salt);
}

TEST_CASE("a record opens under no other key, place, envelope or changed part") {
  Sealed s;
  auto other = content::ArchiveKey(s.random.id<Hash32>().view());
  CHECK(code_of(content::open_record(other, s.author.header, s.body)) == Code::bad_tag);
  auto with_header = [&](auto change) {
    record::EntryHeader header = s.author.header;
    change(header);
    return code_of(content::open_record(s.key, header, s.body));
  };
  CHECK(with_header([](auto& h) { h.id = RecordId{}; }) == Code::bad_tag);
  CHECK(with_header([](auto& h) { h.device = DeviceId{}; }) == Code::bad_tag);
  CHECK(with_header([](auto& h) { h.at.epoch = Epoch{77}; }) == Code::bad_tag);
  CHECK(with_header([](auto& h) { h.roster.seq = RosterSeq{77}; }) == Code::bad_tag);
  CHECK(with_header([](auto& h) { h.seen.seq = Seq{77}; }) == Code::bad_tag);
  CHECK(with_header([](auto& h) { h.network = NetworkId{}; }) == Code::bad_tag);

  for (std::size_t i : {std::size_t{0}, s.part().ciphertext.size() / 2, s.part().ciphertext.size() - 1}) {
    s.part().ciphertext[i] ^= 1;
    CHECK(s.opened() == Code::bad_tag);
    s.part().ciphertext[i] ^= 1;
  }
  CHECK(s.opened() == Code::none);
  s.body.pins.clear();
  CHECK(s.opened() == Code::bad_tag);
}

TEST_CASE("the commitment is looked at before anything is decrypted") {
  Sealed s;
  s.part().commitment = Commitment{};
  auto opened = content::open_record(s.key, s.author.header, s.body);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Code::bad_tag);
  CHECK(std::string_view(opened.error().rule) == "commitment");
  record::RecordBody sealed_form{record::MlsSealed{}, {}};
  CHECK(code_of(content::open_record(s.key, s.author.header, sealed_form)) == Code::malformed);
}

TEST_CASE("a link opens only to the key the older epoch committed to") {
  SeededRandom random(51);
  content::ArchiveKey newer(random.id<Hash32>().view()), older(random.id<Hash32>().view());
  content::ArchiveKey wrong(random.id<Hash32>().view());
  record::GroupEpoch at_older{Bytes(32, 1), Epoch{4}}, at_newer{Bytes(32, 1), Epoch{5}};
  Commitment commitment = content::archive_commitment(older, at_older);
  record::Link link = content::seal_link(newer, at_newer, older, at_older, random);
  auto opened = content::open_link(newer, link, commitment);
  REQUIRE(opened);
  CHECK(equal(opened->view(), older.view()));

  auto rule = [&](const content::ArchiveKey& key, const record::Link& tried) {
    auto result = content::open_link(key, tried, commitment);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == Code::bad_link);
    return std::string(result.error().rule);
  };
  CHECK(rule(wrong, link) == "commitment");
  CHECK(rule(newer, content::seal_link(newer, at_newer, wrong, at_older, random)) == "wrong key");
  record::Link elsewhere = link;
  elsewhere.older.epoch = Epoch{3};
  CHECK(rule(newer, elsewhere) == "commitment");
  record::Link torn = link;
  torn.ciphertext[3] ^= 1;
  CHECK(rule(newer, torn) == "tag");
  torn.ciphertext.clear();
  CHECK(rule(newer, torn) == "tag");
}
