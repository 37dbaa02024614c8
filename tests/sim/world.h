// A whole network in one process, from one seed: the real server's service over the memory store, and clients that are
// the real core. The world owns the calendar, the connections and every client's disk.
#pragma once

#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <set>

#include "client/core/core.h"
#include "server/service/service.h"
#include "storage/memory/memory_store.h"
#include "tests/support/seeded_random.h"

namespace encuentro::sim {

namespace core = client::core;
namespace service = server::service;

inline constexpr std::string_view passphrase = "seis palabras para la prueba";

class World;

// A person's program with its disk. Restarting it opens the profile again from what was stored.
class Client {
 public:
  Client(World& world, std::string name);

  // Runs a command and everything that follows until it is answered.
  core::Done must(core::Command command);
  Code refused(core::Command command);
  template <class Outcome>
  Outcome get(core::Command command) {
    return std::get<Outcome>(must(std::move(command)).outcome);
  }
  // Begins a command; answered later.
  std::uint32_t begin(core::Command command);
  std::optional<Code> answer(std::uint32_t ticket) const;  // Code::none when done

  void restart();
  void stop() { running_ = false; }
  // Dies at the n-th half step from now: before a transaction is stored, or after it and before anything of it is sent.
  void dies_in(int half_steps) { dies_in_ = half_steps; }
  bool running() const { return running_; }
  void cut();  // the connection is lost; the client notices

  const core::Core& look() const { return *core_; }
  std::vector<std::string> bodies(const ChannelId& channel) const;  // of opened messages, in order
  std::vector<Code> alarms() const;
  const MemberId& member() const { return core_->self().member; }
  const std::map<Bytes, Bytes>& disk() const { return disk_; }
  void put_back(std::map<Bytes, Bytes> disk) { disk_ = std::move(disk); }

 private:
  friend class World;
  void carry_out(core::Effects effects);
  bool dies_here();
  void restart_into(bool fresh);

  World& world_;
  std::string name_;
  roster::DeviceKind kind_;
  tests::SeededRandom random_;
  std::map<Bytes, Bytes> disk_;
  std::unique_ptr<core::Core> core_;
  bool running_ = true;
  int dies_in_ = 0;
  service::Caller caller_;
  std::optional<core::ConnectTo> wants_;
  std::optional<Timestamp> wake_at_;
  std::uint32_t next_ticket_ = 1;
  std::map<std::uint32_t, core::Event> answers_;
  std::vector<core::Alarm> alarms_;
};

class World final : public service::Outlet {
 public:
  explicit World(std::uint64_t seed);

  Client& client(const std::string& name);
  // Everything that can happen without time passing, then time passes up to what somebody waits for, at most `span`.
  void settle(Duration span = seconds(20));
  bool step();  // one thing; false: nothing is left to do at this time

  Timestamp now{1'764'000'000'000};
  tests::SeededRandom random;
  Hash32 spki;
  bool online = true;
  std::optional<std::string> address;  // where the server answers; nothing: wherever it is looked for
  // Of the program that sends notices, and where they are left: from the server's next start on.
  Bytes notice_key;
  service::Spool* spool = nullptr;
  Duration ping_after;  // of clients started from here on; none: a long time that passes would be all pings
  roster::DeviceKind device_kind = roster::DeviceKind::native;  // of clients made from here on
  bool signpost = false;
  // Of each frame the server sends to a client: what arrives instead of it. For a hostile server.
  std::function<std::optional<Bytes>(const Client&, BytesView)> tamper;
  // Of each frame a client sends: what the server gets instead of it.
  std::function<std::optional<Bytes>(Client&, BytesView)> intercept;
  // Of each blob that is fetched.
  std::function<void(Bytes&)> tamper_blob;
  // A frame to a client that the service knows nothing of, and one to the service over a client's connection.
  void tell(const Client& client, Bytes frame);
  void say_as(const Client& client, Bytes frame);
  // The server dies and comes back with what its store holds; connections end.
  void restart_server();
  // What the server's disk holds now; and a server restored from that, as `encuentrod restore` leaves it.
  storage::MemoryStore::Snapshot backup() const { return store_.snapshot(); }
  void restore_server(const storage::MemoryStore::Snapshot& backup);
  // The operator's word that everything was given back.
  void end_recovery();
  // From a further connection of somebody's own, past the clients: its frames, and what came back.
  service::Caller stranger(const api::ExporterValue& exporter);
  std::vector<Bytes> ask(service::Caller caller, Bytes frame);
  // One frame in so many meets the end of its connection, in either direction; 0: none.
  std::uint64_t cut_one_in = 0;

  void reply(service::Caller caller, Bytes frame) override;
  void push(std::span<const service::Caller> callers, Bytes frame) override;
  void publish(const ChannelId& channel, Bytes frame) override;
  void subscribe(service::Caller caller, const ChannelId& channel) override { subscribers_[channel].insert(caller); }
  void unsubscribe(service::Caller caller, const ChannelId& channel) override { subscribers_[channel].erase(caller); }
  void logged_in(service::Caller) override {}
  void close(service::Caller caller, bool refused) override;

 private:
  friend class Client;
  struct Delivery {
    service::Caller caller;
    Bytes frame;
    bool close = false;
  };
  Client* of(service::Caller caller);
  void start_server();
  bool cut_here(service::Caller caller);
  void transfer(Client& client, core::Transfer transfer);
  void drop(service::Caller caller);
  bool connect_somebody();
  std::optional<Timestamp> next_wake() const;

  storage::MemoryStore store_;
  std::uint64_t generation_ = 1;
  std::deque<std::move_only_function<void()>> work_;
  std::deque<std::pair<service::Caller, Bytes>> to_server_;
  std::deque<Delivery> to_clients_;
  std::map<ChannelId, std::set<service::Caller>> subscribers_;
  std::uint64_t next_caller_ = 1;
  std::unique_ptr<service::Service> service_;
  std::map<service::Caller, std::vector<Bytes>> strangers_;
  std::map<std::string, std::unique_ptr<Client>> clients_;
};

// The Secretariat founds, countries are admitted, focal points enter with link and code.
struct Network {
  explicit Network(std::uint64_t seed);
  Client& enter(Client& inviter, const std::string& name, core::Invite invite, bool with_code = true);
  Client& focal_point(const std::string& country);
  // The same without the code, which costs a fifth of a second: confirmed by the Secretariat.
  Client& quick_focal_point(const std::string& country);
  Client& second_device(Client& owner, const std::string& name);
  void country(const std::string& code, roster::CountryStatus status = roster::CountryStatus::member);

  World world;
  Client& secretariat;
  core::Founded founded;
};

}  // namespace encuentro::sim
