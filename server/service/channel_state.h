// A channel's state record: what the server has to know of a channel besides its log, in pieces that fit a store's
// value ("state/00", "state/01", ...; the whole begins with its length). Only the server reads it.
#pragma once

#include "protocol/mls/public/public_group.h"
#include "storage/partition.h"

namespace encuentro::server::service {

struct ChannelState {
  mls::PublicGroup group;
  std::vector<MemberId> leaving;
  std::vector<DeviceId> held_before_restart;

  static Result<ChannelState> decode(BytesView bytes);
};
Bytes encode_channel_state(const mls::PublicGroup& group, const std::vector<MemberId>& leaving,
                           const std::vector<DeviceId>& held_before_restart);

std::vector<storage::Put> state_pieces(BytesView state);
// Pieces in the order of their keys. Errors: storage_failed.
Result<Bytes> join_state_pieces(const std::vector<storage::Record>& pieces);

}  // namespace encuentro::server::service
