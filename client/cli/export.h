// Everything a member can read as files that need no program of ours: Markdown to read, JSON beside, attachments as
// they are; and under proof/ the raw roster and logs, which `encuentro verify DIR` walks offline.
#pragma once

#include <filesystem>

#include "client/cli/catalogue.h"
#include "client/core/core.h"
#include "client/verify/walk.h"

namespace encuentro::client::cli {

struct ExportReport {
  std::size_t channels = 0;
  std::size_t items = 0;
  std::vector<std::pair<ChannelId, std::filesystem::path>> folders;  // of each channel
};

// Layout: README.md, people.json, NN-title/{conversation.md, items.json, calendar.ics, calendar.json,
// archive.md, archive.json, attachments/…}, proof/{manifest.json, roster.bin, CHANNEL.bin, CHANNEL.words.bin}; in a
// .bin each entry stands behind its length as uint32, in a words.bin (what authors signed) behind its place as uint64
// too. Errors: already_exists (the folder has files), storage_full, storage_failed.
Result<ExportReport> write_export(const core::Core& core, const std::filesystem::path& folder, const Catalogue& words);

struct ExportedProof {
  Hash32 fingerprint;
  std::vector<Bytes> roster_entries;
  std::vector<verify::Log> logs;
};
// Errors: not_found, malformed, truncated, too_large.
Result<ExportedProof> read_export(const std::filesystem::path& folder);

}  // namespace encuentro::client::cli
