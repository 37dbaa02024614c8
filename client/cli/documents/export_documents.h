// A channel's documents in an export: every version's file in its folder, "documents/FOLDER/NAME/vN-ID-NAME", and
// documents.json beside with who, when, parent, hash and path of each.
#pragma once

#include "client/cli/session.h"

namespace encuentro::client::cli {

struct ExportedDocuments {
  std::size_t versions = 0;
  std::size_t missing = 0;  // their bytes can't be had: in documents.json with what was wrong
  bool reachable = true;    // false: the server isn't asked (any more)
};
// Adds a channel's to `exported`; `folder` is the channel's. Errors: storage_full, storage_failed, not_admitted; what
// concerns one version alone, and a server that can't be reached, is noted and goes on.
Status export_documents(Session& session, Output& output, const ChannelId& channel, const std::filesystem::path& folder,
                        ExportedDocuments& exported);

// Paths under `exported` whose file isn't there or hasn't the hash documents.json says. malformed where that can't be
// read.
Result<std::vector<std::string>> changed_documents(const std::filesystem::path& exported);

}  // namespace encuentro::client::cli
