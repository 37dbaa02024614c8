// The Secretariat, one country, and its people; nobody is connected but who is measured.
#pragma once

#include <memory>
#include <vector>

#include "bench/party.h"
#include "bench/server_process.h"

namespace encuentro::bench {

class Space {
 public:
  explicit Space(const ServerProcess& server);

  // People of the country, the focal point among them; the new ones leave again.
  void grow_to(std::size_t count);
  Party& party(std::size_t place) { return *parties_[place]; }
  Party& focal_point() { return *focal_point_; }

  // A channel of the first `count`; the focal point is the first, and founds it.
  ChannelId channel(std::size_t count);
  // Of that one and who made it, the focal point or the Secretariat; of the focal point alone for 0.
  ChannelId channel_with(std::size_t place);

 private:
  Party& enter(Party& inviter, client::core::Invite invite);
  static ChannelId channel_of(Party& maker, std::vector<MemberId> others);

  Party secretariat_;
  Party* focal_point_ = nullptr;
  std::vector<std::unique_ptr<Party>> parties_;
  std::vector<MemberId> members_;
};

}  // namespace encuentro::bench
