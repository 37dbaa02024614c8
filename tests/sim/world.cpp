#include "tests/sim/world.h"

#include <algorithm>
#include <utility>

#include "server/service/partitions.h"

namespace encuentro::sim {
namespace {

constexpr int steps_max = 200'000;

core::Options options_of(const World& world, roster::DeviceKind kind) {
  core::Options options;
  options.device_kind = kind;
  options.ping_after = world.ping_after;
  options.passphrase_cost = {1, 8};
  return options;
}

}  // namespace

Client::Client(World& world, std::string name)
    : world_(world), name_(std::move(name)), kind_(world.device_kind), random_(world.random.next()) {
  restart_into(true);
}

void Client::restart_into(bool fresh) {
  world_.drop(caller_);
  caller_ = {};
  wants_.reset();
  wake_at_.reset();
  running_ = true;
  core_ = std::make_unique<core::Core>(random_, options_of(world_, kind_));
  if (fresh) {
    auto made = core_->create(as_bytes(passphrase), world_.now);
    REQUIRE(made.has_value());
    carry_out(std::move(*made));
    return;
  }
  std::vector<core::Row> rows;
  for (const auto& [row, value] : disk_) rows.push_back({row, value});
  auto opened = core_->open(std::move(rows), as_bytes(passphrase), world_.now);
  if (!opened) FAIL(name_ << " can't open its profile: " << name(opened.error().code) << " " << opened.error().rule);
  carry_out(std::move(*opened));
  carry_out(core_->start(world_.now));
}

void Client::restart() { restart_into(false); }

void Client::cut() {
  world_.drop(caller_);
  caller_ = {};
  carry_out(core_->on_disconnected({Code::unreachable, "", 0, 0}, world_.now));
}

bool Client::dies_here() {
  if (dies_in_ == 0 || --dies_in_ > 0) return false;
  running_ = false;
  world_.drop(caller_);
  caller_ = {};
  wants_.reset();
  return true;
}

void Client::carry_out(core::Effects effects) {
  if (dies_here()) return;
  for (auto& row : effects.store.puts) disk_[row.name] = row.value;
  for (auto& row : effects.store.erases) disk_.erase(row);
  if (dies_here()) return;
  for (auto& frame : effects.send) world_.to_server_.emplace_back(caller_, std::move(frame));
  for (auto& event : effects.show) {
    if (auto* done = std::get_if<core::Done>(&event)) answers_[done->ticket] = *done;
    if (auto* failed = std::get_if<core::Failed>(&event)) answers_[failed->ticket] = *failed;
    if (auto* alarm = std::get_if<core::Alarm>(&event)) alarms_.push_back(*alarm);
  }
  for (auto& transfer : effects.transfers) world_.transfer(*this, std::move(transfer));
  if (effects.disconnect) {
    world_.drop(caller_);
    caller_ = {};
  }
  if (effects.connect) wants_ = effects.connect;
  wake_at_ = effects.wake_at;
}

std::uint32_t Client::begin(core::Command command) {
  std::uint32_t ticket = next_ticket_++;
  carry_out(core_->run(ticket, std::move(command), world_.now));
  return ticket;
}

std::optional<Code> Client::answer(std::uint32_t ticket) const {
  auto found = answers_.find(ticket);
  if (found == answers_.end()) return std::nullopt;
  const auto* failed = std::get_if<core::Failed>(&found->second);
  return failed == nullptr ? Code::none : failed->failure.code;
}

core::Done Client::must(core::Command command) {
  std::uint32_t ticket = begin(std::move(command));
  world_.settle();
  auto code = answer(ticket);
  if (!code) FAIL(name_ << ": command " << ticket << " was not answered");
  if (*code != Code::none) {
    const auto& failure = std::get<core::Failed>(answers_[ticket]).failure;
    FAIL(name_ << ": " << name(*code) << " " << failure.rule << " " << failure.expected << " " << failure.got);
  }
  return std::get<core::Done>(answers_[ticket]);
}

Code Client::refused(core::Command command) {
  std::uint32_t ticket = begin(std::move(command));
  world_.settle();
  auto code = answer(ticket);
  if (!code) FAIL(name_ << ": command " << ticket << " was not answered");
  return *code;
}

std::vector<std::string> Client::bodies(const ChannelId& channel) const {
  std::vector<std::string> bodies;
  for (const core::Record* record : core_->records(channel)) {
    bool message = record->kind == static_cast<std::uint16_t>(content::Kind::message);
    if (record->reading == core::Reading::opened && message) bodies.push_back(record->content.body);
  }
  return bodies;
}

std::vector<Code> Client::alarms() const {
  std::vector<Code> codes;
  for (const core::Alarm& alarm : alarms_) codes.push_back(alarm.code);
  return codes;
}

World::World(std::uint64_t seed) : random(seed), spki(random.id<Hash32>()) { start_server(); }

void World::start_server() {
  service::Ports ports{store_,
                       store_,
                       random,
                       *this,
                       [this](std::move_only_function<void()> f) { work_.push_back(std::move(f)); },
                       [this] { return now; },
                       spool};
  service::Options server;
  server.generation = generation_;
  server.signpost = signpost;
  server.notice_key = notice_key;
  server.spki = spki;
  server.rates.messages_per_second = 1000;
  server.rates.commits_per_second = 1000;
  server.rates.key_packages_per_minute = 1000;
  service_ = std::make_unique<service::Service>(ports, server);
  bool loaded = false;
  service_->load([&](Result<void> result) { loaded = result.has_value(); });
  while (!work_.empty()) step();
  REQUIRE(loaded);
}

void World::restart_server() {
  work_.clear();
  to_server_.clear();
  to_clients_.clear();
  subscribers_.clear();
  for (auto& [name, client] : clients_) client->caller_ = {};
  service_.reset();
  start_server();
  for (auto& [name, client] : clients_) {
    if (client->running_) client->carry_out(client->core_->on_disconnected({Code::unreachable, "", 0, 0}, now));
  }
}

void World::restore_server(const storage::MemoryStore::Snapshot& backup) {
  service_.reset();
  work_.clear();
  store_.put_back(backup);
  ++generation_;
  for (const auto& partition : store_.partitions()) {
    if (partition.kind != service::key_package_partition(DeviceId{}).kind) continue;
    storage::ChangeSet change{partition, {}, {}};
    store_.scan(partition, service::single_use_prefix, "", {}, [&](Result<storage::RecordPage> page) {
      REQUIRE(page);
      for (const auto& record : page->records) change.writes.push_back(storage::Erase{record.key});
    });
    if (!change.writes.empty()) store_.commit(std::move(change), [](Result<storage::CommitResult> r) { REQUIRE(r); });
  }
  storage::ChangeSet change{service::roster_partition(), {}, {service::recovering_row(now)}};
  store_.commit(std::move(change), [](Result<storage::CommitResult> result) { REQUIRE(result); });
  restart_server();
}

void World::end_recovery() {
  std::optional<Result<void>> ended;
  service_->end_recovery([&](Result<void> result) { ended = std::move(result); });
  while (!work_.empty()) step();
  REQUIRE(ended.has_value());
  REQUIRE(*ended);
}

void World::tell(const Client& client, Bytes frame) { to_clients_.push_back({client.caller_, std::move(frame)}); }
void World::say_as(const Client& client, Bytes frame) { to_server_.emplace_back(client.caller_, std::move(frame)); }

service::Caller World::stranger(const api::ExporterValue& exporter) {
  service::Caller caller{next_caller_++};
  strangers_[caller];
  service_->on_open(caller, {true, exporter});
  return caller;
}

std::vector<Bytes> World::ask(service::Caller caller, Bytes frame) {
  strangers_[caller].clear();
  service_->on_frame(caller, frame);
  while (!work_.empty()) step();
  return strangers_[caller];
}

// Where a connection ends, what is on its way is lost.
bool World::cut_here(service::Caller caller) {
  if (cut_one_in == 0 || random.next() % cut_one_in != 0) return false;
  Client* client = of(caller);
  if (client == nullptr || !client->running_) return false;
  client->cut();
  return true;
}

// HTTPS requests beside the connection: answered at once, by the same service.
void World::transfer(Client& client, core::Transfer transfer) {
  constexpr std::string_view blob_path = "/v1/blob/";
  Bytes hash;
  REQUIRE(transfer.path.starts_with(blob_path));
  REQUIRE(from_hex(std::string_view(transfer.path).substr(blob_path.size()), hash));
  auto answer = [this, &client, number = transfer.number](Result<Bytes> result) {
    work_.push_back([this, &client, number, result = std::move(result)] {
      if (client.running_) client.carry_out(client.core_->on_transfer(number, result, now));
    });
  };
  work_.push_back([this, transfer = std::move(transfer), id = BlobId(hash), answer]() mutable {
    service::Service::Transfer asked{std::nullopt, id, transfer.token, transfer.body.size()};
    if (!transfer.put) {
      return service_->get(asked, [this, answer](Result<Bytes> bytes) {
        if (bytes && tamper_blob) tamper_blob(*bytes);
        answer(std::move(bytes));
      });
    }
    service_->put(asked, std::move(transfer.body),
                  [answer](Status status) { answer(status ? Result<Bytes>(Bytes{}) : fail(status.error().code)); });
  });
}

Client& World::client(const std::string& name) {
  auto& place = clients_[name];
  if (!place) place = std::make_unique<Client>(*this, name);
  return *place;
}

Client* World::of(service::Caller caller) {
  if (caller.value == 0) return nullptr;
  for (auto& [name, client] : clients_) {
    if (client->caller_ == caller) return client.get();
  }
  return nullptr;
}

void World::drop(service::Caller caller) {
  if (caller.value == 0) return;
  std::erase_if(to_server_, [&](const auto& frame) { return frame.first == caller; });
  for (auto& [channel, callers] : subscribers_) callers.erase(caller);
  service_->on_closed(caller);
}

bool World::connect_somebody() {
  for (auto& [name, client] : clients_) {
    if (!client->wants_ || !client->running_) continue;
    const core::ConnectTo wanted = *std::exchange(client->wants_, std::nullopt);
    Code why = !online || (address && wanted.address != *address) ? Code::unreachable : Code::none;
    if (why == Code::none && wanted.spki != spki) why = Code::wrong_server_key;
    if (why != Code::none) {
      client->carry_out(client->core_->on_disconnected({why, "", 0, 0}, now));
      return true;
    }
    client->caller_ = service::Caller{next_caller_++};
    api::ExporterValue exporter = random.id<api::ExporterValue>();
    service_->on_open(client->caller_, {true, exporter});
    client->carry_out(client->core_->on_connected(exporter, now));
    return true;
  }
  return false;
}

bool World::step() {
  if (!work_.empty()) {
    auto work = std::move(work_.front());
    work_.pop_front();
    work();
    return true;
  }
  if (!to_clients_.empty()) {
    Delivery delivery = std::move(to_clients_.front());
    to_clients_.pop_front();
    if (cut_here(delivery.caller)) return true;
    Client* client = of(delivery.caller);
    if (client == nullptr || !client->running_) return true;
    if (delivery.close) {
      client->cut();
      return true;
    }
    std::optional<Bytes> frame = std::move(delivery.frame);
    if (tamper) frame = tamper(*client, *frame);
    if (frame) client->carry_out(client->core_->on_frame(*frame, now));
    return true;
  }
  if (!to_server_.empty()) {
    auto [caller, frame] = std::move(to_server_.front());
    to_server_.pop_front();
    if (cut_here(caller)) return true;
    Client* client = of(caller);
    std::optional<Bytes> sent = std::move(frame);
    if (intercept && client != nullptr) sent = intercept(*client, *sent);
    if (sent) service_->on_frame(caller, *sent);
    return true;
  }
  return connect_somebody();
}

std::optional<Timestamp> World::next_wake() const {
  std::optional<Timestamp> wake;
  for (const auto& [name, client] : clients_) {
    bool sooner = client->wake_at_ && (!wake || *client->wake_at_ < *wake);
    if (client->running_ && sooner) wake = client->wake_at_;
  }
  return wake;
}

void World::settle(Duration span) {
  Timestamp until = now + span;
  for (int i = 0; i < steps_max; ++i) {
    if (step()) continue;
    auto wake = next_wake();
    if (!wake || *wake > until) return;
    now = std::max(now, *wake);
    for (auto& [name, client] : clients_) {
      if (client->running_ && client->wake_at_ && *client->wake_at_ <= now) {
        client->carry_out(client->core_->on_time(now));
      }
    }
  }
  FAIL("the world doesn't come to rest");
}

void World::reply(service::Caller caller, Bytes frame) {
  auto stranger = strangers_.find(caller);
  if (stranger != strangers_.end()) return stranger->second.push_back(std::move(frame));
  to_clients_.push_back({caller, std::move(frame)});
}
void World::push(std::span<const service::Caller> callers, Bytes frame) {
  for (service::Caller caller : callers) to_clients_.push_back({caller, frame});
}
void World::publish(const ChannelId& channel, Bytes frame) {
  for (service::Caller caller : subscribers_[channel]) to_clients_.push_back({caller, frame});
}
void World::close(service::Caller caller, bool) { to_clients_.push_back({caller, {}, true}); }

Network::Network(std::uint64_t seed) : world(seed), secretariat(world.client("secretariat")) {
  core::FoundNetwork found{"localhost:8443", world.spki, "Red de prueba", {"Secretaria", "", ""}, "portátil", ""};
  founded = secretariat.get<core::Founded>(found);
}

void Network::country(const std::string& code, roster::CountryStatus status) {
  secretariat.must(core::AddCountry{code, "País " + code, status, roster::Voice::any, {}, "acta 1"});
}

Client& Network::enter(Client& inviter, const std::string& name, core::Invite invite, bool with_code) {
  invite.person.name = name;
  invite.with_code = with_code;
  auto invited = inviter.get<core::Invited>(invite);
  Client& client = world.client(name);
  client.must(core::Join{invited.link, invited.code, "portátil de " + name});
  return client;
}

Client& Network::focal_point(const std::string& country_code) {
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = country_code;
  return enter(secretariat, country_code, invite);
}

Client& Network::quick_focal_point(const std::string& country_code) {
  core::Invite invite;
  invite.role = roster::Role::focal_point;
  invite.country = country_code;
  Client& person = enter(secretariat, country_code, invite, false);
  secretariat.must(core::Confirm{person.member(), std::nullopt});
  return person;
}

Client& Network::second_device(Client& owner, const std::string& name) {
  auto invited = owner.get<core::Invited>(core::AddDevice{});
  Client& client = world.client(name);
  client.must(core::Join{invited.link, invited.code, name});
  return client;
}

}  // namespace encuentro::sim
