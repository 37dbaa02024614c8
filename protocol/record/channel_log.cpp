#include "protocol/record/channel_log.h"

#include <algorithm>

#include "protocol/base/limits.h"

namespace encuentro::record {

ChannelLog::ChannelLog(const NetworkId& network, const ChannelId& channel) : network_(network), channel_(channel) {
  hashes_.push_back(log_start(network, channel).hash);
}

Seq ChannelLog::place_of(const DeviceId& device, const RecordId& id) const {
  auto found = places_.find({device, id});
  return found == places_.end() ? Seq{} : found->second;
}

std::optional<Evidence> ChannelLog::judge(const Item& item, std::span<const Item> rest) const {
  Seq expected = head().seq.next();
  Evidence evidence{Code::gap, channel_, item.seq, expected, {}, {}, to_bytes(item.entry), {}};
  if (item.seq.value == 0) {
    evidence.what = Code::malformed;
    return evidence;
  }
  if (item.seq > expected) {
    auto missing = std::find_if(rest.begin(), rest.end(), [&](const Item& later) { return later.seq == expected; });
    if (missing != rest.end()) {
      evidence.what = Code::reordered;
      evidence.other_entry = to_bytes(missing->entry);
    }
    return evidence;
  }
  if (item.seq < expected) {
    LogHead before{Seq{item.seq.value - 1}, hashes_[item.seq.value - 1]};
    evidence.other_place = item.seq;
    evidence.own_hash = hashes_[item.seq.value];
    evidence.claimed_hash = log_next(before, item.entry).hash;
    evidence.what = evidence.own_hash == evidence.claimed_hash ? Code::replayed : Code::fork;
    return evidence;
  }
  auto entry = decode_log_entry(item.entry);
  if (!entry) return std::nullopt;  // counted, and shown as unreadable by whoever folds
  return judge_author(item, *entry, rest);
}

std::optional<Evidence> ChannelLog::judge_author(const Item& item, const LogEntry& entry,
                                                 std::span<const Item> rest) const {
  const EntryHeader& header = entry.header;
  Evidence evidence{Code::replayed, channel_, item.seq, {}, {}, {}, to_bytes(item.entry), {}};
  // An entry of another channel or network was valid there: it is being replayed here.
  if (header.network != network_ || header.channel != channel_) return evidence;
  if (Seq before = place_of(header.device, header.id); before.value != 0) {
    evidence.other_place = before;
    evidence.own_hash = hashes_[before.value];
    return evidence;
  }
  evidence.other_place = header.seen.seq;
  evidence.claimed_hash = header.seen.hash;
  if (const Hash32* own = hash_at(header.seen.seq)) {
    evidence.own_hash = *own;
    if (*own != header.seen.hash) {
      evidence.what = Code::fork;
      return evidence;
    }
    auto last = last_seen_by_.find(header.device);
    if (last != last_seen_by_.end() && header.seen.seq < last->second) {
      evidence.what = Code::reordered;
      return evidence;
    }
    return std::nullopt;
  }
  // The author had seen more than this reader was given before it. If what it saw next comes later, the server
  // exchanged places; otherwise it withholds.
  evidence.what = Code::gap;
  for (const Item& later : rest) {
    LogHead next = log_next(head(), later.entry);
    if (next.seq == header.seen.seq && next.hash == header.seen.hash) {
      evidence.what = Code::reordered;
      evidence.other_entry = to_bytes(later.entry);
    }
  }
  return evidence;
}

void ChannelLog::append(const Item& item) {
  ENC_CHECK(item.seq == head().seq.next());
  Place place{log_next(head(), item.entry).hash, {}, {}, {}};
  if (auto entry = decode_log_entry(item.entry)) {
    place.device = entry->header.device;
    place.id = entry->header.id;
    place.seen = entry->header.seen.seq;
  }
  restore(place);
}

std::optional<Evidence> ChannelLog::judge_head(const LogHead& claimed) const {
  const Hash32* own = hash_at(claimed.seq);
  if (own == nullptr || *own == claimed.hash) return std::nullopt;
  return Evidence{Code::fork, channel_, head().seq, claimed.seq, *own, claimed.hash, {}, {}};
}

ChannelLog::Place ChannelLog::place(Seq seq) const {
  ENC_CHECK(seq.value > 0 && seq.value < hashes_.size());
  const Written& written = written_[seq.value - 1];
  return {hashes_[seq.value], written.device, written.id, written.seen};
}

void ChannelLog::restore(const Place& place) {
  hashes_.push_back(place.hash);
  written_.push_back({place.device, place.id, place.seen});
  if (place.device.is_zero()) return;
  places_[{place.device, place.id}] = head().seq;
  Seq& last = last_seen_by_[place.device];
  last = std::max(last, place.seen);
}

}  // namespace encuentro::record
