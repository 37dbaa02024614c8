// The offline proof: everything a profile (or an export) holds, walked anew from raw bytes, trusting nothing but the
// fingerprint. The roster from genesis; each channel's log: chain, places, authors' signatures, devices that stood at
// the head they named, heads that authors saw, the public handshakes under the channel's policy.
#pragma once

#include <string>
#include <vector>

#include "protocol/record/channel_log.h"
#include "protocol/roster/roster.h"

namespace encuentro::client::verify {

struct Finding {
  Error error;
  std::optional<ChannelId> channel;  // nothing: the roster
  std::uint64_t place = 0;           // entry number
};

struct ChannelReport {
  ChannelId channel;
  std::uint64_t entries = 0;
  std::uint64_t signatures = 0;  // checked
  std::uint64_t commits = 0;
  std::uint64_t unknown = 0;  // entries of a version or kind this program doesn't know: counted in the chain
  record::LogHead head;
};

struct Report {
  std::uint64_t roster_entries = 0;
  Hash32 fingerprint;
  roster::RosterHead roster_head;
  std::vector<ChannelReport> channels;
  std::vector<Finding> findings;
  bool whole() const { return findings.empty(); }
};

// A channel's log as bytes, in order from place 1.
struct Log {
  ChannelId channel;
  std::vector<Bytes> entries;
};

Report walk(const Hash32& fingerprint, const std::vector<Bytes>& roster_entries, const std::vector<Log>& logs);

}  // namespace encuentro::client::verify
