#include "server/host/backup_door.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include "protocol/base/check.h"

namespace encuentro::server::host {

namespace {

using Failure = std::unexpected<std::string>;

constexpr int request_ms_max = 5000;
constexpr std::string_view verb = "backup ";
constexpr std::string_view recovered_request = "recovered";
constexpr const char* socket_name = "backup.socket";

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return descriptor_; }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

std::string because(const std::string& what) { return what + ": " + std::strerror(errno); }

// A socket's address has 108 bytes, a data folder's path may have more: the folder is named by its descriptor.
sockaddr_un address_in(const Descriptor& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/" + socket_name;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

const sockaddr* generic(const sockaddr_un& address) { return reinterpret_cast<const sockaddr*>(&address); }

// Up to the line's end, without it; nullopt if it doesn't come in time, in room, or at all.
std::optional<std::string> read_line(int connection, int ms_max) {
  std::string line;
  while (line.size() < backup_request_bytes_max) {
    pollfd waiting{connection, POLLIN, 0};
    char next = 0;
    if (::poll(&waiting, 1, ms_max) <= 0 || ::read(connection, &next, 1) != 1) return std::nullopt;
    if (next == '\n') return line;
    line.push_back(next);
  }
  return std::nullopt;
}

bool write_line(int connection, std::string line) {
  line.push_back('\n');
  return ::send(connection, line.data(), line.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(line.size());
}

}  // namespace

std::expected<std::unique_ptr<BackupDoor>, std::string> BackupDoor::open(
    const std::filesystem::path& data, std::function<Status(const std::string& target)> copy,
    std::function<Status()> recovered) {
  const std::filesystem::path socket = data / socket_name;
  const Descriptor folder(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  Descriptor stop(::eventfd(0, EFD_CLOEXEC));
  if (folder.get() < 0 || listener.get() < 0 || stop.get() < 0) return Failure(because("no door for backups"));
  std::error_code failed;
  std::filesystem::remove(socket, failed);
  const sockaddr_un address = address_in(folder);
  if (::bind(listener.get(), generic(address), sizeof address) != 0 || ::chmod(socket.c_str(), 0600) != 0 ||
      ::listen(listener.get(), 4) != 0) {
    return Failure(because("can't make " + socket.string()));
  }
  return std::unique_ptr<BackupDoor>(
      new BackupDoor(listener.release(), stop.release(), socket, std::move(copy), std::move(recovered)));
}

BackupDoor::BackupDoor(int listener, int stop, std::filesystem::path socket,
                       std::function<Status(const std::string&)> copy, std::function<Status()> recovered)
    : listener_(listener),
      stop_(stop),
      socket_(std::move(socket)),
      copy_(std::move(copy)),
      recovered_(std::move(recovered)),
      thread_([this] { serve(); }) {}

BackupDoor::~BackupDoor() {
  ENC_CHECK(::eventfd_write(stop_, 1) == 0);
  thread_.join();
  ::close(listener_);
  ::close(stop_);
  std::error_code ignored;
  std::filesystem::remove(socket_, ignored);
}

void BackupDoor::serve() {
  for (;;) {
    pollfd waiting[] = {{stop_, POLLIN, 0}, {listener_, POLLIN, 0}};
    if (::poll(waiting, 2, -1) < 0 && errno != EINTR) return;
    if (waiting[0].revents != 0) return;
    if (waiting[1].revents == 0) continue;
    const Descriptor connection(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0) answer(connection.get());
  }
}

void BackupDoor::answer(int connection) {
  const auto request = read_line(connection, request_ms_max);
  if (!request) return;
  const std::string_view text = *request;
  if (text == recovered_request) {
    const Status ended = recovered_();
    write_line(connection, ended ? "ok" : std::string(name(ended.error().code)));
    return;
  }
  if (!text.starts_with(verb) || text.size() == verb.size() || text[verb.size()] != '/') {
    write_line(connection, std::string(name(Code::malformed)));
    return;
  }
  const Status copied = copy_(std::string(text.substr(verb.size())));
  write_line(connection, copied ? "ok" : std::string(name(copied.error().code)));
}

namespace {

// The answer's line, or a sentence why there is none.
std::expected<std::string, std::string> ask(const std::filesystem::path& data, const std::string& request,
                                            const std::string& what) {
  const std::string holder = "the server that holds " + data.string();
  const Descriptor folder(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  const Descriptor connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (folder.get() < 0 || connection.get() < 0) return Failure(because("can't ask " + holder));
  const sockaddr_un address = address_in(folder);
  if (::connect(connection.get(), generic(address), sizeof address) != 0)
    return Failure(because("can't ask " + holder));
  if (!write_line(connection.get(), request)) return Failure(because("can't ask " + holder));
  auto answered = read_line(connection.get(), -1);
  if (!answered) return Failure(holder + " stopped before " + what);
  return *answered;
}

}  // namespace

std::expected<void, std::string> ask_for_backup(const std::filesystem::path& data,
                                                const std::filesystem::path& target) {
  // The server has another working folder.
  std::error_code failed;
  const std::filesystem::path absolute = std::filesystem::absolute(target, failed);
  const std::string request = std::string(verb) + absolute.string();
  if (failed || request.size() >= backup_request_bytes_max || request.find('\n') != std::string::npos) {
    return Failure("the backup can't be named " + target.string());
  }
  const auto answered = ask(data, request, "the backup was made");
  if (!answered) return Failure(answered.error());
  if (*answered != "ok")
    return Failure("the server that holds " + data.string() + " can't make the backup: " + *answered);
  return {};
}

std::expected<void, std::string> tell_recovered(const std::filesystem::path& data) {
  const auto answered = ask(data, std::string(recovered_request), "it had noted that");
  if (!answered) return Failure(answered.error());
  if (*answered != "ok") return Failure("the server that holds " + data.string() + " can't note that: " + *answered);
  return {};
}

}  // namespace encuentro::server::host
