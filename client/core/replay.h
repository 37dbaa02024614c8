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

// An ordered Commit (or create) that has to be rejected: the channel stops, keeps it and reports it (C6).
void stop_channel(CoreState& state, Channel& channel, const record::LogEntry& entry, Seq seq, const Error& why);

}  // namespace encuentro::client::core
