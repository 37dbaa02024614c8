// Whether the readable files of an export say what its proof says: messages and announcements with their authors and
// order, none missing, none added; documents with the hashes their versions' records name.
#pragma once

#include <filesystem>

#include "client/verify/walk.h"

namespace encuentro::client::cli {

struct ExportDeviation {
  std::filesystem::path file;
  std::string id;  // of the item or version
  Code code{};     // bad_signature: other words or author than were signed; gap: missing; reordered
};

// Errors: malformed (a file can't be read as what it must be).
Result<std::vector<ExportDeviation>> deviations(const std::filesystem::path& folder, const verify::Report& proof);

}  // namespace encuentro::client::cli
