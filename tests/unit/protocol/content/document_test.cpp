#include "protocol/content/document.h"

#include "protocol/content/stated_fields.h"

#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::tests;
using content::Content;

namespace {

content::DocumentVersion full_version(SeededRandom& random) {
  content::DocumentVersion version;
  version.document = random.id<RecordId>();
  version.parent = random.id<RecordId>();
  version.merged = {random.id<RecordId>(), random.id<RecordId>()};
  version.name = "Declaración.docx";
  version.note = "Con las observaciones de Chile";
  version.symbol = "CD/12/Rev.1";
  version.language = content::Language{"pt-BR", content::TextStanding::courtesy, random.id<RecordId>()};
  std::array<std::uint8_t, 32> key{};
  random.fill(key);
  version.manifest = {random.id<UploadId>(), 123456,           content::FileKey(key), random.id<BlobId>(),
                      random.id<Hash32>(),   "application/pdf"};
  return version;
}

// The item with one field's value replaced, read again.
template <class Read>
Code with_field(Content item, std::uint16_t number, Bytes value, Read read) {
  for (auto& field : item.fields) {
    if (field.key == number) field.value = std::move(value);
  }
  return code_of(read(item));
}

// Each field's bytes: whole only, with nothing left, and in one form.
template <class Read>
void check_fields(const Content& item, Read read) {
  REQUIRE(read(item).has_value());
  CHECK(content::content_of(*read(item)) == item);
  CHECK(content::decode_content(content::encode(item)) == item);
  for (const auto& field : item.fields) {
    INFO("field " << field.key);
    check_decoder(field.value, [&](BytesView bytes) -> Result<Bytes> {
      Content changed = item;
      for (auto& other : changed.fields) {
        if (other.key == field.key) other.value = to_bytes(bytes);
      }
      TRY(auto typed, read(changed));
      Content written = content::content_of(typed);
      return written.field(field.key) == nullptr ? Bytes{} : written.field(field.key)->value;
    });
  }
}

}  // namespace

TEST_CASE("a version reads back with all it says") {
  SeededRandom random(70);
  auto version = full_version(random);
  Content item = content::content_of(version);
  check_fields(item, content::document_version);
  auto read = content::document_version(item);
  CHECK(read->merged == version.merged);
  CHECK(read->language == version.language);
  CHECK(read->symbol == version.symbol);
  CHECK(read->manifest.content == version.manifest.content);
  CHECK(equal(read->manifest.key.view(), version.manifest.key.view()));

  content::DocumentVersion first;
  first.name = "a";
  first.folder = random.id<RecordId>();
  first.manifest.upload = random.id<UploadId>();
  check_fields(content::content_of(first), content::document_version);
}

TEST_CASE("a version names its document and its parent, or neither") {
  SeededRandom random(71);
  Content item = content::content_of(full_version(random));
  item.replaces.reset();
  CHECK(code_of(content::document_version(item)) == Code::malformed);
  item = content::content_of(full_version(random));
  item.about.reset();
  CHECK(code_of(content::document_version(item)) == Code::malformed);
}

TEST_CASE("what a version must have and may not exceed") {
  SeededRandom random(72);
  auto read = content::document_version;
  Content item = content::content_of(full_version(random));
  Content bare = item;
  bare.fields.erase(bare.fields.begin());
  CHECK(code_of(read(bare)) == Code::malformed);
  auto version = full_version(random);
  version.manifest.bytes = content::file_bytes_max + 1;
  CHECK(code_of(read(content::content_of(version))) == Code::too_large);
  version = full_version(random);
  version.manifest.media_type = std::string(limits::media_type_bytes_max + 1, 'x');
  CHECK(code_of(read(content::content_of(version))) == Code::too_large);
  version = full_version(random);
  version.merged.resize(content::merged_versions_max + 1);
  CHECK(code_of(read(content::content_of(version))) == Code::too_large);
  version = full_version(random);
  version.language->standing = static_cast<content::TextStanding>(3);
  CHECK(code_of(read(content::content_of(version))) == Code::malformed);
  version = full_version(random);
  version.symbol = "CD/12/rev1";
  CHECK(code_of(read(content::content_of(version))) == Code::malformed);
  CHECK(with_field(item, 4, {2, 0xff, 0xfe}, read) == Code::malformed);
}

