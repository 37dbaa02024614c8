// `encuentrod check`: walks every log, record and blob of a store that no server runs on, or of a backup.
#pragma once

#include <string>

#include "storage/rocksdb/check.h"

namespace encuentro::server::ops {

struct CheckResult {
  storage::CheckReport storage;
  std::uint64_t roster_entries = 0;
};

// Errors: not_found (no store there), locked (a server runs on it), storage_failed with rule "R81", expected and got
// (acknowledged entries are missing), storage_failed. Findings are no error: look at storage.clean().
Result<CheckResult> check(const std::string& store);

// As a person reads it: figures, then a line for each finding (partition ids in hex). Holds no content, no names.
std::string describe(const CheckResult& result);

}  // namespace encuentro::server::ops
