// What an evidence file shows: the entries in it, and whether the devices they name really signed them. Whoever is
// shown the file judges with their own roster; without one the entries are only read.
#pragma once

#include <optional>
#include <string>

#include "protocol/record/evidence.h"
#include "protocol/roster/roster.h"

namespace encuentro::client::verify {

struct ShownEntry {
  ChannelId channel;
  RecordId id;
  DeviceId device;
  std::optional<MemberId> member;  // as the roster has it at the head the entry names
  record::LogHead seen;            // where its author says the log stood
  // none: that device signed it. unknown_device: no roster is at hand, or it doesn't know the device or head.
  // bad_signature, revoked: it proves nothing against anybody.
  Code signature = Code::unknown_device;
};

struct EvidenceReport {
  // Of two accounts that contradict each other: their place and its two hashes.
  std::optional<record::Evidence> contradiction;
  std::vector<ShownEntry> entries;
  // Every entry in it was signed by the device it names.
  bool genuine() const;
};

// `evidence` is an alarm's (client/core/events.h). Errors: malformed where it holds no entry that can be read.
Result<EvidenceReport> check_evidence(BytesView evidence, const roster::Roster* roster);

}  // namespace encuentro::client::verify
