#include "client/core/done_book.h"

#include <algorithm>

#include "protocol/codec/reader.h"
#include "protocol/codec/writer.h"

namespace encuentro::client::core {

void DoneBook::load(const std::map<std::uint32_t, Bytes>& parts, Timestamp now, Duration counts_for) {
  for (const auto& [part, bytes] : parts) {
    if (part == 0) continue;
    codec::Reader r(bytes);
    auto kept_at = r.u64();
    if (!kept_at || now - Timestamp{static_cast<std::int64_t>(*kept_at)} > counts_for) continue;
    for (std::uint64_t i = std::uint64_t{part - 1} * block_chunks; i < done_.size() && !r.at_end(); ++i) {
      auto chunk = r.id<BlobId>();
      if (!chunk) break;
      if (!chunk->is_zero() && done_[i].is_zero()) ++count_;
      if (!chunk->is_zero()) done_[i] = *chunk;
    }
  }
}

void DoneBook::mark(std::uint32_t index, const BlobId& chunk) {
  if (!has(index)) ++count_;
  done_[index] = chunk;
  changed_.insert(index / block_chunks);
  ++unsaved_;
}

std::vector<std::uint32_t> DoneBook::missing() const {
  std::vector<std::uint32_t> missing;
  for (std::uint32_t i = 0; i < done_.size(); ++i) {
    if (!has(i)) missing.push_back(i);
  }
  return missing;
}

std::map<std::uint32_t, Bytes> DoneBook::take_changed(Timestamp now) {
  std::map<std::uint32_t, Bytes> parts;
  for (std::uint32_t block : changed_) {
    codec::Writer w;
    w.u64(static_cast<std::uint64_t>(now.ms));
    std::size_t end = std::min<std::size_t>(done_.size(), std::size_t{block + 1} * block_chunks);
    for (std::size_t i = std::size_t{block} * block_chunks; i < end; ++i) w.id(done_[i]);
    parts[block + 1] = w.take();
  }
  changed_.clear();
  unsaved_ = 0;
  return parts;
}

}  // namespace encuentro::client::core
