#include "server/host/gateway.h"

namespace encuentro::server::host {

// One connection's handler. Handlers may be destroyed after the service at the program's end, but are not called then.
class Gateway::Door final : public net::SessionHandler {
 public:
  explicit Door(Gateway& gateway) : gateway_(gateway) {}

  void on_open(net::SessionRef session, const net::SessionInfo& info) override {
    id_ = session.id();
    gateway_.sessions_[id_.value] = std::move(session);
    gateway_.service_->on_open(caller(), {info.loopback, api::ExporterValue(BytesView(info.exporter))});
  }
  void on_frame(BytesView message) override { gateway_.service_->on_frame(caller(), message); }
  void on_overflow() override {}  // the hub keeps account of what was missed
  void on_drained() override { gateway_.service_->on_lagged(caller(), gateway_.hub_->take_lagged(id_)); }
  void on_closed() override {
    gateway_.service_->on_closed(caller());
    gateway_.sessions_.erase(id_.value);
  }

 private:
  service::Caller caller() const { return service::Caller{id_.value}; }

  Gateway& gateway_;
  net::SessionId id_;
};

namespace {

service::Service::Transfer transfer_of(const net::TransferRequest& request) {
  return {request.channel, request.id, request.token, request.bytes};
}

}  // namespace

void Gateway::attach(service::Service& service, net::Hub& hub) {
  service_ = &service;
  hub_ = &hub;
}

net::SessionFactory Gateway::sessions() {
  return [this] { return std::make_unique<Door>(*this); };
}

const net::SessionRef* Gateway::session(service::Caller caller) const {
  auto found = sessions_.find(caller.value);
  return found == sessions_.end() ? nullptr : &found->second;
}

void Gateway::reply(service::Caller caller, Bytes frame) {
  if (const auto* to = session(caller)) to->send(net::Frame::binary(frame));
}
void Gateway::push(std::span<const service::Caller> callers, Bytes frame) {
  auto shared = net::Frame::binary(frame);
  for (service::Caller caller : callers) {
    if (const auto* to = session(caller)) to->offer(shared);
  }
}
void Gateway::publish(const ChannelId& channel, Bytes frame) { hub_->publish(channel, net::Frame::binary(frame)); }
void Gateway::subscribe(service::Caller caller, const ChannelId& channel) {
  hub_->subscribe(net::SessionId{caller.value}, channel);
}
void Gateway::unsubscribe(service::Caller caller, const ChannelId& channel) {
  hub_->unsubscribe(net::SessionId{caller.value}, channel);
}
void Gateway::logged_in(service::Caller caller) {
  if (const auto* to = session(caller)) to->logged_in();
}
void Gateway::close(service::Caller caller, bool refused) {
  if (const auto* to = session(caller)) to->close(refused ? net::CloseReason::refused : net::CloseReason::done);
}

void Gateway::admit_put(const net::TransferRequest& request, net::TransferDone<void> done) {
  done(service_->admit_put(transfer_of(request)));
}
void Gateway::put(const net::TransferRequest& request, Bytes body, net::TransferDone<void> done) {
  service_->put(transfer_of(request), std::move(body), std::move(done));
}
void Gateway::get(const net::TransferRequest& request, net::TransferDone<std::shared_ptr<const Bytes>> done) {
  auto then = [done = std::move(done)](Result<Bytes> bytes) mutable {
    if (!bytes) return done(std::unexpected(bytes.error()));
    done(std::make_shared<const Bytes>(std::move(*bytes)));
  };
  service_->get(transfer_of(request), std::move(then));
}

}  // namespace encuentro::server::host
