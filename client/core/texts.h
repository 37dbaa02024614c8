// The text inside documents' files, as the edge took it: rows "text/VERSION", for the search alone. It goes with its
// version: whoever searches forgets those of versions that are in no folder any more.
#pragma once

#include <string_view>

#include "client/core/core_state.h"

namespace encuentro::client::core {

void keep_text(CoreState& state, std::uint32_t ticket, const KeepText& command);
Status load_text(CoreState& state, std::string_view row_name, BytesView value);

}  // namespace encuentro::client::core
