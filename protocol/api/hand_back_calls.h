// A server that was restored from a backup is given back what it lost (PROTOCOL H): members hand over what they hold,
// byte for byte, from the place on where the server's own account ends. Each entry is judged as if its maker appended
// it, except that anybody may bring it.
#pragma once

#include <vector>

#include "protocol/api/frame.h"
#include "protocol/record/heads.h"

namespace encuentro::api {

// What a server says, while it is being given back what it lost, to whoever wants to write anything new. Asked again
// later. Beside the codes of protocol/base/error.h; its word stands in the same table.
inline constexpr Code server_recovering{610};

// How much of a log goes into one message.
inline constexpr std::size_t hand_back_bytes_max = 96 * limits::KiB;

// From a member, or before login from whoever holds entries (they bear their own signatures): the server may have lost
// the very entry that made this device known. Reply: RosterPlaceReply, the head when the last was taken.
struct HandBackRoster {
  static constexpr Call call = Call::hand_back_roster;
  record::RosterHead after;  // the server's head as the sender knows it
  std::vector<Bytes> entries;
  void encode(codec::Writer& w) const;
  static Result<HandBackRoster> decode(codec::Reader& r);
};

// From a member. Reply: AppendReply.
struct HandBack {
  static constexpr Call call = Call::hand_back;
  ChannelId channel;
  record::LogHead after;
  std::vector<Bytes> entries;
  void encode(codec::Writer& w) const;
  static Result<HandBack> decode(codec::Reader& r);
};

}  // namespace encuentro::api
