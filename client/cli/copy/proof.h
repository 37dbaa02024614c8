// proof/ of a copy: the raw roster and logs, what authors signed, and what shows that names are those the roster seals.
//   manifest.json      format, network, fingerprint, language, roster_head, channels: folder, entries, words, head
//   names.json         of each member the name, institution and e-mail with the salt of the roster's commitment
//   roster.bin         the roster's entries, each behind its length as uint32
//   CHANNEL.bin        a log's entries, the same way
//   CHANNEL.words.bin  what authors signed, the same way, each behind its place as uint64
#pragma once

#include <filesystem>

#include "client/cli/catalogue.h"
#include "client/core/directory.h"
#include "client/verify/walk.h"

namespace encuentro::client::cli {

// How the readable files beside are rendered (channel_files.h).
inline constexpr std::uint64_t copy_format = 2;

struct ProvenChannel {
  std::string folder;
  Hash32 head;
};
struct Proof {
  NetworkId network;
  Hash32 fingerprint;
  Hash32 roster_head;
  Language language{};
  std::vector<Bytes> roster_entries;
  std::map<MemberId, core::RevealedName> names;
  std::vector<verify::Log> logs;
  std::vector<ProvenChannel> channels;  // of each log
};

// Errors: storage_failed.
Status write_proof(const std::filesystem::path& folder, const Proof& proof);
// `folder` is the copy's. Errors: not_found, malformed, truncated, too_large, gap (another number of entries than the
// manifest says), unknown_version (rendered otherwise than this program does).
Result<Proof> read_proof(const std::filesystem::path& folder);

// names.json, the same bytes for the same names.
std::string names_text(const std::map<MemberId, core::RevealedName>& names);

Status write_file(const std::filesystem::path& file, BytesView bytes);

}  // namespace encuentro::client::cli
