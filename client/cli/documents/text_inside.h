// The text inside a file: text and Markdown as they are, .docx and .odt by pandoc, PDF by pdftotext. For comparing
// versions, and for the search, which keeps it sealed with the profile.
#pragma once

#include "client/cli/session.h"
#include "client/views/documents.h"

namespace encuentro::client::cli {

// `name` says of which kind it is; `work` is a folder for what the programs write. Errors: unknown_kind (no text),
// too_large, not_found (rule: a program that isn't there), malformed (it couldn't read the file).
Result<std::string> text_inside(const std::filesystem::path& file, const std::string& name,
                                const std::filesystem::path& work);

// Keeps what is inside a version's file for the search, as much as core::KeepText::bytes_max allows. A file without
// text, or a program that isn't there, is no error: then it isn't searched.
Status keep_text_of(Session& session, const Globals& globals, const RecordId& version,
                    const std::filesystem::path& file, const std::string& name);
// Forgets the text of versions that were erased, or stand in no channel any more.
Status forget_texts(Session& session);

}  // namespace encuentro::client::cli
