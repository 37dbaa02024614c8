#include "client/cli/ui/entrance.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

extern char** environ;

namespace encuentro::client::cli::ui {

namespace fs = std::filesystem;

namespace {

// The address holds nothing that HTML would read otherwise: letters, digits, ':', '/', '#', '.'.
std::string page_for(const std::string& address) {
  return "<!doctype html>\n<html lang=\"es\"><head><meta charset=\"utf-8\" />\n"
         "<meta name=\"referrer\" content=\"no-referrer\" />\n"
         "<meta http-equiv=\"refresh\" content=\"0;url=" +
         address + "\" />\n<title>Encuentro</title></head>\n<body><p><a href=\"" + address +
         "\">Encuentro</a></p></body></html>\n";
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::string address_of(const std::string& origin, const std::string& token) { return origin + "/#/enter/" + token; }

Entrance::Entrance(const fs::path& home, std::uint16_t port)
    : file_(fs::absolute(home) / "ui" / (std::to_string(port) + ".html")) {}

Entrance::~Entrance() { unlink(file_.c_str()); }

Status Entrance::write(const std::string& address) {
  const fs::path folder = file_.parent_path();
  std::error_code failed;
  fs::create_directories(folder.parent_path().parent_path(), failed);
  for (const fs::path& own : {folder.parent_path(), folder}) {
    if (mkdir(own.c_str(), 0700) != 0 && errno != EEXIST) return fail(Code::storage_failed, "entrance");
  }
  // Beside it and renamed: nobody reads half, and what somebody put there is replaced, not followed.
  const fs::path fresh = file_.string() + ".new";
  unlink(fresh.c_str());
  int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return fail(Code::storage_failed, "entrance");
  bool good = write_all(file, page_for(address));
  good = close(file) == 0 && good;
  if (!good || rename(fresh.c_str(), file_.c_str()) != 0) return fail(Code::storage_failed, "entrance");
  return {};
}

// By a shell that goes on by itself: xdg-open may last as long as the browser does.
bool open_in_browser(const fs::path& file) {
  const std::string path = file.string();
  std::array<std::string, 5> words = {
      "sh", "-c", "command -v xdg-open >/dev/null || exit 1; xdg-open \"$1\" </dev/null >/dev/null 2>&1 &", "sh", path};
  std::array<char*, 6> arguments{};
  for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
  pid_t child = 0;
  if (posix_spawnp(&child, "sh", nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace encuentro::client::cli::ui
