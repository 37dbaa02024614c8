// What it costs to bring one message to many: by the network half of the server, or by a bare send().
#pragma once

#include "bench/net_peer.h"

namespace encuentro::bench {

inline constexpr std::size_t payload_bytes = 1024;
inline constexpr std::size_t delivery_bytes = payload_bytes + 4;  // and the WebSocket header

struct Delivery {
  double cpu_us;
  double last_has_it_us;  // median of the rounds
  double per_second;
};

// One author, `readers` subscribers, `burst` messages in flight. Forks: before any thread exists.
Delivery measure_delivery(NetPeer::Kind kind, int readers, int burst);

}  // namespace encuentro::bench
