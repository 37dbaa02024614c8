// What two people hold against each other outside the space: words that both read aloud, and an alarm as a file that a
// third person can judge.
#pragma once

#include <optional>
#include <string>

#include "client/core/core.h"
#include "client/verify/evidence_file.h"

namespace encuentro::client::views {

// Whoever has the same number must have the same words.
struct PageWords {
  std::uint64_t number = 0;
  std::string words;
  static constexpr auto fields = std::tuple(&PageWords::number, &PageWords::words);
};
struct PageShortWords {
  PageWords roster;               // its head
  std::optional<PageWords> log;   // of the channel that was asked for: its head
  std::optional<PageWords> keys;  // its epoch; nothing: this device isn't in
  static constexpr auto fields = std::tuple(&PageShortWords::roster, &PageShortWords::log, &PageShortWords::keys);
};

struct AskShortWords {
  using Answer = std::optional<PageShortWords>;  // nothing: no identity yet
  std::optional<ChannelId> channel;              // also of this one
  static constexpr auto fields = std::tuple(&AskShortWords::channel);
};
// The file of the alarm with that number (FORMATS §11).
struct AskEvidence {
  using Answer = std::optional<Bytes>;  // nothing: no such alarm
  std::uint32_t number = 0;
  static constexpr auto fields = std::tuple(&AskEvidence::number);
};

AskShortWords::Answer short_words(const core::Core& core, const AskShortWords& question);
AskEvidence::Answer evidence(const core::Core& core, const AskEvidence& question);

// What a third person needs to judge the alarm: it, and the roster this profile holds.
verify::EvidenceFile evidence_of(const core::Alarm& alarm, const core::Core& core);

inline constexpr std::size_t short_words_count = 4;

}  // namespace encuentro::client::views
