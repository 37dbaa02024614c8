// Leave for a file's chunks, and what an interrupted upload needs to go on: rows "transfer/UPLOAD/PART" whose bytes are
// the edge's. The chunks themselves never pass through the core.
#pragma once

#include <string_view>

#include "client/core/core_state.h"

namespace encuentro::client::core {

void allow_transfer(CoreState& state, std::uint32_t ticket, const AllowTransfer& command);
void read_quota(CoreState& state, std::uint32_t ticket);
void keep_transfer(CoreState& state, std::uint32_t ticket, const KeepTransfer& command);
void forget_transfer(CoreState& state, std::uint32_t ticket, const ForgetTransfer& command);
// Forgets it with this input's transaction.
void drop_transfer(CoreState& state, const UploadId& upload);
Status load_transfer(CoreState& state, std::string_view row_name, BytesView value);

}  // namespace encuentro::client::core
