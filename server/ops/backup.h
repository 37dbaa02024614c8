// `encuentrod backup` and `encuentrod restore`. A backup holds what the server's disk holds: ciphertext, the public
// part of groups, the roster. It is checked before it is called one (R84).
#pragma once

#include <string>

#include "protocol/base/time.h"
#include "server/ops/check.h"
#include "storage/rocksdb/rocks_store.h"

namespace encuentro::server::ops {

// Of a store no server runs on, into `target`, which must not exist. Returns what the check of the backup found.
// Errors: not_found, locked (a server runs on it), already_exists, storage_full, storage_failed (R81: see check.h).
Result<CheckResult> back_up(const std::string& store, const std::string& target);

// The same from within a running server. Blocks for as long as it takes to link or copy the blobs and read all of the
// backup: a thread of its own, none of the store's.
Result<CheckResult> back_up(storage::RocksStore& running, const std::string& target);

// Makes `store`, which must not exist, out of a backup whose check is clean. Its generation is `now` in seconds, above
// that of any store made before, so clients notice. What was issued once counts as used: the backup knows of no
// KeyPackage taken after it was made, so those it still holds are to be given out no more (R84); clients upload new
// ones.
// Errors: not_found, already_exists, storage_failed with rule "R84" (the backup has findings), bad_sequence (the clock
// is behind the backup), storage_full, storage_failed.
// The restored store is marked as one that is being given back what it lost since (PROTOCOL H).
Status restore(const std::string& backup, const std::string& store, Timestamp now);

// Takes that mark away, also where there is none. Errors: the store's.
Status end_recovery(storage::RocksStore& store);

}  // namespace encuentro::server::ops
