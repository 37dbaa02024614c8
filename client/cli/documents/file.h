// A file read and written at any place by several threads at once. Errors: not_found (can't be opened), storage_full,
// storage_failed.
#pragma once

#include <filesystem>
#include <utility>

#include "protocol/base/bytes.h"
#include "protocol/base/error.h"

namespace encuentro::client::cli {

class File {
 public:
  static Result<File> open_to_read(const std::filesystem::path& path);
  // Made with mode 0600 if it isn't there; what it holds stays.
  static Result<File> open_to_write(const std::filesystem::path& path);
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept;
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File();

  // All of `out`: a file that ends before is storage_failed.
  Status read(std::uint64_t offset, MutableBytes out) const;
  Status write(std::uint64_t offset, BytesView bytes) const;
  Status resize(std::uint64_t bytes) const;
  Status sync() const;

 private:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace encuentro::client::cli
