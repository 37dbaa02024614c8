// What a store's rows mean to this server, checked while storage walks them: every roster entry judged again from
// genesis on, every channel's hash chain computed again and compared with what was stored beside each entry.
#pragma once

#include <map>
#include <optional>

#include "protocol/base/ids.h"
#include "protocol/record/heads.h"
#include "protocol/roster/roster.h"
#include "storage/rocksdb/check.h"

namespace encuentro::server::ops {

// Findings are storage::Finding::What::content with detail "stored_entry", "chain", "roster" or "channel_id".
class LogCheck final : public storage::CheckVisitor {
 public:
  void begin(const storage::PartitionId& partition, const storage::Head& head, std::uint64_t first_kept) override;
  void entry(const storage::LogEntry& entry) override;
  void end(storage::CheckReport& report) override;

  // After the walk: the first links, which need the network's id, known only from the roster (it comes after the
  // channels in the walk). Channels without a roster are a finding.
  void finish(storage::CheckReport& report);

  // 0 if there is no roster.
  std::uint64_t roster_entries() const { return roster_.empty() ? 0 : roster_.head().seq.value; }

 private:
  enum class Kind : std::uint8_t { channel, roster, other };
  struct FirstLink {
    Hash32 stored;
    Bytes entry;
  };

  void note(std::uint64_t seq, const char* detail);
  void check_channel_entry(const storage::LogEntry& entry);

  storage::PartitionId partition_;
  Kind kind_ = Kind::other;
  std::optional<record::LogHead> head_;  // of the channel's chain so far; none where it can't be followed
  std::vector<storage::Finding> found_;  // in this partition
  roster::Roster roster_;
  bool roster_broken_ = false;
  std::map<ChannelId, FirstLink> first_links_;
};

}  // namespace encuentro::server::ops
