// A person's program as the measurements need it: the real core and the real connection, its disk a map in memory, so
// that the one disk of this machine is the server's alone. One thread at a time.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "client/cli/net/transfers.h"
#include "client/core/core.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::bench {

class Party {
 public:
  // To unlock isn't what most measure: a cheap passphrase unless told otherwise.
  explicit Party(crypto::Argon2Parameters passphrase_cost = {1, 8});

  // Runs the command and whatever comes meanwhile until it is answered; stops the program with the reason if it is
  // refused.
  client::core::Outcome must(client::core::Command command);
  template <class Outcome>
  Outcome get(client::core::Command command) {
    return std::get<Outcome>(must(std::move(command)));
  }
  // Past the core, for somebody who doesn't keep to it: sends a request and returns what comes next.
  Result<std::optional<Bytes>> say(BytesView frame);
  // Waits for one thing to happen, at most so long: a frame, or what the core wanted to do at a time.
  void serve(Duration wait);

  // Ends: the connection is closed, what the core knew stays on its disk.
  void leave();
  // Starts again from its disk. To be up to date is a command (Sync).
  void come_back();
  bool is_here() const { return core_ != nullptr; }

  client::core::Core& core() { return *core_; }
  // Processor time of the thread it ran on: in the core (sealing, signing, checking, opening), and in TLS and sockets.
  struct Spent {
    double core_us = 0;
    double wire_us = 0;
  };
  const Spent& spent() const { return spent_; }
  std::size_t disk_bytes() const;
  // To let another program work on its profile meanwhile; after leave(), before come_back().
  const std::map<Bytes, Bytes>& disk() const { return disk_; }
  void put_back(std::map<Bytes, Bytes> disk) { disk_ = std::move(disk); }
  static std::string_view passphrase();

 private:
  void carry_out(client::core::Effects effects);
  template <class Work>
  auto timed(double& sum, Work work);
  Result<Bytes> move_bytes(const client::core::Transfer& transfer);
  client::core::Effects connect(const client::core::ConnectTo& to);

  crypto::SystemRandom random_;
  client::core::Options options_;
  std::unique_ptr<client::core::Core> core_;
  std::map<Bytes, Bytes> disk_;
  client::cli::net::Endpoint endpoint_;
  std::unique_ptr<client::cli::net::Connection> connection_;
  std::unique_ptr<client::cli::net::Transfers> transfers_;
  std::optional<Timestamp> wake_at_;
  std::vector<client::core::Event> answers_;  // Done and Failed
  std::uint32_t tickets_ = 0;
  Spent spent_;
};

}  // namespace encuentro::bench
