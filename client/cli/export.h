// Everything a member can read as files that need no program of ours: Markdown to read, JSON beside, documents and
// attachments as they are; and under proof/ what `encuentro verify DIR` walks offline and renders anew.
#pragma once

#include <filesystem>

#include "client/cli/session.h"

namespace encuentro::client::cli {

struct ExportReport {
  std::size_t channels = 0;
  std::size_t items = 0;     // records that are told
  std::size_t versions = 0;  // of documents, whose files are there
  std::size_t missing = 0;   // whose bytes can't be had: in documents.json with what was wrong
};

// Layout: README.md, people.json, NN-title/ with the files of ChannelFiles, documents.json and, where something waits
// to be sent, waiting.json (nothing proves that one); proof/ (copy/proof.h). `reachable`: the server may be asked for
// documents; what concerns one version alone, and a server that can't be reached, is noted and goes on.
// Errors: already_exists (the folder has files), storage_full, storage_failed, not_admitted.
Result<ExportReport> write_export(Session& session, Output& output, const std::filesystem::path& folder,
                                  bool reachable);

}  // namespace encuentro::client::cli
