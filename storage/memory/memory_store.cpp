#include "storage/memory/memory_store.h"

#include "storage/admission.h"
#include "storage/judgement.h"

namespace encuentro::storage {

class MemoryStore::State final : public PartitionState {
 public:
  explicit State(const Partition& partition) : partition_(partition) {}
  Result<Head> head() override { return partition_.head; }
  Result<std::optional<Bytes>> record(const std::string& key) override {
    const auto found = partition_.records.find(key);
    if (found == partition_.records.end()) return std::nullopt;
    return found->second;
  }
  Result<std::optional<std::uint64_t>> seq_of(BytesView request_id) override {
    const auto found = partition_.seq_of_request.find(to_bytes(request_id));
    if (found == partition_.seq_of_request.end()) return std::nullopt;
    return found->second;
  }

 private:
  const Partition& partition_;
};

void MemoryStore::sync() {
  std::deque<Answer> answers;
  {
    const std::scoped_lock lock(mutex_);
    for (auto& pending : waiting_) answers.push_back(pending());
    waiting_.clear();
  }
  for (auto& answer : answers) answer();
}

void MemoryStore::crash(std::size_t reached_disk) {
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < waiting_.size() && i < reached_disk; ++i) waiting_[i]();
  waiting_.clear();
}

std::size_t MemoryStore::waiting() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

std::size_t MemoryStore::calls() const {
  const std::scoped_lock lock(mutex_);
  return calls_;
}

void MemoryStore::fail_call(std::size_t n, Error error) {
  const std::scoped_lock lock(mutex_);
  faults_[calls_ + n] = error;
}

void MemoryStore::leave_undecided(std::size_t n, bool stored) {
  const std::scoped_lock lock(mutex_);
  faults_[calls_ + n] = Undecided{stored};
}

MemoryStore::Snapshot MemoryStore::snapshot() const {
  const std::scoped_lock lock(mutex_);
  Snapshot snapshot;
  snapshot.partitions_ = partitions_;
  snapshot.blobs_ = blobs_;
  return snapshot;
}

void MemoryStore::put_back(const Snapshot& snapshot) {
  const std::scoped_lock lock(mutex_);
  partitions_ = snapshot.partitions_;
  blobs_ = snapshot.blobs_;
  waiting_.clear();
}

std::vector<PartitionId> MemoryStore::partitions() const {
  const std::scoped_lock lock(mutex_);
  std::vector<PartitionId> found;
  for (const auto& [id, partition] : partitions_) found.push_back(id);
  return found;
}

void MemoryStore::fail_all(Error error) {
  const std::scoped_lock lock(mutex_);
  failing_ = error;
}

MemoryStore::Fault MemoryStore::next_fault() {
  const std::scoped_lock lock(mutex_);
  ++calls_;
  if (failing_.code != Code::none) return failing_;
  const auto marked = faults_.extract(calls_);
  return marked.empty() ? Fault{} : marked.mapped();
}

// Answers for the call if it is to fail; its own admission comes first, as in every store.
template <class T>
bool MemoryStore::refused(const Fault& fault, const Status& admitted, Done<T>& done) {
  if (!admitted) {
    done(std::unexpected(admitted.error()));
    return true;
  }
  if (const auto* error = std::get_if<Error>(&fault)) {
    done(std::unexpected(*error));
    return true;
  }
  return false;
}

void MemoryStore::write(PendingWrite write) {
  Answer answer;
  {
    const std::scoped_lock lock(mutex_);
    if (syncing_ == Syncing::by_hand) {
      waiting_.push_back(std::move(write));
      return;
    }
    answer = write();
  }
  answer();
}

// Reading a partition must not make it exist.
MemoryStore::Partition& MemoryStore::existing_or_empty(const PartitionId& partition) {
  const auto found = partitions_.find(partition);
  return found == partitions_.end() ? empty_ : found->second;
}

