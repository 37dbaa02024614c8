#include "server/ops/log_check.h"

#include "protocol/record/chain.h"
#include "protocol/roster/entry.h"
#include "server/service/partitions.h"
#include "server/service/stored_entry.h"

namespace encuentro::server::ops {

using storage::Finding;

void LogCheck::begin(const storage::PartitionId& partition, const storage::Head&, std::uint64_t) {
  partition_ = partition;
  head_.reset();
  found_.clear();
  kind_ = Kind::other;
  if (partition == service::roster_partition()) kind_ = Kind::roster;
  if (partition.kind == service::channel_partition(ChannelId{}).kind) {
    if (partition.id.size() == ChannelId::bytes) {
      kind_ = Kind::channel;
    } else {
      note(0, "channel_id");
    }
  }
}

void LogCheck::entry(const storage::LogEntry& entry) {
  if (kind_ == Kind::channel) check_channel_entry(entry);
  if (kind_ == Kind::roster && !roster_broken_) {
    const auto decoded = roster::RosterEntry::decode(entry.body);
    // What follows a wrong entry can't be judged: one finding, at the first.
    roster_broken_ = !decoded || !roster_.append(*decoded);
    if (roster_broken_) note(entry.seq, "roster");
  }
}

void LogCheck::check_channel_entry(const storage::LogEntry& entry) {
  const auto stored = service::StoredEntry::decode(entry.body);
  if (!stored) {
    head_.reset();
    return note(entry.seq, "stored_entry");
  }
  if (entry.seq == 1) {
    first_links_[ChannelId(as_bytes(partition_.id))] = {stored->hash, to_bytes(stored->entry)};
  } else if (head_ && head_->seq.value + 1 == entry.seq) {
    if (record::log_next(*head_, stored->entry).hash != stored->hash) note(entry.seq, "chain");
  } else {
    // Behind a gap or an unreadable entry, which have findings of their own: the link can't be followed.
    note(entry.seq, "chain");
  }
  head_ = record::LogHead{Seq{entry.seq}, stored->hash};
}

void LogCheck::end(storage::CheckReport& report) {
  for (auto& finding : found_) report.add(std::move(finding));
  found_.clear();
}

void LogCheck::finish(storage::CheckReport& report) {
  for (const auto& [channel, first] : first_links_) {
    const bool holds =
        !roster_.empty() &&
        record::log_next(record::log_start(roster_.network(), channel), first.entry).hash == first.stored;
    if (!holds) report.add({Finding::What::content, service::channel_partition(channel), 1, {}, "chain"});
  }
}

void LogCheck::note(std::uint64_t seq, const char* detail) {
  found_.push_back({Finding::What::content, partition_, seq, {}, detail});
}

}  // namespace encuentro::server::ops
