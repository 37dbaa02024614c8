// Offices that pass on: who follows whom, and what is the successor's from the start on.
#pragma once

#include <string>
#include <vector>

#include "client/core/core.h"

namespace encuentro::client::views {

// A channel the leaver is in, or the successor in his place. Not what two people say to each other.
struct PassingChannel {
  ChannelId channel;
  bool successor_in = false;
  static constexpr auto fields = std::tuple(&PassingChannel::channel, &PassingChannel::successor_in);
};
// An announcement whose acknowledgement the office still owes.
struct PassingAcknowledgement {
  ChannelId channel;
  RecordId id;
  std::string title;
  static constexpr auto fields =
      std::tuple(&PassingAcknowledgement::channel, &PassingAcknowledgement::id, &PassingAcknowledgement::title);
};
struct PassingOffice {
  MemberId member;
  roster::Relief dates;
  std::vector<PassingChannel> channels;                  // as far as this device is in them
  std::vector<PassingAcknowledgement> acknowledgements;  // of a seat
};

// Of every relief in the roster, in the order in which the leavers entered.
std::vector<PassingOffice> reliefs(const core::Core& core);

}  // namespace encuentro::client::views
