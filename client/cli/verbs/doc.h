// What the verbs of documents share.
#pragma once

#include "client/cli/verb.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// move, remove, restore, comment, freeze, folder, diff
void add_document_acts(CLI::App& doc, Chosen& chosen);

// The version whose id the words are; the only head where they name the document. ambiguous where there are several.
Result<views::Version> wanted_version(const views::Document& document, std::string_view words);

Result<core::Sent> post_document_item(Session& session, const Globals& globals, const ChannelId& channel,
                                      content::Kind kind, const content::Content& content, std::vector<UploadId> pins);

// The folder of this path; what of it isn't there is made.
Result<std::optional<RecordId>> make_folders(Session& session, const Globals& globals, const ChannelId& channel,
                                             const std::vector<std::string>& names);

}  // namespace encuentro::client::cli
