// What evidence shows, judged by a roster that is walked anew from its fingerprint: whose signatures are in it, and
// whether they contradict each other. Only what two signatures say is a proof; what the finder computed is told, and
// proves nothing to anybody else.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "protocol/record/evidence.h"
#include "protocol/roster/roster.h"

namespace encuentro::client::verify {

enum class Verdict : std::uint8_t {
  nothing = 1,  // no signature in it holds
  genuine = 2,  // what it holds was written by whom it names; that this contradicts anything is the finder's word
  proven = 3,   // signed statements in it can't all be true: the log or the roster was shown in two ways
};

struct ShownEntry {
  ChannelId channel;
  RecordId id;
  DeviceId device;
  std::optional<MemberId> member;  // as the roster has it
  record::GroupEpoch at;
  record::LogHead seen;       // where its author says the log stood
  record::RosterHead roster;  // and the roster
  // none: that device signed it. unknown_device: no roster is at hand, or it doesn't know the device. bad_signature,
  // revoked: it proves nothing against anybody.
  Code signature = Code::unknown_device;
  Bytes bytes;
};

// An entry of the roster at a place where the roster that judges has another.
struct OtherRosterEntry {
  RosterSeq seq;
  DeviceId appender;
  bool stands = false;  // the rules allow it there, after the entries before it
};

// What can't all be true, and of which log.
enum class Contradiction : std::uint8_t {
  none = 0,
  log = 1,     // two authors saw two logs at one place of a channel
  author = 2,  // one device signed two entries under one id in one epoch
  roster = 3,  // two rosters were shown: two entries at one place, or an author who stood on another than this
};

struct EvidenceReport {
  // Of two accounts: their place and its two hashes, by the finder's word.
  std::optional<record::Evidence> found;
  std::vector<ShownEntry> entries;
  std::optional<OtherRosterEntry> other_roster_entry;
  Contradiction contradiction = Contradiction::none;
  Verdict verdict = Verdict::nothing;
};

// `evidence` is an alarm's (client/core/events.h). `roster_entries` from genesis on; where they don't follow from the
// fingerprint there is no roster, and the verdict is `nothing`. Errors: malformed where it holds no entry that can be
// read.
Result<EvidenceReport> check_evidence(BytesView evidence, std::span<const Bytes> roster_entries,
                                      const Hash32& fingerprint);

// The first place at which two rosters differ that both follow from the fingerprint: that two people were shown two.
// Nothing where one continues the other. Errors: those of a roster's entries.
Result<std::optional<RosterSeq>> parted_at(std::span<const Bytes> one, std::span<const Bytes> other,
                                           const Hash32& fingerprint);

}  // namespace encuentro::client::verify