Result<CommitResult> MemoryStore::apply(const ChangeSet& change) {
  State state(existing_or_empty(change.partition));
  TRY(const CommitResult verdict, judge(change, state));
  if (verdict.outcome != Outcome::stored) return verdict;
  Partition& partition = partitions_[change.partition];
  for (const auto& write : change.writes) {
    if (const auto* append = std::get_if<Append>(&write)) {
      const std::uint64_t seq = ++partition.head.seq;
      partition.log[seq] = LogEntry{seq, append->request_id, append->body};
      partition.seq_of_request[append->request_id] = seq;
    } else if (const auto* put = std::get_if<Put>(&write)) {
      partition.records[put->key] = put->value;
    } else if (const auto* erase = std::get_if<Erase>(&write)) {
      partition.records.erase(erase->key);
    }
  }
  partition.head = verdict.head;
  return verdict;
}

void MemoryStore::commit(ChangeSet change, Done<CommitResult> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit(change), done)) return;
  const auto* undecided = std::get_if<Undecided>(&fault);
  if (undecided != nullptr && !undecided->stored) return done(CommitResult{});
  write([this, change = std::move(change), undecided = undecided != nullptr, done = std::move(done)]() mutable {
    const std::uint64_t seq_before = existing_or_empty(change.partition).head.seq;
    auto result = apply(change);
    return Answer([this, undecided, seq_before, result = std::move(result), partition = std::move(change.partition),
                   done = std::move(done)]() mutable {
      const bool grew = result && result->outcome == Outcome::stored && result->head.seq > seq_before;
      const std::uint64_t seq = grew ? result->head.seq : 0;
      done(undecided ? Result<CommitResult>(CommitResult{}) : std::move(result));
      if (grew) feed_.announce(Hint{partition, seq});
    });
  });
}

void MemoryStore::head(PartitionId partition, Done<Head> done) {
  if (refused(next_fault(), admit_partition(partition), done)) return;
  Head head;
  {
    const std::scoped_lock lock(mutex_);
    head = existing_or_empty(partition).head;
  }
  done(head);
}

void MemoryStore::read_log(PartitionId partition, std::uint64_t from_seq, PageLimit limit, Done<LogPage> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit_partition(partition), done) || refused(Fault{}, admit_page(limit), done)) return;
  LogPage page;
  {
    const std::scoped_lock lock(mutex_);
    const Partition& found = existing_or_empty(partition);
    page.first_kept = found.first_kept;
    std::size_t bytes = 0;
    for (auto next = found.log.lower_bound(from_seq); next != found.log.end(); ++next) {
      bytes += next->second.body.size();
      page.more = page.entries.size() == limit.items_max || (!page.entries.empty() && bytes > limit.bytes_max);
      if (page.more) break;
      page.entries.push_back(next->second);
    }
  }
  done(std::move(page));
}

void MemoryStore::find_request(PartitionId partition, Bytes request_id, Done<std::optional<std::uint64_t>> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit_partition(partition), done)) return;
  if (refused(Fault{}, admit_request_id(request_id), done)) return;
  std::optional<std::uint64_t> seq;
  {
    const std::scoped_lock lock(mutex_);
    const Partition& found = existing_or_empty(partition);
    const auto known = found.seq_of_request.find(request_id);
    if (known != found.seq_of_request.end()) seq = known->second;
  }
  done(seq);
}

void MemoryStore::get(PartitionId partition, std::string key, Done<std::optional<Bytes>> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit_partition(partition), done) || refused(Fault{}, admit_key(key), done)) return;
  std::optional<Bytes> value;
  {
    const std::scoped_lock lock(mutex_);
    const Partition& found = existing_or_empty(partition);
    const auto record = found.records.find(key);
    if (record != found.records.end()) value = record->second;
  }
  done(std::move(value));
}

void MemoryStore::scan(PartitionId partition, std::string prefix, std::string after, PageLimit limit,
                       Done<RecordPage> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit_partition(partition), done) || refused(Fault{}, admit_prefix(prefix), done)) return;
  if (refused(Fault{}, admit_prefix(after), done) || refused(Fault{}, admit_page(limit), done)) return;
  RecordPage page;
  {
    const std::scoped_lock lock(mutex_);
    const auto& records = existing_or_empty(partition).records;
    auto next = after < prefix ? records.lower_bound(prefix) : records.upper_bound(after);
    std::size_t bytes = 0;
    for (; next != records.end() && next->first.starts_with(prefix); ++next) {
      bytes += next->second.size();
      page.more = page.records.size() == limit.items_max || (!page.records.empty() && bytes > limit.bytes_max);
      if (page.more) break;
      page.records.push_back(Record{next->first, next->second});
    }
  }
  done(std::move(page));
}

