// The offline proof: everything a profile (or an export) holds, walked anew from raw bytes, trusting nothing but the
// fingerprint. The roster from genesis; each channel's log: chain, places, authors' signatures, devices that stood at
// the head they named, heads that authors saw, the public handshakes under the channel's policy. What authors signed
// inside the seal, where it is at hand, is checked against its entry: who wrote which words.
#pragma once

#include <string>
#include <vector>

#include "protocol/content/signed_content.h"
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
  std::uint64_t records = 0;  // entries that hold content
  std::uint64_t proven = 0;   // whose words are at hand, signed by their author under that entry
  record::LogHead head;
};

// Words that were proven: their author as the roster had them at the head the entry names.
struct Proven {
  ChannelId channel;
  Seq seq;
  RecordId id;
  DeviceId device;
  MemberId member;
  roster::Country country;
  std::optional<roster::Role> role;
  std::uint16_t kind = 0;
  content::Content content;
};

struct Report {
  roster::Roster roster;  // as far as it stands
  std::uint64_t roster_entries = 0;
  Hash32 fingerprint;
  roster::RosterHead roster_head;
  std::vector<ChannelReport> channels;
  std::vector<Proven> proven;  // channel after channel, each in its order
  std::vector<Finding> findings;
  bool whole() const { return findings.empty(); }
};

// What an author signed, as content::encode_padded made it, and the place of its entry.
struct SignedPlace {
  Seq seq;
  Bytes plaintext;
};

// A channel's log as bytes, in order from place 1, and what is at hand of its words.
struct Log {
  ChannelId channel;
  std::vector<Bytes> entries;
  std::vector<SignedPlace> words = {};
};

Report walk(const Hash32& fingerprint, const std::vector<Bytes>& roster_entries, const std::vector<Log>& logs);

}  // namespace encuentro::client::verify
