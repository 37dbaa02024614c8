#include "client/views/page_proof.h"

#include "client/core/wordlist.h"

namespace encuentro::client::views {
namespace {

PageWords words_of(std::uint64_t number, BytesView hash) { return {number, core::words_for(hash, short_words_count)}; }

}  // namespace

AskShortWords::Answer short_words(const core::Core& core, const AskShortWords& question) {
  if (!core.has_identity()) return std::nullopt;
  const roster::RosterHead& head = core.roster().head();
  PageShortWords page{words_of(head.seq.value, head.hash.view()), {}, {}};
  auto look = question.channel ? core.channel(*question.channel) : std::nullopt;
  if (!look) return page;
  page.log = words_of(look->head.seq.value, look->head.hash.view());
  if (!look->epoch_authenticator.empty()) page.keys = words_of(look->at.epoch.value, look->epoch_authenticator);
  return page;
}

verify::EvidenceFile evidence_of(const core::Alarm& alarm, const core::Core& core) {
  verify::EvidenceFile file;
  file.alarm = core::encode_fields(alarm);
  if (!core.has_identity()) return file;
  file.network = core.self().network;
  file.fingerprint = core.self().fingerprint;
  file.roster = core.roster_entries();
  return file;
}

AskEvidence::Answer evidence(const core::Core& core, const AskEvidence& question) {
  for (const core::KeptAlarm& kept : core.kept_alarms()) {
    if (kept.number == question.number) return verify::encode(evidence_of(kept.alarm, core));
  }
  return std::nullopt;
}

}  // namespace encuentro::client::views
