#include "server/host/backup_door.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/unit/server/host/temporary_folder.h"

using namespace encuentro;
using namespace encuentro::server::host;
using encuentro::tests::TemporaryFolder;

namespace {

std::unique_ptr<BackupDoor> opened(
    const std::filesystem::path& data, std::function<Status(const std::string& target)> copy,
    std::function<Status()> recovered = [] { return Status{}; }) {
  auto door = BackupDoor::open(data, std::move(copy), std::move(recovered));
  REQUIRE(door);
  return std::move(*door);
}

// What the door answers to raw bytes.
std::string answer_to(const std::filesystem::path& data, const std::string& request) {
  const int connection = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (data / "backup.socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::send(connection, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  ::shutdown(connection, SHUT_WR);
  std::string answer(64, '\0');
  const ssize_t got = ::recv(connection, answer.data(), answer.size(), 0);
  ::close(connection);
  answer.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return answer;
}

}  // namespace

TEST_CASE("a backup is asked of the server that runs, by an absolute path") {
  TemporaryFolder folder;
  std::string asked;
  const auto door = opened(folder.path(), [&](const std::string& target) {
    asked = target;
    return Status{};
  });
  CHECK(ask_for_backup(folder.path(), "relative/place"));
  CHECK(asked == std::filesystem::current_path() / "relative/place");
}

TEST_CASE("why the server couldn't is said") {
  TemporaryFolder folder;
  const auto door = opened(folder.path(), [](const std::string&) -> Status { return fail(Code::storage_full); });
  const auto asked = ask_for_backup(folder.path(), "/somewhere");
  REQUIRE_FALSE(asked);
  CHECK(asked.error().ends_with("can't make the backup: storage_full"));
}

TEST_CASE("the word that what was lost has been given back reaches the server, and its refusal whoever said it") {
  TemporaryFolder folder;
  unsigned told = 0;
  Status answer;
  const auto door = opened(
      folder.path(), [](const std::string&) -> Status { return fail(Code::storage_full); },
      [&] {
        ++told;
        return answer;
      });
  CHECK(tell_recovered(folder.path()));
  answer = fail(Code::storage_failed);
  CHECK(tell_recovered(folder.path()).error().ends_with("can't note that: storage_failed"));
  CHECK(told == 2);
  CHECK(answer_to(folder.path(), "recovered now\n") == "malformed\n");
}

TEST_CASE("with no server there is nobody to ask") {
  TemporaryFolder folder;
  CHECK_FALSE(ask_for_backup(folder.path(), "/somewhere"));
  CHECK_FALSE(ask_for_backup(folder.path() / "absent", "/somewhere"));
  {
    const auto door = opened(folder.path(), [](const std::string&) { return Status{}; });
    CHECK(std::filesystem::exists(folder.path() / "backup.socket"));
  }
  CHECK_FALSE(std::filesystem::exists(folder.path() / "backup.socket"));
  CHECK_FALSE(ask_for_backup(folder.path(), "/somewhere"));
}

TEST_CASE("a socket left behind by a killed server is replaced") {
  TemporaryFolder folder;
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (folder.path() / "backup.socket").string().copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(left);
  const auto door = opened(folder.path(), [](const std::string&) { return Status{}; });
  CHECK(ask_for_backup(folder.path(), "/somewhere"));
}

TEST_CASE("a long folder name is no obstacle, and nobody else may enter") {
  TemporaryFolder folder;
  const auto deep = folder.path() / std::string(120, 'x');
  std::filesystem::create_directories(deep);
  const auto door = opened(deep, [](const std::string&) { return Status{}; });
  CHECK(ask_for_backup(deep, "/somewhere"));
  struct stat status{};
  REQUIRE(::stat((deep / "backup.socket").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("anything but one request line is answered by no copy") {
  TemporaryFolder folder;
  int copies = 0;
  const auto door = opened(folder.path(), [&](const std::string&) {
    ++copies;
    return Status{};
  });
  CHECK(answer_to(folder.path(), "restore /x\n") == "malformed\n");
  CHECK(answer_to(folder.path(), "backup \n") == "malformed\n");
  CHECK(answer_to(folder.path(), "backup relative\n") == "malformed\n");
  CHECK(answer_to(folder.path(), "backup /unfinished").empty());
  CHECK(answer_to(folder.path(), "backup /" + std::string(backup_request_bytes_max, 'x') + "\n").empty());
  CHECK_FALSE(ask_for_backup(folder.path(), "/two\nlines"));
  CHECK(copies == 0);
  CHECK(answer_to(folder.path(), "backup /x\n") == "ok\n");
  CHECK(copies == 1);
}
