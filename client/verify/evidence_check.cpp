#include "client/verify/evidence_check.h"

#include <algorithm>

#include "protocol/record/log_entry.h"

namespace encuentro::client::verify {
namespace {

Result<ShownEntry> shown(BytesView bytes, const roster::Roster* roster) {
  TRY(auto entry, record::decode_log_entry(bytes));
  const record::EntryHeader& header = entry.header;
  ShownEntry shown{header.channel, header.id, header.device, {}, header.seen, Code::unknown_device};
  auto view = roster == nullptr ? std::nullopt : roster->at(header.roster.seq);
  auto device = view ? view->device(header.device) : std::nullopt;
  auto head = roster == nullptr ? std::nullopt : roster->head_at(header.roster.seq);
  if (!device || !head || head->hash != header.roster.hash) return shown;
  shown.member = device->member;
  auto valid = entry.verify(device->key);
  shown.signature = !valid                                       ? Code::bad_signature
                    : device->standing == roster::Standing::gone ? Code::revoked
                                                                 : Code::none;
  return shown;
}

}  // namespace

bool EvidenceReport::genuine() const {
  return std::all_of(entries.begin(), entries.end(), [](const ShownEntry& e) { return e.signature == Code::none; });
}

Result<EvidenceReport> check_evidence(BytesView evidence, const roster::Roster* roster) {
  EvidenceReport report;
  if (auto two = record::decode_evidence(evidence)) {
    for (const Bytes* bytes : {&two->entry, &two->other_entry}) {
      if (bytes->empty()) continue;
      if (auto entry = shown(*bytes, roster)) report.entries.push_back(*entry);
    }
    report.contradiction = std::move(*two);
  } else if (auto entry = shown(evidence, roster)) {
    report.entries.push_back(*entry);
  }
  if (report.entries.empty()) return fail(Code::malformed, "evidence");
  return report;
}

}  // namespace encuentro::client::verify
