// Applying one entry of a channel's log, the same for who was there and who comes later (PROTOCOL J2, C5, C6, S4). The
// chain was judged before; here it is who wrote it, at which roster head, in which epoch, with which right.
#pragma once

#include "client/core/core_state.h"
#include "protocol/api/channel_calls.h"

namespace encuentro::client::core {

enum class Applied : std::uint8_t {
  yes,   // it stands in the own account, whatever became of it
  wait,  // the roster or a blob comes first: the entry is read again afterwards
  no,    // an alarm was raised: nothing moved
};
Applied apply(CoreState& state, Channel& channel, const api::LogItem& item);

}  // namespace encuentro::client::core
