// One client behind its door against the real service over a memory store, each call written down as a script for
// fuzz/door_session.h. Everything comes from fixed seeds.
#pragma once

#include <catch2/catch.hpp>
#include <deque>

#include "fuzz/door_session.h"
#include "server/service/service.h"
#include "storage/memory/memory_store.h"

namespace encuentro::tests {

class RecordedSession final : public server::service::Outlet {
 public:
  RecordedSession();

  void found();
  void run(client::core::Command command);
  // Asks each question of a page once.
  void look();

  const Bytes& script() const { return script_; }
  std::size_t failures() const { return failures_; }
  const std::string& invited() const { return invited_; }
  std::vector<Bytes> roster_entries() const { return opened().roster_entries(); }
  std::vector<ChannelId> core_channels() const { return opened().channels(); }
  std::vector<Bytes> log_entries(const ChannelId& id) const { return opened().log_entries(id); }
  Bytes policy_bytes(const ChannelId& id) const { return opened().channel(id)->policy.encoded(); }

  void reply(server::service::Caller, Bytes frame) override { to_client_.push_back(std::move(frame)); }
  void push(std::span<const server::service::Caller>, Bytes frame) override { to_client_.push_back(std::move(frame)); }
  void publish(const ChannelId& channel, Bytes frame) override {
    if (subscribed_.contains(channel)) to_client_.push_back(std::move(frame));
  }
  void subscribe(server::service::Caller, const ChannelId& channel) override { subscribed_.insert(channel); }
  void unsubscribe(server::service::Caller, const ChannelId& channel) override { subscribed_.erase(channel); }
  void logged_in(server::service::Caller) override {}
  void close(server::service::Caller, bool) override {}

 private:
  void put(client::wasm::Call call);
  void carry_out(client::core::Effects effects);
  void transfer(const client::core::Transfer& transfer);
  void settle();
  const client::core::Core& opened() const;

  fuzz::DoorSession door_;
  Bytes script_;
  SeededRandom random_{3};
  storage::MemoryStore store_;
  std::deque<std::move_only_function<void()>> work_;
  std::deque<Bytes> to_client_;
  std::set<ChannelId> subscribed_;
  Timestamp now_ = fuzz::session_start;
  std::optional<Timestamp> wake_at_;
  std::unique_ptr<server::service::Service> service_;
  server::service::Caller caller_{1};
  Hash32 spki_;
  std::string invited_;
  std::uint32_t ticket_ = 0;
  std::size_t failures_ = 0;
  mutable SeededRandom opening_random_{4};
  mutable std::unique_ptr<client::core::Core> opened_;
};

}  // namespace encuentro::tests
