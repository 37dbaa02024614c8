// What is typed and not sent: rows "draft/PLACE", each with its place and text, so that a lock, a closed page or a
// crash takes nothing of it away. They never leave this device.
#pragma once

#include "client/core/core_state.h"

namespace encuentro::client::core {

inline constexpr std::size_t drafts_max = 256;
inline constexpr std::size_t draft_place_bytes_max = 128;
inline constexpr std::size_t draft_text_bytes_max = 256u * 1024;

void keep_draft(CoreState& state, std::uint32_t ticket, const KeepDraft& command);
Status load_draft(CoreState& state, BytesView value);

}  // namespace encuentro::client::core