TEST_CASE("folders, changes, comments, freezes and fetches read back") {
  SeededRandom random(73);
  check_fields(content::content_of(content::DocumentFolder{"Proyectos", random.id<RecordId>()}),
               content::document_folder);
  check_fields(content::content_of(content::DocumentFolder{"Proyectos", {}}), content::document_folder);
  check_fields(content::content_of(
                   content::DocumentFolder{"Proyectos", {}, content::Door{random.id<ChannelId>(), {"XA", "XB"}}}),
               content::document_folder);
  content::DocumentChange change{random.id<RecordId>(), "otro.txt", {}, true};
  change.place.emplace();
  check_fields(content::content_of(change), content::document_change);
  check_fields(content::content_of(content::DocumentChange{random.id<RecordId>(), {}, {}, {}}),
               content::document_change);
  check_fields(content::content_of(content::DocumentComment{random.id<RecordId>(), "Ver artículo 3"}),
               content::document_comment);
  check_fields(content::content_of(content::DocumentFreeze{random.id<RecordId>(), random.id<Hash32>()}),
               content::document_freeze);
  check_fields(content::content_of(content::DocumentFetched{random.id<RecordId>()}), content::document_fetched);
}

TEST_CASE("an item about nothing, or without what its kind needs, is refused") {
  CHECK(code_of(content::document_change({})) == Code::malformed);
  CHECK(code_of(content::document_comment({})) == Code::malformed);
  CHECK(code_of(content::document_fetched({})) == Code::malformed);
  SeededRandom random(74);
  Content about;
  about.about = random.id<RecordId>();
  CHECK(code_of(content::document_freeze(about)) == Code::malformed);
  about.title = "Proyectos";
  CHECK(code_of(content::document_folder(about)) == Code::malformed);
  Content change = content::content_of(content::DocumentChange{random.id<RecordId>(), {}, {}, true});
  CHECK(with_field(change, 6, {2}, content::document_change) == Code::malformed);
}

TEST_CASE("a door names a channel and the countries it is for, in their one form") {
  SeededRandom random(74);
  content::Door door{random.id<ChannelId>(), {"XA", "XB"}};
  auto read = content::document_folder(content::content_of(content::DocumentFolder{"Puerta", {}, door}));
  REQUIRE(read);
  CHECK(read->door == door);
  auto refused = [&](std::vector<std::string> codes) {
    content::DocumentFolder folder{"Puerta", {}, content::Door{door.channel, std::move(codes)}};
    return code_of(content::document_folder(content::content_of(folder)));
  };
  CHECK(refused({}) == Code::malformed);
  CHECK(refused({"XB", "XA"}) == Code::malformed);
  CHECK(refused({"XA", "XA"}) == Code::malformed);
  CHECK(refused({"xa"}) == Code::malformed);
  CHECK(refused({"X"}) == Code::truncated);
  std::vector<std::string> many;
  for (char a = 'A'; a <= 'Z'; ++a) {
    for (char b = 'A'; b <= 'Z' && many.size() <= content::countries_max; ++b) many.push_back({a, b});
  }
  CHECK(refused(many) == Code::too_large);
  many.pop_back();
  CHECK(refused(many) == Code::none);
}

TEST_CASE("a file's name is one name, never a path") {
  CHECK(content::is_file_name("Acta de la XIV Reunión.pdf"));
  CHECK(content::is_file_name(std::string(content::file_name_bytes_max, 'x')));
  for (const char* name : {"", ".", "..", "a/b", "a\\b", "a\nb", "a\x7f", "\xff"}) {
    INFO(name);
    CHECK_FALSE(content::is_file_name(name));
  }
  CHECK_FALSE(content::is_file_name(std::string(content::file_name_bytes_max + 1, 'x')));
  content::DocumentFolder folder{"a/b", {}};
  CHECK(code_of(content::document_folder(content::content_of(folder))) == Code::malformed);
}
