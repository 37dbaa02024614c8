// Which chunks of a transfer are through, and under which hash: written to the profile in blocks, so that a transfer
// that was cut off goes on where it was. Part 0 of a kept transfer is whoever's plan it is; blocks follow.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "protocol/base/error.h"
#include "protocol/base/ids.h"
#include "protocol/base/time.h"

namespace encuentro::client::core {

class DoneBook {
 public:
  static constexpr std::uint32_t block_chunks = 16;  // 4 MiB: what at most is sent again

  explicit DoneBook(std::uint32_t chunks) : done_(chunks) {}
  // Takes what was kept no longer than `counts_for` ago; what is older or doesn't fit is moved again.
  void load(const std::map<std::uint32_t, Bytes>& parts, Timestamp now, Duration counts_for);

  void mark(std::uint32_t index, const BlobId& chunk);
  bool has(std::uint32_t index) const { return !done_[index].is_zero(); }
  bool complete() const { return count_ == done_.size(); }
  std::uint32_t count() const { return count_; }
  std::vector<std::uint32_t> missing() const;
  const std::vector<BlobId>& chunks() const { return done_; }

  // Enough has been marked to be worth a write.
  bool due() const { return unsaved_ >= block_chunks; }
  // The parts to keep since the last call.
  std::map<std::uint32_t, Bytes> take_changed(Timestamp now);

 private:
  std::vector<BlobId> done_;
  std::set<std::uint32_t> changed_;
  std::uint32_t count_ = 0;
  std::uint32_t unsaved_ = 0;
};

}  // namespace encuentro::client::core
