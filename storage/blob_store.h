// Larger parts (trees, Welcomes, sealed chunks), each under the hash of its bytes. The id is the caller's
// word: who takes blobs from outside compares the hash first, `encuentrod check` compares all of them later.
// Callbacks as in partition_store.h. A blob exists only once somebody's change set names it: put first, then
// commit; what nobody names is swept by the server.
#pragma once

#include "protocol/base/ids.h"
#include "storage/partition_store.h"

namespace encuentro::storage {

enum class BlobPut : std::uint8_t { written, already_there };

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Durable when answered, also if it was there already. 1 byte to limits::blob_bytes_max.
  // Errors: too_large, malformed (empty), storage_full, storage_failed, overloaded, shutting_down.
  virtual void put(BlobId id, Bytes bytes, Done<BlobPut> done) = 0;

  // `length` bytes from `offset` on, fewer at the end of the blob, none past it. not_found.
  virtual void get(BlobId id, std::uint64_t offset, std::uint64_t length, Done<Bytes> done) = 0;

  // The blob's whole length. not_found.
  virtual void size(BlobId id, Done<std::uint64_t> done) = 0;

  // Of a blob that isn't there: no error.
  virtual void erase(BlobId id, Done<void> done) = 0;
};

}  // namespace encuentro::storage
