// Commits that a malicious member makes so that everything public of them is right, and the server orders them, but
// what only members can see is wrong (RFC 9420 §12.4.1 with one fault).
#pragma once

#include "tests/hostile/stolen_device.h"

namespace encuentro::hostile {

enum class Fault {
  none,
  confirmation_tag,  // nobody comes to the same epoch
  path_secret,       // one subtree can't open its path secret, or gets another one
  external_key,      // the GroupInfo names a key that isn't the epoch's
  welcome,           // the newcomer can't open it
  link,              // the older archive key in it is another one
};

struct BadCommit {
  Fault fault = Fault::none;
  std::vector<mls::Proposal> proposals;
  std::vector<DeviceId> added;
  std::size_t subtree = 0;  // which path secret; taken modulo their number
};

// A log entry with that Commit at the epoch the device holds, standing where `reader` stands.
Bytes bad_commit(const StolenDevice& thief, const core::Core& reader, const ChannelId& channel, BadCommit wish,
                 Random& random);
inline Bytes bad_commit(const StolenDevice& thief, const Client& reader, const ChannelId& channel, BadCommit wish,
                        Random& random) {
  return bad_commit(thief, reader.look(), channel, std::move(wish), random);
}

}  // namespace encuentro::hostile
