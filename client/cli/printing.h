// A conversation or a document as PDF for an institution's registry, with a cover sheet: who, when, hash.
#pragma once

#include "client/cli/documents/find.h"
#include "client/cli/session.h"

namespace encuentro::client::cli {

// The channel's conversation as this device holds it, and the hash of its log up to there. Errors: those of paper.h.
Status print_conversation(Session& session, Output& output, const ChannelId& channel, const std::filesystem::path& out,
                          const std::filesystem::path& home);

// A version: text and Markdown as they are, the text inside .docx and .odt, PDF whole. Errors: unknown_kind (another
// kind of file), those of paper.h and download.
Status print_version(Session& session, Output& output, const FoundDocument& found, const views::Version& version,
                     const std::filesystem::path& out, const std::filesystem::path& home);

}  // namespace encuentro::client::cli
