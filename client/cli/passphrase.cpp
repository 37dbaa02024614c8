#include "client/cli/passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "protocol/base/limits.h"

namespace encuentro::client::cli {
namespace {

// Reads up to the first line end into wiped memory.
Result<SecretBytes> first_line(int descriptor) {
  SecretBytes buffer(limits::passphrase_bytes_max + 1);
  std::size_t size = 0;
  while (size < buffer.size()) {
    ssize_t got = read(descriptor, buffer.span().data() + size, 1);
    if (got <= 0 || buffer.view()[size] == '\n') break;
    ++size;
  }
  if (size > limits::passphrase_bytes_max) return fail(Code::too_large, "R78", limits::passphrase_bytes_max, size);
  if (size > 0 && buffer.view()[size - 1] == '\r') --size;
  buffer.shrink(size);
  return buffer;
}

// Echo off for as long as it lives.
class Silence {
 public:
  explicit Silence(int terminal) : terminal_(terminal) {
    active_ = tcgetattr(terminal_, &before_) == 0;
    if (!active_) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(terminal_, TCSAFLUSH, &quiet);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;
  ~Silence() {
    if (active_) tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  termios before_{};
  bool active_ = false;
};

}  // namespace

Result<SecretBytes> passphrase_from_file(const std::string& path) {
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(Code::no_profile, "passphrase-file");
  auto line = first_line(file);
  close(file);
  return line;
}

Result<SecretBytes> passphrase_from_terminal(const std::string& prompt) {
  int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return fail(Code::no_profile, "terminal");
  std::string question = prompt + " ";
  [[maybe_unused]] ssize_t asked = write(terminal, question.data(), question.size());
  auto line = [&] {
    Silence silence(terminal);
    return first_line(terminal);
  }();
  [[maybe_unused]] ssize_t ended = write(terminal, "\n", 1);
  close(terminal);
  return line;
}

Result<SecretBytes> read_passphrase(const std::optional<std::string>& file, const std::string& prompt) {
  if (file) return passphrase_from_file(*file);
  const char* named = std::getenv("ENCUENTRO_PASSPHRASE_FILE");
  if (named != nullptr && *named != '\0') return passphrase_from_file(named);
  return passphrase_from_terminal(prompt);
}

}  // namespace encuentro::client::cli
