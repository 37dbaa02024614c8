#include "server/net/hub.h"

#include <utility>

namespace encuentro::server::net {

void Hub::add(const SessionRef& session) { sessions_.try_emplace(session.id().value, Member{session, {}, {}}); }

void Hub::remove(SessionId session) {
  const auto found = sessions_.find(session.value);
  if (found == sessions_.end()) return;
  for (const ChannelId& channel : std::exchange(found->second.channels, {})) {
    const auto subscribed = subscribers_.find(channel);
    subscribed->second.erase(session);
    if (subscribed->second.empty()) subscribers_.erase(subscribed);
  }
  sessions_.erase(found);
}

void Hub::subscribe(SessionId session, ChannelId channel) {
  const auto found = sessions_.find(session.value);
  if (found == sessions_.end()) return;
  found->second.channels.insert(channel);
  subscribers_[channel].insert(session);
}

void Hub::unsubscribe(SessionId session, ChannelId channel) {
  const auto found = sessions_.find(session.value);
  if (found == sessions_.end() || found->second.channels.erase(channel) == 0) return;
  found->second.lagged.erase(channel);
  const auto subscribed = subscribers_.find(channel);
  subscribed->second.erase(session);
  if (subscribed->second.empty()) subscribers_.erase(subscribed);
}

std::size_t Hub::publish(ChannelId channel, const SharedFrame& frame) {
  const auto subscribed = subscribers_.find(channel);
  if (subscribed == subscribers_.end()) return 0;
  std::size_t taken = 0;
  for (const SessionId session : subscribed->second) {
    Member& member = sessions_.at(session.value);
    if (member.session.offer(frame)) {
      ++taken;
    } else {
      member.lagged.insert(channel);
    }
  }
  return taken;
}

std::size_t Hub::publish_to_all(const SharedFrame& frame) {
  std::size_t taken = 0;
  for (auto& [id, member] : sessions_) taken += member.session.offer(frame) ? 1 : 0;
  return taken;
}

std::vector<ChannelId> Hub::take_lagged(SessionId session) {
  const auto found = sessions_.find(session.value);
  if (found == sessions_.end()) return {};
  const std::set<ChannelId> lagged = std::exchange(found->second.lagged, {});
  return {lagged.begin(), lagged.end()};
}

std::size_t Hub::subscriber_count(ChannelId channel) const {
  const auto subscribed = subscribers_.find(channel);
  return subscribed == subscribers_.end() ? 0 : subscribed->second.size();
}

}  // namespace encuentro::server::net
