// What the service needs from its surroundings and what it does to them. Nothing here knows sockets, threads or files:
// the network's glue (server/ops/gateway.h) and the tests stand on the other side.
#pragma once

#include <functional>
#include <span>

#include "protocol/api/notice_calls.h"
#include "protocol/api/session.h"
#include "protocol/base/random.h"
#include "storage/blob_store.h"
#include "storage/partition_store.h"

namespace encuentro::server::service {

using Caller = Count<struct CallerTag>;  // one connection; never used twice

struct CallerFacts {
  bool loopback = false;
  api::ExporterValue exporter;  // zero where the transport has none
};

// What the service does to connections. A caller that is gone: nothing happens.
class Outlet {
 public:
  virtual ~Outlet() = default;
  virtual void reply(Caller caller, Bytes frame) = 0;
  virtual void push(std::span<const Caller> callers, Bytes frame) = 0;
  // To whoever is subscribed.
  virtual void publish(const ChannelId& channel, Bytes frame) = 0;
  virtual void subscribe(Caller caller, const ChannelId& channel) = 0;
  virtual void unsubscribe(Caller caller, const ChannelId& channel) = 0;
  virtual void logged_in(Caller caller) = 0;
  // `refused`: it has broken a rule, or its device doesn't stand any more.
  virtual void close(Caller caller, bool refused) = 0;
};

// Where notices for people who aren't here are left (api::SpooledNotice); carried out later, in order. One handle has
// one notice at most: to note it again changes nothing.
class Spool {
 public:
  virtual ~Spool() = default;
  virtual void note(const api::SpooledNotice& notice) = 0;
  virtual void withdraw(const Bytes& handle) = 0;
};

struct Ports {
  storage::PartitionStore& store;
  storage::BlobStore& blobs;
  Random& random;
  Outlet& out;
  // Runs the work later on the thread all calls of the service come on; the store's callbacks come through it.
  std::function<void(std::move_only_function<void()>)> post;
  std::function<Timestamp()> now;
  Spool* spool = nullptr;  // none: nothing is noted
};

// Rates and caps of R73, R75 to R77.
struct Rates {
  double messages_per_second = 20;
  double messages_burst = 100;
  double commits_per_second = 1;
  double commits_burst = 60;
  double key_packages_per_minute = 10;  // a requester and target
  std::size_t connections_per_device = 8;
  std::size_t connections_per_member = 32;
  std::size_t channels_per_creator = limits::channels_per_member_max;
  std::size_t open_uploads_per_member = 100;
  std::uint64_t upload_bytes_max = std::uint64_t{1} << 30;
  std::uint64_t country_bytes_max = std::uint64_t{20} << 30;
  std::uint64_t member_bytes_max = std::uint64_t{5} << 30;  // of their country's
};

struct Options {
  Hash32 spki;                // of the server's own key
  std::string founding_code;  // empty: founding from loopback only
  std::uint64_t generation = 1;
  std::function<void()> on_founded;  // the code has served
  Rates rates;
  bool signpost = false;  // an old host: only reads out the roster, in which the new place stands
  Duration sweep_interval = hours(1);
  Duration recovery_window = hours(24);  // how long a restored server is given back what it lost, unless ended before
  Bytes notice_key;                      // of the program that sends notices; empty: there is none
};

// Hands a store's answer over to the service's thread.
template <class T, class F>
storage::Done<T> posted(const Ports& ports, F then) {
  return [post = ports.post, then = std::move(then)](Result<T> result) mutable {
    post([then = std::move(then), result = std::move(result)]() mutable { then(std::move(result)); });
  };
}

}  // namespace encuentro::server::service
