// Takes away what nothing refers to: uploads that no entry has pinned within a week, chunks of uploads that expired or
// were deleted, blobs that no entry names a day after they came, and gives the quota back. Runs beside the service's
// other work, a step at a time.
//
// A chunk is the same file for every channel and upload that holds it, so whoever knows another's sealed bytes could
// put them again and let them expire: each holder has a row of its own, and the file goes with the last row of all.
#pragma once

#include <set>

#include "server/service/channel_book.h"
#include "server/service/quotas.h"

namespace encuentro::server::service {

inline constexpr Duration upload_life = hours(7 * 24);
inline constexpr Duration blob_life = hours(24);

class Sweeper {
 public:
  struct Report {
    std::size_t uploads = 0;
    std::size_t rows = 0;
    std::size_t blobs = 0;
  };

  Sweeper(Ports& ports, ChannelBook& channels, Quotas& quotas) : ports_(ports), channels_(channels), quotas_(quotas) {}

  bool running() const { return running_; }
  // Not while running. Errors of the store end it; the next run goes on where it was.
  void run(storage::Done<Report> done);

  // While a blob is being put it isn't taken away, and while it is being taken away it isn't put (the client asks
  // again).
  bool begin_put(const BlobId& id);
  void end_put(const BlobId& id);

 private:
  void next_channel();
  void scan(const ChannelId& id, std::string after);
  void judge(const ChannelId& id, const storage::RecordPage& page);
  void erase_rows(const ChannelId& id);
  void next_blob();
  void look_for(const BlobId& id, std::vector<ChannelId> where);
  void release_quotas(std::vector<UploadId> gone);
  void finish(Status status);

  Ports& ports_;
  ChannelBook& channels_;
  Quotas& quotas_;
  bool running_ = false;
  storage::Done<Report> done_;
  Report report_;
  std::vector<ChannelId> waiting_;
  std::vector<std::string> rows_;  // of the channel at hand, to be erased
  std::set<BlobId> loose_;         // lost a row: to be erased if that was the last one
  std::multiset<BlobId> putting_;
  std::optional<BlobId> erasing_;
};

}  // namespace encuentro::server::service
