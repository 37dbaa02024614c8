#include "server/host/spool.h"

#include <fstream>
#include <iterator>

#include "tests/unit/server/host/temporary_folder.h"

using namespace encuentro;
using namespace encuentro::server;
using encuentro::tests::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

api::SpooledNotice notice(std::uint8_t fill, api::NoticeInterval interval = api::NoticeInterval::daily) {
  return {api::SpooledNotice::ordinary, interval, Bytes(api::notice_handle_bytes, fill)};
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

Bytes read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::unique_ptr<host::FileSpool> open(const fs::path& folder, std::vector<std::string>& troubles,
                                      std::size_t files_max = host::spool_files_max) {
  auto spool = host::FileSpool::open(folder, [&troubles](const char* word) { troubles.emplace_back(word); }, files_max);
  REQUIRE(spool);
  return std::move(*spool);
}

}  // namespace

TEST_CASE("a notice is one whole file, its owner's alone, under a name that says nothing") {
  TemporaryFolder folder;
  std::vector<std::string> troubles;
  auto spool = open(folder.path() / "spool", troubles);
  spool->note(notice(1));
  spool->note(notice(1, api::NoticeInterval::immediate));
  spool->note(notice(2));
  spool->flush();
  auto names = names_in(folder.path() / "spool");
  CHECK(names.size() == 2);
  const fs::path first = folder.path() / "spool" / notice(1).name();
  CHECK(api::SpooledNotice::decode(read(first)));
  CHECK(fs::status(first).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(folder.path() / "spool").permissions() == fs::perms::owner_all);
  CHECK(troubles.empty());
}

TEST_CASE("what waits stays as it is; who has come takes it back; the end waits for what was asked") {
  TemporaryFolder folder;
  std::vector<std::string> troubles;
  const fs::path first = folder.path() / notice(1).name();
  {
    auto spool = open(folder.path(), troubles);
    spool->note(notice(1));
    spool->flush();
    const auto written = fs::last_write_time(first);
    spool->note(notice(1));
    spool->flush();
    CHECK(fs::last_write_time(first) == written);
    spool->withdraw(notice(1).handle);
    spool->flush();
    CHECK_FALSE(fs::exists(first));
    spool->withdraw(notice(1).handle);
    spool->note(notice(1));
  }
  CHECK(fs::exists(first));
  CHECK(troubles.empty());
}

TEST_CASE("a full spool and one that can't be written are told to the log and to nobody else") {
  TemporaryFolder folder;
  std::vector<std::string> troubles;
  {
    auto spool = open(folder.path(), troubles, 2);
    for (std::uint8_t fill = 1; fill <= 3; ++fill) {
      spool->note(notice(fill));
      spool->flush();
    }
  }
  CHECK(names_in(folder.path()).size() == 2);
  CHECK(troubles == std::vector<std::string>{"spool_full"});
  auto spool = open(folder.path() / "gone", troubles);
  fs::remove_all(folder.path() / "gone");
  spool->note(notice(1));
  spool->flush();
  CHECK(troubles == std::vector<std::string>{"spool_full", "spool_failed"});
}

TEST_CASE("a folder that can't be made is named") {
  TemporaryFolder folder;
  std::ofstream(folder.path() / "file") << "x";
  auto spool = host::FileSpool::open(folder.path() / "file" / "spool", [](const char*) {});
  REQUIRE_FALSE(spool);
  CHECK(spool.error().starts_with("can't make "));
}
