#include "storage/rocksdb/blob_files.h"

#include <array>

#include "storage/admission.h"
#include "storage/rocksdb/committer.h"

namespace encuentro::storage::rocks {
namespace {

Status status_of(const rocksdb::IOStatus& status) {
  if (status.ok()) return {};
  if (status.IsNotFound() || status.IsPathNotFound()) return fail(Code::not_found);
  return fail(status.IsNoSpace() ? Code::storage_full : Code::storage_failed, "R80");
}

std::string shard_name(unsigned shard) { return to_hex(std::array{static_cast<std::uint8_t>(shard)}); }

}  // namespace

std::string blob_path(const BlobId& id) {
  const std::string hex = to_hex(id.view());
  return hex.substr(0, 2) + "/" + hex;
}

BlobFiles::BlobFiles(BlobFilesOptions options)
    : options_(std::move(options)),
      disk_(options_.file_system ? *options_.file_system : *rocksdb::FileSystem::Default()),
      workers_(options_.lanes, options_.tasks_max) {}

Result<std::unique_ptr<BlobFiles>> BlobFiles::open(BlobFilesOptions options) {
  std::unique_ptr<BlobFiles> blobs(new BlobFiles(std::move(options)));
  TRY_OK(blobs->prepare());
  return blobs;
}

Status BlobFiles::prepare() {
  const std::string& top = options_.directory;
  const std::string incoming = top + "/" + incoming_directory;
  TRY_OK(status_of(disk_.CreateDirIfMissing(top, {}, nullptr)));
  TRY_OK(status_of(disk_.CreateDirIfMissing(incoming, {}, nullptr)));
  std::vector<std::string> left_over;
  TRY_OK(status_of(disk_.GetChildren(incoming, {}, &left_over, nullptr)));
  for (const auto& name : left_over) TRY_OK(status_of(disk_.DeleteFile(incoming + "/" + name, {}, nullptr)));
  return sync_directory(top);
}

// One id, one lane: a put that finds the blob there comes after the sync of the put that wrote it.
template <class T, class Work>
void BlobFiles::submit(const BlobId& id, Done<T> done, Work work) {
  // Held by pointer so that a task that isn't taken can still be answered.
  auto answer = std::make_shared<Done<T>>(std::move(done));
  if (!workers_.submit(id.view()[1], [work = std::move(work), answer]() mutable { (*answer)(work()); })) {
    (*answer)(fail(Code::overloaded));
  }
}

void BlobFiles::put(BlobId id, Bytes bytes, Done<BlobPut> done) {
  if (const Status admitted = admit_blob(bytes); !admitted) return done(std::unexpected(admitted.error()));
  submit(id, std::move(done), [this, id, bytes = std::move(bytes)] { return write(id, bytes); });
}

void BlobFiles::get(BlobId id, std::uint64_t offset, std::uint64_t length, Done<Bytes> done) {
  submit(id, std::move(done), [this, id, offset, length] { return read(id, offset, length); });
}

void BlobFiles::size(BlobId id, Done<std::uint64_t> done) {
  submit(id, std::move(done), [this, id] { return size_of_file(id); });
}

void BlobFiles::erase(BlobId id, Done<void> done) {
  submit(id, std::move(done), [this, id] { return remove(id); });
}

Result<BlobPut> BlobFiles::write(const BlobId& id, BytesView bytes) {
  const std::string path = options_.directory + "/" + blob_path(id);
  if (const auto size = size_of_file(id); size) {
    // Perhaps by a process that was killed between rename and sync.
    if (!synced_[id.view()[0]]) {
      TRY_OK(make_shard(id));
      TRY_OK(sync_shard(id));
    }
    return BlobPut::already_there;
  }
  TRY(const std::uint64_t free, free_bytes(options_.file_system, options_.directory));
  if (free < options_.reserve_bytes + bytes.size()) return fail(Code::storage_full, "R80");

  if (!synced_[id.view()[0]]) TRY_OK(make_shard(id));
  const std::string aside = options_.directory + "/" + incoming_directory + "/" + to_hex(id.view());
  rocksdb::FileOptions file_options;
  file_options.use_mmap_writes = false;
  std::unique_ptr<rocksdb::FSWritableFile> file;
  TRY_OK(status_of(disk_.NewWritableFile(aside, file_options, &file, nullptr)));
  const rocksdb::Slice content(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  Status written = status_of(file->Append(content, {}, nullptr));
  if (written) written = status_of(file->Sync({}, nullptr));
  if (const Status closed = status_of(file->Close({}, nullptr)); written) written = closed;
  if (written) written = status_of(disk_.RenameFile(aside, path, {}, nullptr));
  if (!written) {
    // What stays behind is removed at the next open.
    [[maybe_unused]] const Status removed = status_of(disk_.DeleteFile(aside, {}, nullptr));
    return std::unexpected(written.error());
  }
  if (const Status synced = sync_shard(id); !synced) {
    // Not durable under its name: it must not be found there by the next put.
    [[maybe_unused]] const Status removed = status_of(disk_.DeleteFile(path, {}, nullptr));
    return std::unexpected(synced.error());
  }
  return BlobPut::written;
}

Result<Bytes> BlobFiles::read(const BlobId& id, std::uint64_t offset, std::uint64_t length) {
  TRY(const std::uint64_t size, size_of_file(id));
  Bytes bytes(std::min(length, size - std::min(offset, size)));
  if (bytes.empty()) return bytes;
  std::unique_ptr<rocksdb::FSRandomAccessFile> file;
  const std::string path = options_.directory + "/" + blob_path(id);
  TRY_OK(status_of(disk_.NewRandomAccessFile(path, {}, &file, nullptr)));
  rocksdb::Slice found;
  TRY_OK(status_of(file->Read(offset, bytes.size(), {}, &found, reinterpret_cast<char*>(bytes.data()), nullptr)));
  if (found.size() != bytes.size()) return fail(Code::storage_failed, "R81", bytes.size(), found.size());
  if (found.data() != reinterpret_cast<const char*>(bytes.data())) {
    std::copy(found.data(), found.data() + found.size(), bytes.begin());
  }
  return bytes;
}

Result<std::uint64_t> BlobFiles::size_of_file(const BlobId& id) {
  std::uint64_t size = 0;
  const std::string path = options_.directory + "/" + blob_path(id);
  TRY_OK(status_of(disk_.FileExists(path, {}, nullptr)));
  TRY_OK(status_of(disk_.GetFileSize(path, {}, &size, nullptr)));
  return size;
}

Status BlobFiles::remove(const BlobId& id) {
  const Status removed = status_of(disk_.DeleteFile(options_.directory + "/" + blob_path(id), {}, nullptr));
  if (!removed) return removed.error().code == Code::not_found ? Status{} : removed;
  return sync_shard(id);
}

Status BlobFiles::make_shard(const BlobId& id) {
  const std::string directory = options_.directory + "/" + shard_name(id.view()[0]);
  TRY_OK(status_of(disk_.CreateDirIfMissing(directory, {}, nullptr)));
  return sync_directory(options_.directory);
}

Status BlobFiles::sync_shard(const BlobId& id) {
  TRY_OK(sync_directory(options_.directory + "/" + shard_name(id.view()[0])));
  synced_[id.view()[0]] = true;
  return {};
}

Status BlobFiles::sync_directory(const std::string& directory) {
  std::unique_ptr<rocksdb::FSDirectory> opened;
  TRY_OK(status_of(disk_.NewDirectory(directory, {}, &opened, nullptr)));
  TRY_OK(status_of(opened->Fsync({}, nullptr)));
  return status_of(opened->Close({}, nullptr));
}

}  // namespace encuentro::storage::rocks
