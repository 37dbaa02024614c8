// What an operator does with the data; all but the backup while the server stands still. Each error is a sentence for
// the operator.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "protocol/base/time.h"
#include "storage/rocksdb/rocks_store.h"

namespace encuentro::server::host {

std::expected<std::unique_ptr<storage::RocksStore>, std::string> open_store(const std::filesystem::path& data);

// A backup into `target`, which doesn't exist yet, of a server that runs (it makes the copy itself) or not. Checked
// before it counts as one.
std::expected<void, std::string> backup(const std::filesystem::path& data, const std::filesystem::path& target);
// Data out of a backup; `data` holds no store yet. The generation rises: clients hand back what the backup lacks (R84).
std::expected<void, std::string> restore(const std::filesystem::path& source, const std::filesystem::path& data,
                                         Timestamp now);

// What was lost before the restore has been given back: from now on the server takes new entries, whether it runs or
// not.
std::expected<void, std::string> recovered(const std::filesystem::path& data);

struct CheckReport {
  std::uint64_t roster_entries = 0;
  std::uint64_t channels = 0;
  std::uint64_t channel_entries = 0;
  std::uint64_t blobs = 0;
};
// Walks every row, request id and blob, then the roster with all its signatures and every channel's log with its
// hashes and state. The server stands still meanwhile.
std::expected<CheckReport, std::string> check(const std::filesystem::path& data);

}  // namespace encuentro::server::host
