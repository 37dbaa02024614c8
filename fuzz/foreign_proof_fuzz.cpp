// What somebody hands over as a proof: an evidence file, and the files of an export, walked from the first byte. An
// export here is its files, each behind its length: the roster, then for each channel the log and its words.
#include "client/core/events.h"
#include "client/verify/evidence_check.h"
#include "client/verify/evidence_file.h"
#include "client/verify/proof_file.h"
#include "protocol/base/limits.h"
#include "protocol/record/log_entry.h"

using namespace encuentro;
using namespace encuentro::client;

namespace {

constexpr std::size_t part_bytes_max = 1u << 20;

Bytes part(const std::vector<Bytes>& parts, std::size_t place) { return place < parts.size() ? parts[place] : Bytes(); }

// The fingerprint is the one part that whoever verifies has from elsewhere: here it is always right.
Hash32 fingerprint_of(const std::vector<Bytes>& entries) {
  roster::Roster roster;
  if (entries.empty()) return {};
  auto genesis = roster::RosterEntry::decode(entries.front());
  return genesis && roster.append(*genesis) ? roster.fingerprint() : Hash32{};
}

ChannelId channel_of(const std::vector<Bytes>& entries) {
  if (entries.empty()) return {};
  auto first = record::decode_log_entry(entries.front());
  return first ? first->header.channel : ChannelId{};
}

void check_export(BytesView input) {
  auto parts = verify::split_framed(input, part_bytes_max);
  if (!parts) return;
  auto roster = verify::split_framed(part(*parts, 0), limits::roster_entry_bytes_max);
  if (!roster) return;
  ENC_CHECK(verify::framed(*roster) == part(*parts, 0));
  std::vector<verify::Log> logs;
  for (std::size_t place = 1; place < parts->size(); place += 2) {
    auto entries = verify::split_framed(part(*parts, place), limits::entry_bytes_max);
    auto words = verify::split_words(part(*parts, place + 1));
    if (!entries || !words) return;
    ENC_CHECK(verify::framed_words(*words) == part(*parts, place + 1));
    const ChannelId channel = channel_of(*entries);
    logs.push_back({channel, std::move(*entries), std::move(*words)});
  }
  const auto report = verify::walk(fingerprint_of(*roster), *roster, logs);
  ENC_CHECK(report.roster_entries <= roster->size());
  for (const auto& channel : report.channels) ENC_CHECK(channel.proven <= channel.records);
}

void check_alarm(BytesView input, const std::vector<Bytes>& roster, const Hash32& fingerprint) {
  auto alarm = core::decode_fields<core::Alarm>(input);
  if (!alarm) return;
  ENC_CHECK(equal(core::encode_fields(*alarm), input));
  (void)verify::check_evidence(alarm->evidence, roster, fingerprint);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const BytesView input(data, size);
  check_alarm(input, {}, {});
  if (auto file = verify::decode_evidence_file(input)) {
    ENC_CHECK(equal(verify::encode(*file), input));
    check_alarm(file->alarm, file->roster, file->fingerprint);
  }
  check_export(input);
  return 0;
}
