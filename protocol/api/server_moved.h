// What a signpost says to whoever wants to write: an old host that goes on only to read out the roster, in which the
// server's new place stands. Beside the codes of protocol/base/error.h; its word stands in the same table.
#pragma once

#include "protocol/base/error.h"

namespace encuentro::api {

inline constexpr Code server_moved{611};

}  // namespace encuentro::api
