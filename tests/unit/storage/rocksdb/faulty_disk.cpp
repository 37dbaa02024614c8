#include "tests/unit/storage/rocksdb/faulty_disk.h"

#include <filesystem>
#include <fstream>
#include <optional>

namespace encuentro::storage::test {
namespace {

namespace fs = std::filesystem;
using rocksdb::FileOptions;
using rocksdb::FSDirectory;
using rocksdb::FSWritableFile;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<FSWritableFile> file, std::string name, FaultyDisk& disk)
      : FSWritableFileOwnerWrapper(std::move(file)), name_(std::move(name)), disk_(disk) {}

  using FSWritableFileOwnerWrapper::Append;
  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    if (const auto status = disk_.change(); !status.ok()) return status;
    return FSWritableFileOwnerWrapper::Append(data, options, debug);
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo& info,
                  IODebugContext* debug) override {
    if (const auto status = disk_.change(); !status.ok()) return status;
    return FSWritableFileOwnerWrapper::Append(data, options, info, debug);
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override { return sync(options, debug); }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return sync(options, debug); }

 private:
  // The disk's memory is what is synced here; the machine's needn't be, and tests are faster for it.
  IOStatus sync(const IOOptions& options, IODebugContext* debug) {
    auto status = disk_.sync();
    if (status.ok()) status = Flush(options, debug);
    if (status.ok()) disk_.synced(name_, GetFileSize(options, debug));
    return status;
  }

  std::string name_;
  FaultyDisk& disk_;
};

class FaultyDirectory final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyDirectory(std::unique_ptr<FSDirectory> directory, std::string name, FaultyDisk& disk)
      : FSDirectoryWrapper(std::move(directory)), name_(std::move(name)), disk_(disk) {}

  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return sync(); }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*, const rocksdb::DirFsyncOptions&) override {
    return sync();
  }

 private:
  IOStatus sync() {
    auto status = disk_.sync();
    if (status.ok()) disk_.directory_synced(name_);
    return status;
  }

  std::string name_;
  FaultyDisk& disk_;
};

std::string normal(const std::string& name) { return fs::path(name).lexically_normal().string(); }

std::string directory_of(const std::string& name) { return fs::path(normal(name)).parent_path().string(); }

std::optional<std::string> content(const std::string& name) {
  std::ifstream file(name, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

void FaultyDisk::fail_from(std::size_t n, Fault fault) {
  const std::scoped_lock lock(mutex_);
  changes_left_ = n;
  fault_ = fault;
}

void FaultyDisk::fail_sync_from(std::size_t n, Fault fault) {
  const std::scoped_lock lock(mutex_);
  syncs_left_ = n;
  fault_ = fault;
}

void FaultyDisk::heal() {
  const std::scoped_lock lock(mutex_);
  changes_left_ = 0;
  syncs_left_ = 0;
  failing_ = false;
}

bool FaultyDisk::failed() const {
  const std::scoped_lock lock(mutex_);
  return failing_;
}

IOStatus FaultyDisk::error() const {
  return fault_ == Fault::no_space ? IOStatus::NoSpace("injected") : IOStatus::IOError("injected");
}

IOStatus FaultyDisk::count_down(std::size_t& left) {
  if (left > 0 && --left == 0) failing_ = true;
  return failing_ ? error() : IOStatus::OK();
}

IOStatus FaultyDisk::change() {
  const std::scoped_lock lock(mutex_);
  return count_down(changes_left_);
}

IOStatus FaultyDisk::sync() {
  const std::scoped_lock lock(mutex_);
  const auto status = count_down(syncs_left_);
  return status.ok() ? count_down(changes_left_) : status;
}

void FaultyDisk::synced(const std::string& name, std::uint64_t size) {
  const std::scoped_lock lock(mutex_);
  synced_size_[normal(name)] = size;
}

void FaultyDisk::directory_synced(const std::string& directory) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(undo_, [name = normal(directory)](const Undo& undo) { return undo.directory == name; });
}

void FaultyDisk::lose_power() {
  const std::scoped_lock lock(mutex_);
  for (const auto& [name, size] : synced_size_) {
    std::error_code gone;
    if (fs::file_size(name, gone) > size && !gone) fs::resize_file(name, size);
  }
  for (auto undo = undo_.rbegin(); undo != undo_.rend(); ++undo) undo->run();
  undo_.clear();
  synced_size_.clear();
}

IOStatus FaultyDisk::NewWritableFile(const std::string& name, const FileOptions& options,
                                     std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) {
  if (const auto status = change(); !status.ok()) return status;
  const auto status = FileSystemWrapper::NewWritableFile(name, options, result, debug);
  if (!status.ok()) return status;
  *result = std::make_unique<FaultyFile>(std::move(*result), name, *this);
  const std::scoped_lock lock(mutex_);
  synced_size_[normal(name)] = 0;
  undo_.push_back({directory_of(name), [name] { fs::remove(name); }});
  return status;
}

IOStatus FaultyDisk::ReopenWritableFile(const std::string& name, const FileOptions& options,
                                        std::unique_ptr<FSWritableFile>* result, IODebugContext* debug) {
  if (const auto status = change(); !status.ok()) return status;
  const auto status = FileSystemWrapper::ReopenWritableFile(name, options, result, debug);
  if (status.ok()) *result = std::make_unique<FaultyFile>(std::move(*result), name, *this);
  return status;
}

IOStatus FaultyDisk::NewDirectory(const std::string& name, const IOOptions& options,
                                  std::unique_ptr<FSDirectory>* result, IODebugContext* debug) {
  const auto status = FileSystemWrapper::NewDirectory(name, options, result, debug);
  if (status.ok()) *result = std::make_unique<FaultyDirectory>(std::move(*result), name, *this);
  return status;
}

IOStatus FaultyDisk::RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                                IODebugContext* debug) {
  if (const auto status = change(); !status.ok()) return status;
  const auto replaced = content(to);
  const auto status = FileSystemWrapper::RenameFile(from, to, options, debug);
  if (!status.ok()) return status;
  const std::scoped_lock lock(mutex_);
  if (const auto known = synced_size_.extract(normal(from)); !known.empty()) synced_size_[normal(to)] = known.mapped();
  undo_.push_back({directory_of(to), [from, to, replaced] {
                     std::error_code gone;
                     fs::rename(to, from, gone);
                     if (replaced) std::ofstream(to, std::ios::binary) << *replaced;
                   }});
  return status;
}

IOStatus FaultyDisk::DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* debug) {
  if (const auto status = change(); !status.ok()) return status;
  const std::scoped_lock lock(mutex_);
  synced_size_.erase(normal(name));
  return FileSystemWrapper::DeleteFile(name, options, debug);
}

IOStatus FaultyDisk::GetFreeSpace(const std::string& path, const IOOptions& options, std::uint64_t* bytes,
                                  IODebugContext* debug) {
  const std::uint64_t told = free_bytes_;
  if (told == ~0ull) return FileSystemWrapper::GetFreeSpace(path, options, bytes, debug);
  *bytes = told;
  return IOStatus::OK();
}

}  // namespace encuentro::storage::test
