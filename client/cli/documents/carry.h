// Drives a pool of chunks to its end from the session's thread: token, progress, what is kept, the connection
// meanwhile.
#pragma once

#include "client/cli/documents/chunk_pool.h"
#include "client/cli/session.h"
#include "client/core/done_book.h"
#include "protocol/content/file_cipher.h"

namespace encuentro::client::cli {

using core::DoneBook;

struct Carriage {
  core::AllowTransfer allow;
  std::optional<UploadId> keep;  // under which the book is kept; nothing: it isn't
  content::FileShape shape;
  Key words;  // of the progress shown
};

// Until the book is complete. Adds what went over the wire to `wire_bytes`. Errors: a chunk's own, the token's, and
// unreachable after a minute without a chunk. What is through is kept in every case.
Status carry(Session& session, Output& output, const Carriage& carriage, DoneBook& book, ChunkPool::Move move,
             std::uint64_t& wire_bytes);

Result<core::TransferAllowed> allow_transfer(Session& session, const core::AllowTransfer& allow);
// One thing that is not a chunk of the file, with the same patience.
Status carry_one(Session& session, Output& output, const core::AllowTransfer& allow, ChunkPool::Move move);

}  // namespace encuentro::client::cli
