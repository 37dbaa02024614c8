#include "aviso/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

namespace encuentro::aviso {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t file_bytes_max = 1024;  // a notice is far shorter

// Nothing: it is gone (its member came in), or isn't a file.
std::optional<SpoolFile> read_one(const fs::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  struct stat facts{};
  std::optional<SpoolFile> found;
  if (::fstat(file, &facts) == 0 && S_ISREG(facts.st_mode)) {
    found =
        SpoolFile{path, {facts.st_mtim.tv_sec * 1000 + facts.st_mtim.tv_nsec / 1'000'000}, Bytes(file_bytes_max + 1)};
    const auto read = ::read(file, found->bytes.data(), found->bytes.size());
    const bool fits = read >= 0 && static_cast<std::size_t>(read) <= file_bytes_max;
    found->bytes.resize(fits ? static_cast<std::size_t>(read) : 0);
  }
  ::close(file);
  return found;
}

}  // namespace

std::expected<std::vector<SpoolFile>, std::string> read_spool(const fs::path& folder) {
  std::error_code failed;
  fs::directory_iterator at(folder, failed);
  std::vector<SpoolFile> files;
  for (const fs::directory_iterator end; !failed && at != end; at.increment(failed)) {
    if (at->path().filename().string().starts_with('.')) continue;
    if (auto file = read_one(at->path())) files.push_back(std::move(*file));
  }
  if (failed) return std::unexpected("can't read " + folder.string() + ": " + failed.message());
  std::ranges::sort(files, {}, [](const SpoolFile& file) { return std::pair(file.written, file.path); });
  return files;
}

void take_away(const SpoolFile& file) {
  std::error_code ignored;
  fs::remove(file.path, ignored);
}

}  // namespace encuentro::aviso
