#include "client/cli/documents/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace encuentro::client::cli {
namespace {

std::unexpected<Error> failure() {
  return fail(errno == ENOSPC || errno == EDQUOT ? Code::storage_full : Code::storage_failed, "file", 0,
              static_cast<std::uint64_t>(errno));
}

}  // namespace

Result<File> File::open_to_read(const std::filesystem::path& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(Code::not_found, "file");
  return File(descriptor);
}

Result<File> File::open_to_write(const std::filesystem::path& path) {
  int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return failure();
  return File(descriptor);
}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (descriptor_ >= 0) close(descriptor_);
}

Status File::read(std::uint64_t offset, MutableBytes out) const {
  while (!out.empty()) {
    ssize_t got = pread(descriptor_, out.data(), out.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(Code::storage_failed, "file");
    out = out.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return {};
}

Status File::write(std::uint64_t offset, BytesView bytes) const {
  while (!bytes.empty()) {
    ssize_t put = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return failure();
    bytes = bytes.subspan(static_cast<std::size_t>(put));
    offset += static_cast<std::uint64_t>(put);
  }
  return {};
}

Status File::resize(std::uint64_t bytes) const {
  if (ftruncate(descriptor_, static_cast<off_t>(bytes)) != 0) return failure();
  return {};
}

Status File::sync() const {
  if (fsync(descriptor_) != 0) return failure();
  return {};
}

}  // namespace encuentro::client::cli
