// Whether the readable files of a copy are what its proof says: each is rendered anew and compared whole, documents and
// attachments by their bytes, names by the roster's commitments; nothing is missing, nothing was added.
#pragma once

#include "client/cli/copy/compare.h"
#include "client/cli/copy/proof.h"

namespace encuentro::client::cli {

struct Deviation {
  std::string file;  // its path in the copy
  Difference difference;
};

struct CopyReport {
  std::vector<Deviation> deviations;
  std::vector<std::string> absent;   // versions whose bytes the copy says it hasn't: "FOLDER/documents.json: ID"
  std::vector<std::string> waiting;  // waiting.json: what its writer hadn't sent yet, proven by nothing
};

// `report`: of the same proof. Where its roster couldn't be walked there is nothing to compare with.
// Errors: malformed (a log that doesn't begin with its channel), storage_failed.
Result<CopyReport> check_copy(const std::filesystem::path& folder, const Proof& proof, const verify::Report& report);

}  // namespace encuentro::client::cli
