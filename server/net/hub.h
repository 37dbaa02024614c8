// Who hears what: channel → sessions, by id. One frame, framed once, goes to many. Network's thread only; whoever is
// elsewhere (the store's callbacks) posts through Server::post.
#pragma once

#include <set>
#include <unordered_map>
#include <vector>

#include "protocol/base/ids.h"
#include "server/net/session.h"

namespace encuentro::server::net {

class Hub {
 public:
  void add(const SessionRef& session);
  // Ends all its subscriptions.
  void remove(SessionId session);

  // A session that isn't there: nothing happens. Subscribing twice is once.
  void subscribe(SessionId session, ChannelId channel);
  void unsubscribe(SessionId session, ChannelId channel);

  // Offers the frame to every subscriber; who has no room is marked as lagging in this channel. Returns how many took
  // it.
  std::size_t publish(ChannelId channel, const SharedFrame& frame);
  // To every session there is (roster entries, closing); who has no room gets nothing and isn't marked.
  std::size_t publish_to_all(const SharedFrame& frame);

  // The channels in which this session missed a push since the last call.
  std::vector<ChannelId> take_lagged(SessionId session);

  std::size_t session_count() const { return sessions_.size(); }
  std::size_t subscriber_count(ChannelId channel) const;

 private:
  struct Member {
    SessionRef session;
    std::set<ChannelId> channels;
    std::set<ChannelId> lagged;
  };
  std::unordered_map<std::uint64_t, Member> sessions_;  // by SessionId::value
  std::unordered_map<ChannelId, std::set<SessionId>> subscribers_;
};

}  // namespace encuentro::server::net
