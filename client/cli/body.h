// Texts and files a verb takes in: the body from standard input or --file, attachments from disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "client/core/commands.h"

namespace encuentro::client::cli {

// The whole of --file or, where `file` is empty, of standard input; one trailing line end is taken off. Errors:
// not_found, too_large (over limits::body_bytes_max, before more is read), malformed (not UTF-8).
Result<std::string> read_body(const std::string& file);
// By the name's ending; application/octet-stream where it tells nothing.
std::string media_type_of(const std::filesystem::path& path);
// Each as it lies on disk, its type guessed by its ending. Errors: not_found, too_large.
Result<std::vector<core::OutgoingFile>> read_attachments(const std::vector<std::string>& files);

}  // namespace encuentro::client::cli
