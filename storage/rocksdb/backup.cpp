#include "storage/rocksdb/backup.h"

#include <fcntl.h>
#include <rocksdb/utilities/checkpoint.h>
#include <unistd.h>

#include <filesystem>

#include "storage/rocksdb/blob_files.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/mark.h"

namespace encuentro::storage::rocks {
namespace {

namespace fs = std::filesystem;

Status status_of(const std::error_code& error) {
  if (!error) return {};
  return fail(error == std::errc::no_space_on_device ? Code::storage_full : Code::storage_failed, "R80");
}

// Of a file or a directory.
Status sync_path(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail(Code::storage_failed, "R80");
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced ? Status{} : fail(Code::storage_failed, "R80");
}

Status copy_and_sync(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  TRY_OK(status_of(error));
  return sync_path(to);
}

// A link costs nothing and blobs never change; on another file system it becomes a copy.
Status link_or_copy(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_hard_link(from, to, error);
  if (!error || error == std::errc::file_exists) return {};
  // Erased since the directory was read: nothing names it any more.
  if (error == std::errc::no_such_file_or_directory) return {};
  return copy_and_sync(from, to);
}

// Carries every file below `from` over to `to` with `carry`; directories are made, and synced when full.
Status carry_tree(const fs::path& from, const fs::path& to, Status (*carry)(const fs::path&, const fs::path&)) {
  std::error_code error;
  fs::create_directories(to, error);
  TRY_OK(status_of(error));
  for (fs::directory_iterator entry(from, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const fs::path name = entry->path().filename();
    if (name == incoming_directory) continue;  // unfinished blobs
    if (entry->is_directory()) {
      TRY_OK(carry_tree(entry->path(), to / name, carry));
    } else {
      TRY_OK(carry(entry->path(), to / name));
    }
  }
  TRY_OK(status_of(error));
  return sync_path(to);
}

// A directory that is being built, under a name nobody takes for the finished one; removed unless it was finished.
class Building {
 public:
  explicit Building(const fs::path& target) : target_(target), path_(target.string() + ".partial") {}
  ~Building() {
    std::error_code ignored;
    if (!finished_) fs::remove_all(path_, ignored);
  }
  Building(const Building&) = delete;
  Building& operator=(const Building&) = delete;

  Status begin() {
    std::error_code error;
    if (fs::exists(target_, error)) return fail(Code::already_exists);
    fs::remove_all(path_, error);
    fs::create_directories(path_, error);
    return status_of(error);
  }
  Status finish() {
    TRY_OK(sync_path(path_));
    std::error_code error;
    fs::rename(path_, target_, error);
    TRY_OK(status_of(error));
    finished_ = true;
    const fs::path parent = target_.parent_path();
    return sync_path(parent.empty() ? fs::path(".") : parent);
  }
  std::string path() const { return path_.string(); }

 private:
  fs::path target_;
  fs::path path_;
  bool finished_ = false;
};

}  // namespace

Status write_backup(Database& database, const std::string& store, const std::string& target, std::uint64_t generation) {
  Building building(target);
  TRY_OK(building.begin());
  // Blobs before and after: one that the checkpoint names was there either when the first pass read the directories or
  // came since, and is there for the second. An erase between the passes takes none away from the first.
  TRY_OK(carry_tree(blobs_path(store), blobs_path(building.path()), link_or_copy));

  rocksdb::Checkpoint* created = nullptr;
  const auto prepared = rocksdb::Checkpoint::Create(&database.db(), &created);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(created);
  if (!prepared.ok()) return std::unexpected(error_of(prepared));
  std::uint64_t sequence = 0;
  const auto copied = checkpoint->CreateCheckpoint(database_path(building.path()), 0, &sequence);
  if (!copied.ok()) return std::unexpected(error_of(copied));

  TRY_OK(carry_tree(blobs_path(store), blobs_path(building.path()), link_or_copy));
  TRY_OK(Mark::create(mark_path(building.path()), {generation, sequence}));
  return building.finish();
}

Status restore_backup(const std::string& backup, const std::string& store, std::uint64_t generation) {
  TRY(const Mark::Value mark, Mark::read(mark_path(backup)));
  if (generation <= mark.generation) return fail(Code::bad_sequence, "R84", mark.generation + 1, generation);
  Building building(store);
  TRY_OK(building.begin());
  TRY_OK(carry_tree(database_path(backup), database_path(building.path()), copy_and_sync));
  TRY_OK(carry_tree(blobs_path(backup), blobs_path(building.path()), copy_and_sync));
  TRY_OK(Mark::create(mark_path(building.path()), {generation, mark.sequence}));
  return building.finish();
}

}  // namespace encuentro::storage::rocks
