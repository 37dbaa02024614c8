// Between network and service: turns sessions into callers, replies into frames, HTTPS bodies into transfers. All of it
// on the network's thread.
#pragma once

#include <unordered_map>

#include "server/net/hub.h"
#include "server/net/session.h"
#include "server/net/transfer.h"
#include "server/service/service.h"

namespace encuentro::server::host {

class Gateway final : public service::Outlet, public net::TransferHandler {
 public:
  // Before the first connection. Both outlive every session.
  void attach(service::Service& service, net::Hub& hub);
  net::SessionFactory sessions();

  void reply(service::Caller caller, Bytes frame) override;
  void push(std::span<const service::Caller> callers, Bytes frame) override;
  void publish(const ChannelId& channel, Bytes frame) override;
  void subscribe(service::Caller caller, const ChannelId& channel) override;
  void unsubscribe(service::Caller caller, const ChannelId& channel) override;
  void logged_in(service::Caller caller) override;
  void close(service::Caller caller, bool refused) override;

  void admit_put(const net::TransferRequest& request, net::TransferDone<void> done) override;
  void put(const net::TransferRequest& request, Bytes body, net::TransferDone<void> done) override;
  void get(const net::TransferRequest& request, net::TransferDone<std::shared_ptr<const Bytes>> done) override;

 private:
  class Door;
  const net::SessionRef* session(service::Caller caller) const;

  service::Service* service_ = nullptr;
  net::Hub* hub_ = nullptr;
  std::unordered_map<std::uint64_t, net::SessionRef> sessions_;
};

}  // namespace encuentro::server::host
