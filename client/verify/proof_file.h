// The files of an export's proof (client/cli/copy/proof.h): entries as they were, each behind its length as
// uint32; what authors signed, behind its place as uint64 too. Whoever verifies has them from somebody else.
#pragma once

#include "client/verify/walk.h"

namespace encuentro::client::verify {

Bytes framed(const std::vector<Bytes>& entries);
// Errors: truncated, too_large (an entry above `entry_bytes_max`).
Result<std::vector<Bytes>> split_framed(BytesView file, std::size_t entry_bytes_max);

Bytes framed_words(const std::vector<SignedPlace>& words);
// Errors: as split_framed.
Result<std::vector<SignedPlace>> split_words(BytesView file);

}  // namespace encuentro::client::verify
