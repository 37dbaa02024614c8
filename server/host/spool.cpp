#include "server/host/spool.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace encuentro::server::host {

namespace {

namespace fs = std::filesystem;

// All of it, durably, under its name; or nothing.
bool write_file(const fs::path& folder, const std::string& name, const Bytes& bytes) {
  const fs::path unfinished = folder / ("." + name);
  const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  bool written = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  written = ::fdatasync(file) == 0 && written;
  written = ::close(file) == 0 && written;
  std::error_code failed;
  if (written) fs::rename(unfinished, folder / name, failed);
  if (written && !failed) return true;
  fs::remove(unfinished, failed);
  return false;
}

}  // namespace

std::expected<std::unique_ptr<FileSpool>, std::string> FileSpool::open(fs::path folder,
                                                                       std::function<void(const char*)> trouble,
                                                                       std::size_t files_max) {
  std::error_code failed;
  const bool fresh = fs::create_directories(folder, failed);
  if (fresh && !failed) fs::permissions(folder, fs::perms::owner_all, failed);
  if (failed) return std::unexpected("can't make " + folder.string() + ": " + failed.message());
  return std::unique_ptr<FileSpool>(new FileSpool(std::move(folder), std::move(trouble), files_max));
}

FileSpool::FileSpool(fs::path folder, std::function<void(const char*)> trouble, std::size_t files_max)
    : folder_(std::move(folder)), trouble_(std::move(trouble)), files_max_(files_max), thread_([this] { run(); }) {}

FileSpool::~FileSpool() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    there_.notify_one();
  }
  thread_.join();
}

void FileSpool::note(const api::SpooledNotice& notice) {
  std::lock_guard lock(mutex_);
  // Who can't write so fast tells fewer people, and holds no more memory.
  if (waiting_.size() >= files_max_) return;
  waiting_[notice.name()] = notice.encode();
  there_.notify_one();
}

void FileSpool::withdraw(const Bytes& handle) {
  std::lock_guard lock(mutex_);
  waiting_[api::SpooledNotice{api::SpooledNotice::ordinary, api::NoticeInterval::immediate, handle}.name()] =
      std::nullopt;
  there_.notify_one();
}

void FileSpool::flush() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return waiting_.empty() && !working_; });
}

void FileSpool::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    there_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    auto next = waiting_.extract(waiting_.begin());
    working_ = true;
    lock.unlock();
    if (next.mapped()) {
      write(next.key(), *next.mapped());
    } else {
      std::error_code ignored;
      fs::remove(folder_ / next.key(), ignored);
    }
    lock.lock();
    working_ = false;
    if (waiting_.empty()) idle_.notify_all();
  }
}

std::size_t FileSpool::files() const {
  std::error_code failed;
  std::size_t count = 0;
  for (fs::directory_iterator at(folder_, failed), end; !failed && at != end; at.increment(failed)) ++count;
  return count;
}

void FileSpool::write(const std::string& name, const Bytes& bytes) {
  std::error_code failed;
  // What waits there says the same.
  if (fs::exists(folder_ / name, failed)) return;
  if (files() >= files_max_) return trouble_("spool_full");
  if (!write_file(folder_, name, bytes)) trouble_("spool_failed");
}

}  // namespace encuentro::server::host
