// A backup is a directory laid out like a store: a RocksDB checkpoint, the blobs, a mark. It holds what the disk
// holds, ciphertext and public parts, no more (R84). On the same file system its files are hard links: the work of
// an instant, and to be copied elsewhere before it counts as a backup.
#pragma once

#include <string>

#include "storage/rocksdb/database.h"

namespace encuentro::storage::rocks {

// Writes a backup of the open `database` of the store in `store` into `target`, which must not exist: it is built
// under another name beside it and appears whole. Errors: already_exists, storage_full, storage_failed.
Status write_backup(Database& database, const std::string& store, const std::string& target, std::uint64_t generation);

// Makes a store in `store`, which must not exist, out of a backup, by copying. `generation` must be above the
// backup's: clients that remember another generation give up trust in what the server says of the past, and send
// again what it lacks. Errors: not_found (no backup there), already_exists, bad_sequence (generation), storage_full,
// storage_failed.
Status restore_backup(const std::string& backup, const std::string& store, std::uint64_t generation);

}  // namespace encuentro::storage::rocks
