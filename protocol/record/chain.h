// The hash chain over a channel's log. Everyone computes it; nobody takes it from somebody else.
#pragma once

#include "protocol/record/heads.h"

namespace encuentro::record {

// (0, H_0).
LogHead log_start(const NetworkId& network, const ChannelId& channel);
// (s, H_s) from (s-1, H_{s-1}) and the bytes of entry s.
LogHead log_next(const LogHead& head, BytesView entry);

}  // namespace encuentro::record
