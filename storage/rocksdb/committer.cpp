#include "storage/rocksdb/committer.h"

#include <pthread.h>
#include <rocksdb/file_system.h>

#include <unordered_map>

namespace encuentro::storage::rocks {
namespace {

using namespace std::chrono_literals;

constexpr auto mark_sync_idle = 50ms;
constexpr auto mark_sync_busy = 1s;
constexpr std::size_t job_bytes = 256;  // what a queued job costs beside its payload, roughly

}  // namespace

Result<std::uint64_t> free_bytes(const std::shared_ptr<rocksdb::FileSystem>& file_system,
                                 const std::string& directory) {
  rocksdb::FileSystem& disk = file_system ? *file_system : *rocksdb::FileSystem::Default();
  std::uint64_t bytes = 0;
  const auto status = disk.GetFreeSpace(directory, {}, &bytes, nullptr);
  if (!status.ok()) return std::unexpected(error_of(status));
  return bytes;
}

Committer::Committer(CommitterOptions options, DatabaseSlot& slot, Mark mark, LocalFeed& feed)
    : options_(std::move(options)), slot_(slot), mark_(std::move(mark)), feed_(feed), thread_([this] { run(); }) {}

Committer::~Committer() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Committer::submit(std::unique_ptr<Job> job) {
  const std::size_t bytes = job->bytes() + job_bytes;
  {
    std::unique_lock lock(mutex_);
    if (queued_bytes_ + bytes > options_.queue_bytes_max) {
      lock.unlock();
      return job->refused({Code::overloaded});
    }
    queued_bytes_ += bytes;
    queue_.push_back(std::move(job));
    if (queue_.size() > 1) return;  // it was woken for the first one
  }
  wake_.notify_one();
}

void Committer::run() {
  ::pthread_setname_np(::pthread_self(), "store-commit");
  std::vector<std::unique_ptr<Job>> jobs;
  while (wait_for_jobs(jobs)) {
    if (!jobs.empty()) process(jobs);
    tend_mark(jobs.empty());
    if (health() != Code::none) try_to_heal();
    jobs.clear();
  }
  // Best effort: what can't be flushed stays in the log, what can't be synced leaves an older mark.
  if (Database* database = slot_.get(); database != nullptr && health() == Code::none) {
    [[maybe_unused]] const Status flushed = database->flush();
  }
  [[maybe_unused]] const Status synced = mark_.sync();
}

// Returns false at the end. `jobs` is empty when only time has passed.
bool Committer::wait_for_jobs(std::vector<std::unique_ptr<Job>>& jobs) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, patience(), [this] { return ending_ || !queue_.empty(); });
  jobs.swap(queue_);
  queued_bytes_ = 0;
  return !jobs.empty() || !ending_;
}

Committer::Clock::duration Committer::patience() const {
  if (health() != Code::none) return std::chrono::milliseconds(options_.retry_ms);
  return mark_.synced() ? Clock::duration(1h) : Clock::duration(mark_sync_idle);
}

void Committer::process(Jobs jobs) {
  while (!jobs.empty()) {
    if (health() == Code::none && below_reserve()) set_health(Code::storage_full);
    std::size_t count = 0;
    for (std::size_t bytes = 0; count < jobs.size() && bytes < options_.batch_bytes_max; ++count) {
      bytes += jobs[count]->bytes();
    }
    carry_out(jobs.first(count));
    jobs = jobs.subspan(count);
  }
}

void Committer::carry_out(Jobs jobs) {
  if (health() != Code::none) {
    for (const auto& job : jobs) job->refused({health(), "R80"});
    return;
  }
  Batch batch(*slot_.get());
  for (const auto& job : jobs) job->stage(batch);
  if (const Status status = write(batch); !status) {
    write_failed_ = true;
    set_health(status.error().code);
    for (const auto& job : jobs) job->lost(status.error());
    return;
  }
  for (const auto& job : jobs) job->written();
  announce(jobs);
}

Status Committer::write(Batch& batch) {
  if (batch.empty()) return {};
  if (const auto status = batch.write(); !status.ok()) {
    return fail(status.IsNoSpace() ? Code::storage_full : Code::storage_failed, "R80");
  }
  return mark_.advance(slot_.get()->db().GetLatestSequenceNumber());
}

// One hint a partition, for its newest entry.
void Committer::announce(Jobs jobs) {
  std::unordered_map<PartitionId, std::uint64_t> newest;
  for (const auto& job : jobs) {
    if (auto news = job->news()) newest[std::move(news->partition)] = news->seq;
  }
  for (const auto& [partition, seq] : newest) feed_.announce(Hint{partition, seq});
}

bool Committer::below_reserve() const {
  const auto free = free_bytes(options_.database.file_system, options_.directory);
  return free && *free < options_.reserve_bytes;
}

void Committer::set_health(Code health) {
  next_attempt_ = Clock::now() + std::chrono::milliseconds(options_.retry_ms);
  if (health_.exchange(health) != health && options_.on_health) options_.on_health(health);
}

void Committer::try_to_heal() {
  if (Clock::now() < next_attempt_) return;
  next_attempt_ = Clock::now() + std::chrono::milliseconds(options_.retry_ms);
  if (below_reserve()) return;
  if (write_failed_) reopen();
  if (!write_failed_) set_health(Code::none);
}

// If it can't be opened for writing yet, at least reading goes on.
void Committer::reopen() {
  const auto open = [this](Database::Access access) -> std::unique_ptr<Database> {
    OpenReport report;
    auto opened = Database::open(options_.directory, options_.database, access, mark_.value().sequence, report);
    return opened ? std::move(*opened) : nullptr;
  };
  slot_.replace([&] {
    auto database = open(Database::Access::read_write);
    write_failed_ = database == nullptr;
    return database ? std::move(database) : open(Database::Access::read_only);
  });
}

void Committer::tend_mark(bool idle) {
  const auto now = Clock::now();
  if (mark_.synced() || (!idle && now < next_mark_sync_)) return;
  next_mark_sync_ = now + mark_sync_busy;
  if (!mark_.sync()) {
    write_failed_ = true;
    set_health(Code::storage_failed);
  }
}

}  // namespace encuentro::storage::rocks
