#include "server/host/founding_code.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>

#include "protocol/codec/base64url.h"

namespace encuentro::server::host {

namespace {

constexpr std::size_t code_bytes = 16;

std::filesystem::path file_in(const std::filesystem::path& data) { return data / "founding-code"; }

}  // namespace

std::expected<std::string, std::string> founding_code(const std::filesystem::path& data, Random& random) {
  auto file = file_in(data);
  std::string code;
  if (std::ifstream there(file); there >> code && code.size() == codec::base64url_chars(code_bytes)) return code;
  std::array<std::uint8_t, code_bytes> bytes{};
  random.fill(bytes);
  code = codec::to_base64url(bytes);
  int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return std::unexpected("can't write " + file.string());
  std::string line = code + "\n";
  bool written = ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  written = ::close(descriptor) == 0 && written;
  if (!written) return std::unexpected("can't write " + file.string());
  return code;
}

void forget_founding_code(const std::filesystem::path& data) {
  std::error_code ignored;
  std::filesystem::remove(file_in(data), ignored);
}

}  // namespace encuentro::server::host
