// What changed between two versions' texts: text and Markdown as they are, the text inside .docx and .odt by pandoc,
// inside PDF by pdftotext; compared word by word by git. The files lie in a folder of their own under the profile
// meanwhile.
#pragma once

#include "client/cli/session.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// Lines as `git diff --word-diff` writes them; empty where the texts are the same. Errors: unsupported kind of file
// (unknown_kind), a program that isn't there or failed (not_found, rule its name), and those of download.
Result<std::string> compare_versions(Session& session, Output& output, const ChannelId& channel,
                                     const views::Version& older, const views::Version& newer,
                                     const std::filesystem::path& home);

}  // namespace encuentro::client::cli
