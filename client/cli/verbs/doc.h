// What the verbs of documents share.
#pragma once

#include "client/cli/verb.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// move, remove, restore, comment, freeze, folder, erase, quota, diff
void add_document_acts(CLI::App& doc, Chosen& chosen);

Result<core::Sent> post_document_item(Session& session, const Globals& globals, const ChannelId& channel,
                                      content::Kind kind, const content::Content& content, std::vector<UploadId> pins);

// The folder of this path; what of it isn't there is made.
Result<std::optional<RecordId>> make_folders(Session& session, const Globals& globals, const ChannelId& channel,
                                             const std::vector<std::string>& names);

}  // namespace encuentro::client::cli
