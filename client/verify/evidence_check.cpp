#include "client/verify/evidence_check.h"

#include <algorithm>

#include "protocol/record/log_entry.h"

namespace encuentro::client::verify {
namespace {

// Errors: fork where it begins with another entry than the fingerprint's; those of the roster.
Result<roster::Roster> walked(std::span<const Bytes> entries, const Hash32& fingerprint) {
  roster::Roster roster;
  for (const Bytes& bytes : entries) {
    TRY(auto entry, roster::RosterEntry::decode(bytes));
    if (roster.empty() && entry.hash() != fingerprint) return fail(Code::fork, "fingerprint");
    TRY_OK(roster.append(entry));
  }
  return roster;
}

Code signature_of(const record::LogEntry& entry, const roster::Roster& roster, ShownEntry& shown) {
  // At the head it names where the roster has that head; an author on another roster is found in the newest.
  auto head = roster.head_at(shown.roster.seq);
  bool same = head && head->hash == shown.roster.hash;
  auto device = (same ? *roster.at(shown.roster.seq) : roster.newest()).device(shown.device);
  if (!device) return Code::unknown_device;
  shown.member = device->member;
  if (!entry.verify(device->key)) return Code::bad_signature;
  return same && device->standing == roster::Standing::gone ? Code::revoked : Code::none;
}

Result<ShownEntry> shown(BytesView bytes, const roster::Roster* roster) {
  TRY(auto entry, record::decode_log_entry(bytes));
  const record::EntryHeader& header = entry.header;
  ShownEntry shown{header.channel,       header.id,      header.device, {}, header.at, header.seen, header.roster,
                   Code::unknown_device, to_bytes(bytes)};
  if (roster != nullptr) shown.signature = signature_of(entry, *roster, shown);
  return shown;
}

bool holds(const ShownEntry& entry) { return entry.signature == Code::none; }

bool on_another_roster(const ShownEntry& entry, const roster::Roster& roster) {
  auto head = roster.head_at(entry.roster.seq);
  return holds(entry) && head && head->hash != entry.roster.hash;
}

Contradiction between(const ShownEntry& one, const ShownEntry& other) {
  if (!holds(one) || !holds(other) || one.channel != other.channel) return Contradiction::none;
  if (one.seen.seq == other.seen.seq && one.seen.hash != other.seen.hash) return Contradiction::log;
  bool one_name = one.device == other.device && one.id == other.id && one.at == other.at;
  return one_name && one.bytes != other.bytes ? Contradiction::author : Contradiction::none;
}

// The roster entry that the evidence is, where the judging roster has another at its place.
std::optional<OtherRosterEntry> other_entry(BytesView evidence, std::span<const Bytes> entries,
                                            const Hash32& fingerprint) {
  auto entry = roster::RosterEntry::decode(evidence);
  if (!entry || entry->seq.value < 2 || entry->seq.value > entries.size()) return std::nullopt;
  if (equal(entries[entry->seq.value - 1], evidence)) return std::nullopt;
  OtherRosterEntry other{entry->seq, entry->appender, false};
  auto before = walked(entries.first(entry->seq.value - 1), fingerprint);
  other.stands = before && before->append(*entry).has_value();
  return other;
}

Contradiction contradiction_in(const EvidenceReport& report, const roster::Roster& roster) {
  if (report.other_roster_entry && report.other_roster_entry->stands) return Contradiction::roster;
  for (const ShownEntry& one : report.entries) {
    if (on_another_roster(one, roster)) return Contradiction::roster;
    for (const ShownEntry& other : report.entries) {
      if (auto found = between(one, other); found != Contradiction::none) return found;
    }
  }
  return Contradiction::none;
}

}  // namespace

Result<EvidenceReport> check_evidence(BytesView evidence, std::span<const Bytes> roster_entries,
                                      const Hash32& fingerprint) {
  auto walk = walked(roster_entries, fingerprint);
  const roster::Roster* roster = walk && !walk->empty() ? &*walk : nullptr;
  EvidenceReport report;
  if (auto two = record::decode_evidence(evidence)) {
    for (const Bytes* bytes : {&two->entry, &two->other_entry}) {
      if (bytes->empty()) continue;
      if (auto entry = shown(*bytes, roster)) report.entries.push_back(std::move(*entry));
    }
    report.found = std::move(*two);
  } else if (auto entry = shown(evidence, roster)) {
    report.entries.push_back(std::move(*entry));
  } else if (roster != nullptr) {
    report.other_roster_entry = other_entry(evidence, roster_entries, fingerprint);
  }
  if (report.entries.empty() && !report.other_roster_entry) return fail(Code::malformed, "evidence");
  if (roster == nullptr) return report;
  report.contradiction = contradiction_in(report, *roster);
  bool genuine = !report.entries.empty() && std::all_of(report.entries.begin(), report.entries.end(), holds);
  report.verdict = report.contradiction != Contradiction::none ? Verdict::proven
                   : genuine                                   ? Verdict::genuine
                                                               : Verdict::nothing;
  return report;
}

Result<std::optional<RosterSeq>> parted_at(std::span<const Bytes> one, std::span<const Bytes> other,
                                           const Hash32& fingerprint) {
  std::size_t shared = std::min(one.size(), other.size());
  for (std::size_t i = 0; i < shared; ++i) {
    if (equal(one[i], other[i])) continue;
    TRY_OK(walked(one.first(i + 1), fingerprint));
    TRY_OK(walked(other.first(i + 1), fingerprint));
    return std::optional(RosterSeq{i + 1});
  }
  return std::optional<RosterSeq>();
}

}  // namespace encuentro::client::verify
