#include "storage/rocksdb/jobs.h"

#include "storage/admission.h"
#include "storage/judgement.h"

namespace encuentro::storage::rocks {
namespace {

class BatchState final : public PartitionState {
 public:
  BatchState(Batch& batch, const PartitionId& partition, Head head)
      : batch_(batch), partition_(partition), head_(head) {}

  Result<Head> head() override { return head_; }
  Result<std::optional<Bytes>> record(const std::string& key) override {
    TRY(const auto row, batch_.row(record_key(partition_, RowKind::record, key)));
    if (!row) return std::nullopt;
    return to_bytes(as_bytes(*row));
  }
  Result<std::optional<std::uint64_t>> seq_of(BytesView request_id) override {
    TRY(const auto row, batch_.row(record_key(partition_, RowKind::request, as_text(request_id))));
    if (!row) return std::nullopt;
    TRY(const std::uint64_t seq, decode_number(*row));
    return seq;
  }

 private:
  Batch& batch_;
  const PartitionId& partition_;
  Head head_;
};

class CommitJob final : public Job {
 public:
  CommitJob(ChangeSet change, Done<CommitResult> done)
      : change_(std::move(change)), done_(std::move(done)), bytes_(size_of(change_).bytes) {}

  void stage(Batch& batch) override { verdict_ = judge_and_stage(batch); }
  void written() override { done_(std::move(verdict_)); }
  // A refusal was judged on top of change sets that are in doubt now, so its head can't be told; but it wrote nothing.
  void lost(Error error) override {
    if (verdict_ && verdict_->outcome == Outcome::stored) return done_(CommitResult{});
    done_(std::unexpected(verdict_ ? error : verdict_.error()));
  }
  void refused(Error error) override { done_(std::unexpected(error)); }
  std::size_t bytes() const override { return bytes_; }
  std::optional<Hint> news() const override { return news_; }

 private:
  Result<CommitResult> judge_and_stage(Batch& batch) {
    const PartitionId& partition = change_.partition;
    TRY(HeadRow row, batch.head(partition));
    BatchState state(batch, partition, row.head);
    TRY(const CommitResult verdict, judge(change_, state));
    if (verdict.outcome != Outcome::stored) return verdict;
    std::uint64_t seq = row.head.seq;
    for (const auto& write : change_.writes) {
      if (const auto* append = std::get_if<Append>(&write)) {
        batch.put_entry(partition, ++seq, append->request_id, append->body);
      } else if (const auto* put = std::get_if<Put>(&write)) {
        batch.put_row(record_key(partition, RowKind::record, put->key), as_text(put->value));
      } else if (const auto* erase = std::get_if<Erase>(&write)) {
        batch.erase_row(record_key(partition, RowKind::record, erase->key));
      }
    }
    if (seq > row.head.seq) news_ = Hint{partition, seq};
    row.head = verdict.head;
    batch.put_head(partition, row);
    return verdict;
  }

  ChangeSet change_;
  Done<CommitResult> done_;
  std::size_t bytes_;
  Result<CommitResult> verdict_;
  std::optional<Hint> news_;
};

class TakeJob final : public Job {
 public:
  TakeJob(PartitionId partition, std::string prefix, Bytes request_id, Done<std::optional<Record>> done)
      : partition_(std::move(partition)),
        prefix_(std::move(prefix)),
        request_id_(std::move(request_id)),
        done_(std::move(done)) {}

  void stage(Batch& batch) override { taken_ = take(batch); }
  void written() override { done_(std::move(taken_)); }
  void lost(Error error) override { done_(std::unexpected(error)); }
  void refused(Error error) override { done_(std::unexpected(error)); }
  std::size_t bytes() const override { return partition_.id.size() + prefix_.size() + request_id_.size(); }

 private:
  Result<std::optional<Record>> take(Batch& batch) {
    TRY_OK(batch.head(partition_));
    const std::string taken_key = record_key(partition_, RowKind::taken, as_text(request_id_));
    TRY(const auto known, batch.row(taken_key));
    if (known) {
      TRY(Record record, decode_taken(*known));
      return record;
    }
    TRY(auto record, batch.first_record(partition_, prefix_));
    if (!record) return std::nullopt;
    batch.erase_row(record_key(partition_, RowKind::record, record->key));
    batch.put_row(taken_key, encode_taken(*record));
    return record;
  }

  PartitionId partition_;
  std::string prefix_;
  Bytes request_id_;
  Done<std::optional<Record>> done_;
  Result<std::optional<Record>> taken_;
};

class TrimJob final : public Job {
 public:
  TrimJob(PartitionId partition, std::uint64_t below_seq, Done<void> done)
      : partition_(std::move(partition)), below_seq_(below_seq), done_(std::move(done)) {}

  void stage(Batch& batch) override { trimmed_ = trim(batch); }
  void written() override { done_(trimmed_); }
  void lost(Error error) override { done_(std::unexpected(error)); }
  void refused(Error error) override { done_(std::unexpected(error)); }
  std::size_t bytes() const override { return partition_.id.size(); }

 private:
  Status trim(Batch& batch) {
    TRY(HeadRow row, batch.head(partition_));
    if (below_seq_ > row.head.seq + 1) return fail(Code::bad_sequence, "", row.head.seq + 1, below_seq_);
    if (below_seq_ <= row.first_kept) return {};
    batch.erase_entries(partition_, row.first_kept, below_seq_);
    row.first_kept = below_seq_;
    batch.put_head(partition_, row);
    return {};
  }

  PartitionId partition_;
  std::uint64_t below_seq_;
  Done<void> done_;
  Status trimmed_;
};

}  // namespace

std::unique_ptr<Job> commit_job(ChangeSet change, Done<CommitResult> done) {
  return std::make_unique<CommitJob>(std::move(change), std::move(done));
}

std::unique_ptr<Job> take_job(PartitionId partition, std::string prefix, Bytes request_id,
                              Done<std::optional<Record>> done) {
  return std::make_unique<TakeJob>(std::move(partition), std::move(prefix), std::move(request_id), std::move(done));
}

std::unique_ptr<Job> trim_job(PartitionId partition, std::uint64_t below_seq, Done<void> done) {
  return std::make_unique<TrimJob>(std::move(partition), below_seq, std::move(done));
}

}  // namespace encuentro::storage::rocks
