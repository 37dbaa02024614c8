// What a text about records needs beside them: people's names, titles, the roster, and how a time is written. A profile
// has all of it in its core; a copy that is checked without a profile has it from its proof.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "client/core/core.h"

namespace encuentro::client::cli {

struct Telling {
  std::function<std::optional<core::PlainName>(const MemberId&)> name_of;
  std::function<std::string(const ChannelId&)> title_of;
  std::function<std::string(const ChannelId&, const RecordId&)> document_name;  // the beginning of its id, if unknown
  std::function<std::string(Timestamp)> time_text;
  const roster::Roster* roster = nullptr;  // outlives it

  Telling() = default;
  // Of this profile, times in this machine's zone. Not explicit: whoever shows something of a core just passes it.
  Telling(const core::Core& core);
};

}  // namespace encuentro::client::cli
