// Who may have a connection: counts by remote bucket before login and over all (R73). Pure; the network's thread.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>

#include "server/net/session.h"

namespace encuentro::server::net {

using ConnectionNumber = Count<struct ConnectionTag>;

class Admission {
 public:
  Admission(std::size_t connections_max, std::size_t before_login_per_remote_max)
      : connections_max_(connections_max), before_login_per_remote_max_(before_login_per_remote_max) {}

  struct Verdict {
    bool admitted = false;
    // All places were taken: this one, the oldest before login, has to go. It is no longer counted before login.
    std::optional<ConnectionNumber> evict;
  };
  Verdict enter(ConnectionNumber connection, RemoteBucket remote);
  // It has proved who it is (login, or a token that held): no longer in its remote's count, never evicted.
  void prove(ConnectionNumber connection);
  void leave(ConnectionNumber connection);

  std::size_t connection_count() const { return connection_count_; }

 private:
  std::size_t connections_max_;
  std::size_t before_login_per_remote_max_;
  std::size_t connection_count_ = 0;
  std::set<ConnectionNumber> unproved_;  // ascending numbers: the first is the oldest
  std::unordered_map<std::uint64_t, RemoteBucket> remote_of_unproved_;
  std::unordered_map<std::uint64_t, std::size_t> unproved_by_remote_;
};

// The bucket of an IPv4 address (4 bytes; its /24) or an IPv6 address (16 bytes; its /48, or the mapped IPv4's /24)
// under a secret of this run (R82).
RemoteBucket remote_bucket(BytesView address, BytesView secret);

}  // namespace encuentro::server::net
