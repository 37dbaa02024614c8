// A reader's own account of a channel's log: it computes H_s itself, remembers what stood at each place, and
// names what doesn't fit (PROTOCOL S4, S5). It judges order and completeness only; signatures, rights and
// content are judged by others.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "protocol/record/chain.h"
#include "protocol/record/evidence.h"
#include "protocol/record/log_entry.h"

namespace encuentro::record {

// One place of the log as the server gave it.
struct Item {
  Seq seq;
  BytesView entry;
};

class ChannelLog {
 public:
  ChannelLog(const NetworkId& network, const ChannelId& channel);

  const ChannelId& channel() const { return channel_; }
  LogHead head() const { return {Seq{hashes_.size() - 1}, hashes_.back()}; }
  // H at a place, or nullptr above the head. Place 0 is H_0.
  const Hash32* hash_at(Seq seq) const { return seq.value < hashes_.size() ? &hashes_[seq.value] : nullptr; }
  // Where (device, id) stands, or 0.
  Seq place_of(const DeviceId& device, const RecordId& id) const;

  // Judges one item against all that came before; nothing moves. `rest` are the items the server gave after it, used
  // only to tell a reordering from a gap. An entry that can't be parsed has no author's head and is only counted. The
  // result is empty where all is well.
  std::optional<Evidence> judge(const Item& item, std::span<const Item> rest) const;
  // Takes an item that `judge` found well.
  void append(const Item& item);
  // What an author claims about a place: checked against the own account. Used for heads told at connect too.
  std::optional<Evidence> judge_head(const LogHead& claimed) const;

  // The account as it is kept between runs: places in pages, so that a page is rewritten and not the whole.
  struct Place {
    Hash32 hash;
    DeviceId device;  // zero where the entry could not be parsed
    RecordId id;
    Seq seen;
  };
  Place place(Seq seq) const;
  // Rebuilds the account from trusted (sealed) storage, places in order from 1.
  void restore(const Place& place);

 private:
  struct Written {
    DeviceId device;
    RecordId id;
    Seq seen;
  };
  std::optional<Evidence> judge_author(const Item& item, const LogEntry& entry, std::span<const Item> rest) const;

  NetworkId network_;
  ChannelId channel_;
  std::vector<Hash32> hashes_;    // H_0, H_1, ...
  std::vector<Written> written_;  // entry s at s-1
  std::map<std::pair<DeviceId, RecordId>, Seq> places_;
  std::map<DeviceId, Seq> last_seen_by_;  // the newest head each device named
};

}  // namespace encuentro::record
