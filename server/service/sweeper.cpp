#include "server/service/sweeper.h"

#include "server/service/blob_holder.h"
#include "server/service/partitions.h"

namespace encuentro::server::service {

namespace {

constexpr std::size_t writes_max = 1000;  // in one change set

}  // namespace

bool Sweeper::begin_put(const BlobId& id) {
  if (erasing_ == id) return false;
  putting_.insert(id);
  return true;
}

void Sweeper::end_put(const BlobId& id) { putting_.erase(putting_.find(id)); }

void Sweeper::run(storage::Done<Report> done) {
  ENC_CHECK(!running_);
  running_ = true;
  done_ = std::move(done);
  report_ = {};
  waiting_ = channels_.ids();
  loose_.clear();
  next_channel();
}

void Sweeper::finish(Status status) {
  running_ = false;
  auto done = std::move(done_);
  done(status ? Result<Report>(report_) : std::unexpected(status.error()));
}

// Uploads nobody pinned in time go first: from then on their chunks are nobody's.
void Sweeper::next_channel() {
  if (waiting_.empty()) return next_blob();
  const ChannelId id = waiting_.back();
  waiting_.pop_back();
  Channel* channel = channels_.find(id);
  if (channel == nullptr) return next_channel();
  rows_.clear();
  for (const UploadId& upload : channel->expire_uploads(ports_.now() - upload_life)) {
    rows_.push_back(upload_key(upload));
    ++report_.uploads;
  }
  scan(id, "");
}

void Sweeper::scan(const ChannelId& id, std::string after) {
  auto then = [this, id](Result<storage::RecordPage> page) {
    if (!page) return finish(std::unexpected(page.error()));
    judge(id, *page);
    if (page->more) return scan(id, page->records.back().key);
    erase_rows(id);
  };
  ports_.store.scan(channel_partition(id), blob_prefix, std::move(after), {limits::store_page_items_max, limits::MiB},
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

void Sweeper::judge(const ChannelId& id, const storage::RecordPage& page) {
  const Channel* channel = channels_.find(id);
  if (channel == nullptr) return;
  const std::size_t prefix = std::string_view(blob_prefix).size();
  for (const auto& record : page.records) {
    const BytesView key = as_bytes(record.key).subspan(prefix);
    const auto holder = BlobHolder::decode(record.value);
    if (!holder || key.size() != BlobId::bytes + UploadId::bytes) continue;  // an entry's: it stays
    const BytesView owner = key.subspan(BlobId::bytes);
    const bool gone = holder->sort == BlobHolder::Sort::upload ? channel->upload(UploadId(owner)) == nullptr
                                                               : holder->since + blob_life <= ports_.now();
    if (!gone) continue;
    rows_.push_back(record.key);
    loose_.insert(BlobId(key.first(BlobId::bytes)));
    ++report_.rows;
  }
}

void Sweeper::erase_rows(const ChannelId& id) {
  if (rows_.empty()) return next_channel();
  storage::ChangeSet change{channel_partition(id), {}, {}};
  while (!rows_.empty() && change.writes.size() < writes_max) {
    change.writes.push_back(storage::Erase{std::move(rows_.back())});
    rows_.pop_back();
  }
  auto then = [this, id](Result<storage::CommitResult> result) {
    if (!result) return finish(std::unexpected(result.error()));
    erase_rows(id);
  };
  ports_.store.commit(std::move(change), posted<storage::CommitResult>(ports_, std::move(then)));
}

void Sweeper::next_blob() {
  erasing_.reset();
  if (loose_.empty()) {
    std::vector<UploadId> gone;
    for (const auto& [upload, booking] : quotas_.bookings()) {
      const Channel* channel = channels_.find(booking.channel);
      if (channel != nullptr && channel->upload(upload) == nullptr) gone.push_back(upload);
    }
    return release_quotas(std::move(gone));
  }
  const BlobId id = *loose_.begin();
  loose_.erase(loose_.begin());
  if (putting_.contains(id)) return next_blob();
  erasing_ = id;
  look_for(id, channels_.ids());
}

// A row in any channel keeps the file.
void Sweeper::look_for(const BlobId& id, std::vector<ChannelId> where) {
  if (where.empty()) {
    auto then = [this](Result<void> erased) {
      if (!erased) return finish(std::unexpected(erased.error()));
      ++report_.blobs;
      next_blob();
    };
    return ports_.blobs.erase(id, posted<void>(ports_, std::move(then)));
  }
  const ChannelId channel = where.back();
  where.pop_back();
  auto then = [this, id, where = std::move(where)](Result<storage::RecordPage> page) mutable {
    if (!page) return finish(std::unexpected(page.error()));
    if (!page->records.empty()) return next_blob();
    look_for(id, std::move(where));
  };
  ports_.store.scan(channel_partition(channel), blob_key(id), "", {1, limits::KiB},
                    posted<storage::RecordPage>(ports_, std::move(then)));
}

void Sweeper::release_quotas(std::vector<UploadId> gone) {
  if (gone.empty()) return finish({});
  const UploadId upload = gone.back();
  gone.pop_back();
  quotas_.release(upload, [this, gone = std::move(gone)](Result<void> released) mutable {
    if (!released) return finish(std::move(released));
    release_quotas(std::move(gone));
  });
}

}  // namespace encuentro::server::service
