// A server on a free loopback port with its own thread, and a handler that answers by the first letter of a message:
// e… the same back · l logs in and answers "l" · b<n> n messages at once · s subscribes to the one channel ·
// p… publishes the rest to it · q closes · i the session's facts. Counts of all events.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "server/net/server.h"

namespace encuentro::server::net {

class LiveServer : public Observer {
 public:
  explicit LiveServer(Options options = {}, TransferHandler* transfers = nullptr);
  ~LiveServer() override;

  std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }
  const Certificate& certificate() const { return certificate_; }
  static const ChannelId& channel();

  std::size_t count(Event event) const { return counts_[static_cast<std::size_t>(event)]; }
  // Within five seconds.
  bool wait_for(Event event, std::size_t times = 1);
  // What on_overflow, on_drained and take_lagged told, over all sessions.
  std::atomic<std::size_t> overflows{0}, drains{0}, lagged_channels{0};
  // The last session that was opened.
  SessionRef last_session();
  void opened(const SessionRef& session);
  std::atomic<std::size_t> records{0}, frames{0};
  // Runs on the network's thread and waits for it.
  void on_network(std::function<void()> work);
  // stop(), and until run() has returned.
  void stop();

  void on_event(Event event, SessionId session) override;
  void on_received(std::size_t) override {}
  void on_written(std::size_t bytes, std::size_t frames, std::size_t records) override;

 private:
  std::array<std::atomic<std::size_t>, 32> counts_{};
  std::mutex mutex_;
  SessionRef last_session_;
  std::condition_variable changed_;
  Certificate certificate_;
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

// Options for tests: a free port and short times.
Options test_options();

}  // namespace encuentro::server::net