std::optional<Record> MemoryStore::take(const PartitionId& partition, const std::string& prefix,
                                        const Bytes& request_id) {
  const auto found = partitions_.find(partition);
  if (found == partitions_.end()) return std::nullopt;
  auto& records = found->second.records;
  auto& taken = found->second.taken;
  if (const auto known = taken.find(request_id); known != taken.end()) return known->second;
  const auto first = records.lower_bound(prefix);
  if (first == records.end() || !first->first.starts_with(prefix)) return std::nullopt;
  Record record{first->first, std::move(first->second)};
  records.erase(first);
  taken[request_id] = record;
  return record;
}

void MemoryStore::take_one(PartitionId partition, std::string prefix, Bytes request_id,
                           Done<std::optional<Record>> done) {
  const Fault fault = next_fault();
  if (refused(fault, admit_partition(partition), done) || refused(Fault{}, admit_prefix(prefix), done)) return;
  if (refused(Fault{}, admit_request_id(request_id), done)) return;
  write([this, partition = std::move(partition), prefix = std::move(prefix), request_id = std::move(request_id),
         done = std::move(done)]() mutable {
    return Answer(
        [record = take(partition, prefix, request_id), done = std::move(done)]() mutable { done(std::move(record)); });
  });
}

Status MemoryStore::trim(const PartitionId& partition, std::uint64_t below_seq) {
  const std::uint64_t head_seq = existing_or_empty(partition).head.seq;
  if (below_seq > head_seq + 1) return fail(Code::bad_sequence, "", head_seq + 1, below_seq);
  Partition& found = partitions_[partition];
  found.log.erase(found.log.begin(), found.log.lower_bound(below_seq));
  found.first_kept = std::max(found.first_kept, below_seq);
  return {};
}

void MemoryStore::trim_log(PartitionId partition, std::uint64_t below_seq, Done<void> done) {
  if (refused(next_fault(), admit_partition(partition), done)) return;
  write([this, partition = std::move(partition), below_seq, done = std::move(done)]() mutable {
    return Answer([trimmed = trim(partition, below_seq), done = std::move(done)]() mutable { done(trimmed); });
  });
}

void MemoryStore::put(BlobId id, Bytes bytes, Done<BlobPut> done) {
  if (refused(next_fault(), admit_blob(bytes), done)) return;
  write([this, id, bytes = std::move(bytes), done = std::move(done)]() mutable {
    const bool written = blobs_.try_emplace(id, std::move(bytes)).second;
    return Answer(
        [written, done = std::move(done)]() mutable { done(written ? BlobPut::written : BlobPut::already_there); });
  });
}

void MemoryStore::get(BlobId id, std::uint64_t offset, std::uint64_t length, Done<Bytes> done) {
  if (refused(next_fault(), {}, done)) return;
  Result<Bytes> part = fail(Code::not_found);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = blobs_.find(id); found != blobs_.end()) {
      BytesView rest = found->second;
      rest = rest.subspan(std::min<std::uint64_t>(offset, rest.size()));
      part = to_bytes(rest.first(std::min<std::uint64_t>(length, rest.size())));
    }
  }
  done(std::move(part));
}

void MemoryStore::size(BlobId id, Done<std::uint64_t> done) {
  if (refused(next_fault(), {}, done)) return;
  Result<std::uint64_t> size = fail(Code::not_found);
  {
    const std::scoped_lock lock(mutex_);
    if (const auto found = blobs_.find(id); found != blobs_.end()) size = found->second.size();
  }
  done(size);
}

void MemoryStore::erase(BlobId id, Done<void> done) {
  if (refused(next_fault(), {}, done)) return;
  write([this, id, done = std::move(done)]() mutable {
    blobs_.erase(id);
    return Answer([done = std::move(done)]() mutable { done({}); });
  });
}

}  // namespace encuentro::storage
