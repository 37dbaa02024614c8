// Tests: client/core/done_book.cpp client/core/upload_plan.cpp client/cli/documents/upload_plan.cpp
//        client/cli/documents/file.cpp
#include "client/core/done_book.h"

#include <unistd.h>

#include <fstream>

#include "client/cli/documents/file.h"
#include "client/cli/documents/upload_plan.h"
#include "protocol/crypto/hash.h"
#include "tests/support/decoder_checks.h"
#include "tests/support/seeded_random.h"

using namespace encuentro;
using namespace encuentro::client::cli;
using encuentro::client::core::DoneBook;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path;
  Folder() {
    std::string made = (fs::temp_directory_path() / "encuentro-documents-XXXXXX").string();
    REQUIRE(mkdtemp(made.data()) != nullptr);
    path = made;
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  fs::path write(const std::string& name, std::size_t bytes, char with = 'x') const {
    std::ofstream(path / name, std::ios::binary) << std::string(bytes, with);
    return path / name;
  }
};

constexpr Timestamp noon{1'764'000'000'000};

}  // namespace

TEST_CASE("what is through is kept in blocks and counts for a while") {
  tests::SeededRandom random(5);
  DoneBook book(40);
  std::map<std::uint32_t, Bytes> kept;
  for (std::uint32_t i : {0u, 3u, 15u, 16u, 39u}) book.mark(i, random.id<BlobId>());
  for (auto& [part, bytes] : book.take_changed(noon)) kept[part] = bytes;
  CHECK(kept.size() == 3);
  CHECK(book.take_changed(noon).empty());
  kept[0] = {1, 2, 3};  // the plan's own

  DoneBook again(40);
  again.load(kept, noon + minutes(29), minutes(30));
  CHECK(again.count() == 5);
  CHECK(again.chunks() == book.chunks());
  CHECK(again.missing().size() == 35);
  CHECK(again.missing().front() == 1);

  DoneBook late(40);
  late.load(kept, noon + minutes(31), minutes(30));
  CHECK(late.count() == 0);
}

TEST_CASE("blocks that don't fit are passed over, a book is complete with its last chunk") {
  DoneBook book(2);
  book.load({{1, {1, 2}}, {2, Bytes(8 + 32, 1)}, {9, Bytes(400, 7)}}, Timestamp{}, days(36500));
  CHECK(book.count() == 0);
  tests::SeededRandom random(6);
  book.mark(0, random.id<BlobId>());
  CHECK_FALSE(book.complete());
  book.mark(0, random.id<BlobId>());
  CHECK_FALSE(book.complete());
  book.mark(1, random.id<BlobId>());
  CHECK(book.complete());
  CHECK_FALSE(book.due());
}

TEST_CASE("a plan holds each chunk's hash and the file's, and reads back") {
  Folder folder;
  tests::SeededRandom random(7);
  auto channel = random.id<ChannelId>();
  auto source = folder.write("a.bin", limits::chunk_bytes + 5);
  std::uint64_t told = 0;
  auto plan = plan_upload(channel, source, random, [&](std::uint64_t bytes) { told = bytes; });
  REQUIRE(plan.has_value());
  CHECK(told == limits::chunk_bytes + 5);
  REQUIRE(plan->chunks.size() == 2);
  CHECK(plan->chunks[1] == crypto::sha256({as_bytes("xxxxx")}));
  CHECK(plan->content == crypto::sha256({as_bytes(std::string(limits::chunk_bytes + 5, 'x'))}));
  tests::check_decoder(plan->encode(), [](BytesView bytes) -> Result<Bytes> {
    TRY(UploadPlan read, UploadPlan::decode(bytes));
    return read.encode();
  });
}

TEST_CASE("a plan describes its own file as it was") {
  Folder folder;
  tests::SeededRandom random(8);
  auto channel = random.id<ChannelId>();
  auto source = folder.write("a.bin", 10);
  auto plan = plan_upload(channel, source, random, [](std::uint64_t) {});
  CHECK(describes(*plan, channel, source));
  CHECK_FALSE(describes(*plan, random.id<ChannelId>(), source));
  CHECK_FALSE(describes(*plan, channel, folder.write("b.bin", 10)));
  folder.write("a.bin", 11);
  CHECK(is_of(*plan, channel, source));
  CHECK_FALSE(describes(*plan, channel, source));
}

TEST_CASE("a file that isn't there or is too large is refused before anything is read") {
  Folder folder;
  tests::SeededRandom random(9);
  auto none = [](std::uint64_t) {};
  CHECK(tests::code_of(plan_upload({}, folder.path / "nothing", random, none)) == Code::not_found);
  CHECK(tests::code_of(plan_upload({}, folder.path, random, none)) == Code::not_found);
  auto source = folder.write("large", 0);
  fs::resize_file(source, content::file_bytes_max + 1);
  CHECK(tests::code_of(plan_upload({}, source, random, none)) == Code::too_large);
}

TEST_CASE("files are read and written at any place, and an early end is told") {
  Folder folder;
  auto file = File::open_to_write(folder.path / "f");
  REQUIRE(file.has_value());
  REQUIRE(file->write(4, as_bytes("there")));
  REQUIRE(file->write(0, as_bytes("here")));
  Bytes read(9);
  REQUIRE(file->read(0, read));
  CHECK(as_text(read) == "herethere");
  CHECK(tests::code_of(file->read(1, read)) == Code::storage_failed);
  REQUIRE(file->resize(4));
  REQUIRE(file->sync());
  CHECK(fs::file_size(folder.path / "f") == 4);
  CHECK((fs::status(folder.path / "f").permissions() & fs::perms::all) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(tests::code_of(File::open_to_read(folder.path / "g")) == Code::not_found);
}
