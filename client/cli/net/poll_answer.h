// What a long poll brings (docs/PROTOCOL.md P): messages of the server, each behind its length (u32, big-endian).
#pragma once

#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/base/error.h"

namespace encuentro::client::cli::net {

// Errors: truncated, too_large (a message above limits::frame_bytes_max). Of a body that is wrong nothing is taken.
Result<std::vector<Bytes>> split_messages(BytesView body);

}  // namespace encuentro::client::cli::net
