#include "storage/rocksdb/rocks_store.h"

#include <filesystem>

#include "storage/admission.h"
#include "storage/rocksdb/backup.h"
#include "storage/rocksdb/layout.h"
#include "storage/rocksdb/reads.h"

namespace encuentro::storage {
namespace {

// The mark of the store in `directory`, made together with the directory if there is no store yet.
Result<rocks::Mark> open_mark(const std::string& directory) {
  auto mark = rocks::Mark::open(rocks::mark_path(directory));
  if (mark || mark.error().code != Code::not_found) return mark;
  std::error_code ignored;
  // A database without its mark can't be told from a shortened one.
  if (std::filesystem::exists(rocks::database_path(directory), ignored)) return fail(Code::storage_failed, "R81");
  std::error_code failed;
  std::filesystem::create_directories(directory, failed);
  if (failed) return fail(Code::storage_failed, "R80");
  TRY_OK(rocks::Mark::create(rocks::mark_path(directory), {}));
  return rocks::Mark::open(rocks::mark_path(directory));
}

}  // namespace

Result<std::unique_ptr<RocksStore>> RocksStore::open(RocksStoreOptions options) {
  std::unique_ptr<RocksStore> store(new RocksStore(std::move(options)));
  TRY_OK(store->start());
  return store;
}

Status RocksStore::start() {
  TRY(rocks::Mark mark, open_mark(options_.directory));
  const std::string database_directory = rocks::database_path(options_.directory);
  const std::uint64_t acknowledged = mark.value().sequence;
  TRY(auto database, rocks::Database::open(database_directory, options_.database, rocks::Database::Access::read_write,
                                           acknowledged, report_));
  if (report_.recovered < acknowledged) {  // the operator accepted it
    TRY_OK(mark.write({mark.value().generation + 1, report_.recovered}));
    TRY_OK(mark.sync());
  }
  generation_ = mark.value().generation;
  options_.database.accept_lost_tail = false;
  TRY(blobs_, rocks::BlobFiles::open({rocks::blobs_path(options_.directory), options_.database.file_system,
                                      options_.blob_lanes, 64, 2 * options_.reserve_bytes}));
  slot_.replace([&database] { return std::move(database); });
  rocks::CommitterOptions committer;
  committer.directory = database_directory;
  committer.database = options_.database;
  committer.queue_bytes_max = options_.queue_bytes_max;
  committer.reserve_bytes = options_.reserve_bytes;
  committer.retry_ms = options_.retry_ms;
  committer.on_health = options_.on_health;
  committer_ = std::make_unique<rocks::Committer>(std::move(committer), slot_, std::move(mark), feed_);
  readers_ = std::make_unique<rocks::WorkerPool>(options_.readers, options_.reads_queued_max);
  return {};
}

RocksStore::~RocksStore() = default;

Status RocksStore::copy_to(const std::string& directory) {
  return slot_.use([&](rocks::Database& database) {
    return rocks::write_backup(database, options_.directory, directory, generation_);
  });
}

void RocksStore::commit(ChangeSet change, Done<CommitResult> done) {
  if (const Status admitted = admit(change); !admitted) return done(std::unexpected(admitted.error()));
  committer_->submit(rocks::commit_job(std::move(change), std::move(done)));
}

void RocksStore::take_one(PartitionId partition, std::string prefix, Bytes request_id,
                          Done<std::optional<Record>> done) {
  Status admitted = admit_partition(partition);
  if (admitted) admitted = admit_prefix(prefix);
  if (admitted) admitted = admit_request_id(request_id);
  if (!admitted) return done(std::unexpected(admitted.error()));
  committer_->submit(rocks::take_job(std::move(partition), std::move(prefix), std::move(request_id), std::move(done)));
}

void RocksStore::trim_log(PartitionId partition, std::uint64_t below_seq, Done<void> done) {
  if (const Status admitted = admit_partition(partition); !admitted) {
    return done(std::unexpected(admitted.error()));
  }
  committer_->submit(rocks::trim_job(std::move(partition), below_seq, std::move(done)));
}

// Runs `read(database, partition)` on a reader's thread.
template <class T, class Read>
void RocksStore::read(const Status& admitted, const PartitionId& partition, Done<T> done, Read read) {
  if (!admitted) return done(std::unexpected(admitted.error()));
  const std::size_t lane = std::hash<PartitionId>()(partition);
  // Held by pointer so that a task that isn't taken can still be answered.
  auto answer = std::make_shared<Done<T>>(std::move(done));
  auto task = [this, partition, read = std::move(read), answer] {
    (*answer)(slot_.use([&](rocks::Database& database) { return read(database, partition); }));
  };
  if (!readers_->submit(lane, std::move(task))) (*answer)(fail(Code::overloaded));
}

void RocksStore::head(PartitionId partition, Done<Head> done) {
  read(admit_partition(partition), partition, std::move(done),
       [](rocks::Database& database, const PartitionId& of) { return rocks::read_head(database, of); });
}

void RocksStore::read_log(PartitionId partition, std::uint64_t from_seq, PageLimit limit, Done<LogPage> done) {
  Status admitted = admit_partition(partition);
  if (admitted) admitted = admit_page(limit);
  read(admitted, partition, std::move(done), [from_seq, limit](rocks::Database& database, const PartitionId& of) {
    return rocks::read_log_page(database, of, from_seq, limit);
  });
}

void RocksStore::find_request(PartitionId partition, Bytes request_id, Done<std::optional<std::uint64_t>> done) {
  Status admitted = admit_partition(partition);
  if (admitted) admitted = admit_request_id(request_id);
  read(admitted, partition, std::move(done),
       [request_id = std::move(request_id)](rocks::Database& database, const PartitionId& of) {
         return rocks::read_request(database, of, request_id);
       });
}

void RocksStore::get(PartitionId partition, std::string key, Done<std::optional<Bytes>> done) {
  Status admitted = admit_partition(partition);
  if (admitted) admitted = admit_key(key);
  read(admitted, partition, std::move(done), [key = std::move(key)](rocks::Database& database, const PartitionId& of) {
    return rocks::read_record(database, of, key);
  });
}

void RocksStore::scan(PartitionId partition, std::string prefix, std::string after, PageLimit limit,
                      Done<RecordPage> done) {
  Status admitted = admit_partition(partition);
  if (admitted) admitted = admit_prefix(prefix);
  if (admitted) admitted = admit_prefix(after);
  if (admitted) admitted = admit_page(limit);
  read(admitted, partition, std::move(done),
       [prefix = std::move(prefix), after = std::move(after), limit](rocks::Database& database, const PartitionId& of) {
         return rocks::read_record_page(database, of, prefix, after, limit);
       });
}

}  // namespace encuentro::storage
