// What the tests of the RocksDB store share.
#pragma once

#include "tests/unit/storage/backend.h"

namespace encuentro::storage::test {

// A store in `directory` with small bounds, or the error of opening it.
Result<std::unique_ptr<RocksStore>> open_store(const std::string& directory,
                                               const std::function<void(RocksStoreOptions&)>& change = {});
// The same, required to open.
std::unique_ptr<RocksStore> opened(const std::string& directory,
                                   const std::function<void(RocksStoreOptions&)>& change = {});

// Appends entries r<first>..r<last> with bodies of their own to channel(), each answered before the next.
void append_entries(PartitionStore& store, int first, int last);
// Requires that channel() holds exactly entries 1..last, r<n> at n.
void require_entries(PartitionStore& store, int last);

// What a kill -9 would leave at this moment: the files as the kernel holds them.
void copy_live(const std::string& from, const std::string& to);

// Every file below `directory` with its content, RocksDB's own diary (LOG) aside.
std::map<std::string, std::string> contents(const std::string& directory);

// The write-ahead logs of the store in `directory`, oldest first.
std::vector<std::string> log_files(const std::string& directory);

void cut_file(const std::string& path, std::uint64_t bytes_off);
void flip_byte(const std::string& path, std::uint64_t offset);

}  // namespace encuentro::storage::test
