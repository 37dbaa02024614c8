#include "bench/party.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <thread>

#include "bench/median.h"

namespace encuentro::bench {

namespace core = client::core;
namespace net = client::cli::net;

namespace {

constexpr Duration connect_timeout = seconds(30);

Timestamp now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

[[noreturn]] void stop(const char* what, const core::Failure& why) {
  std::fprintf(stderr, "%s: %s %s\n", what, std::string(name(why.code)).c_str(), why.rule.c_str());
  std::exit(1);
}

}  // namespace

std::string_view Party::passphrase() { return "seis palabras para la medida"; }

Party::Party(crypto::Argon2Parameters passphrase_cost) {
  options_.passphrase_cost = passphrase_cost;
  core_ = std::make_unique<core::Core>(random_, options_);
  auto made = core_->create(as_bytes(passphrase()), now());
  ENC_CHECK(made.has_value());
  carry_out(std::move(*made));
}

template <class Work>
auto Party::timed(double& sum, Work work) {
  const double start = thread_cpu_us();
  auto result = work();
  sum += thread_cpu_us() - start;
  return result;
}

core::Outcome Party::must(core::Command command) {
  const std::uint32_t ticket = ++tickets_;
  answers_.clear();
  carry_out(timed(spent_.core_us, [&] { return core_->run(ticket, std::move(command), now()); }));
  for (;;) {
    for (core::Event& answer : answers_) {
      if (auto* done = std::get_if<core::Done>(&answer); done && done->ticket == ticket)
        return std::move(done->outcome);
      if (auto* failed = std::get_if<core::Failed>(&answer); failed && failed->ticket == ticket) {
        stop("a command was refused", failed->failure);
      }
    }
    serve(seconds(1));
  }
}

Result<std::optional<Bytes>> Party::say(BytesView frame) {
  ENC_CHECK(connection_ != nullptr);
  TRY_OK(connection_->send(frame));
  return connection_->receive(connect_timeout);
}

void Party::serve(Duration wait) {
  const Timestamp current = now();
  if (wake_at_ && *wake_at_ <= current) {
    wake_at_.reset();
    return carry_out(core_->on_time(current));
  }
  if (wake_at_) wait = std::min(wait, *wake_at_ - current);
  if (connection_ == nullptr) return std::this_thread::sleep_for(std::chrono::milliseconds(wait.ms));
  auto received = timed(spent_.wire_us, [&] { return connection_->receive(wait); });
  if (!received) {
    connection_.reset();
    carry_out(core_->on_disconnected(received.error(), now()));
  } else if (*received) {
    carry_out(timed(spent_.core_us, [&] { return core_->on_frame(**received, now()); }));
  }
}

void Party::leave() {
  if (connection_ != nullptr) connection_->close();
  connection_.reset();
  transfers_.reset();
  wake_at_.reset();
  core_.reset();
}

void Party::come_back() {
  core_ = std::make_unique<core::Core>(random_, options_);
  std::vector<core::Row> rows;
  rows.reserve(disk_.size());
  for (const auto& [row, value] : disk_) rows.push_back({row, value});
  auto opened = core_->open(std::move(rows), as_bytes(passphrase()), now());
  ENC_CHECK(opened.has_value());
  carry_out(std::move(*opened));
  carry_out(core_->start(now()));
}

std::size_t Party::disk_bytes() const {
  std::size_t sum = 0;
  for (const auto& [row, value] : disk_) sum += row.size() + value.size();
  return sum;
}

// What is to be done, and what follows from having done it.
void Party::carry_out(core::Effects first) {
  std::deque<core::Effects> work;
  work.push_back(std::move(first));
  while (!work.empty()) {
    core::Effects effects = std::move(work.front());
    work.pop_front();
    for (core::Row& row : effects.store.puts) disk_.insert_or_assign(std::move(row.name), std::move(row.value));
    for (const Bytes& row : effects.store.erases) disk_.erase(row);
    if (effects.wake_at) wake_at_ = effects.wake_at;
    if (effects.disconnect) connection_.reset();
    for (core::Event& event : effects.show) {
      const auto* alarm = std::get_if<core::Alarm>(&event);
      if (alarm != nullptr) stop("an alarm", {alarm->code, alarm->rule});
      if (std::holds_alternative<core::Done>(event) || std::holds_alternative<core::Failed>(event)) {
        answers_.push_back(std::move(event));
      }
    }
    for (const Bytes& frame : effects.send) {
      if (connection_ == nullptr) continue;
      if (auto sent = timed(spent_.wire_us, [&] { return connection_->send(frame); }); !sent) {
        connection_.reset();
        work.push_back(core_->on_disconnected(sent.error(), now()));
      }
    }
    for (const core::Transfer& transfer : effects.transfers) {
      work.push_back(core_->on_transfer(transfer.number, move_bytes(transfer), now()));
    }
    if (effects.connect) work.push_back(connect(*effects.connect));
  }
}

Result<Bytes> Party::move_bytes(const core::Transfer& transfer) {
  TRY(net::TransferAddress address, net::parse_transfer_path(transfer.path));
  if (transfers_ == nullptr) transfers_ = net::Transfers::open(endpoint_, connect_timeout);
  if (!transfer.put) return transfers_->get(address, transfer.token);
  TRY_OK(transfers_->put(address, transfer.token, transfer.body));
  return Bytes{};
}

core::Effects Party::connect(const core::ConnectTo& to) {
  auto endpoint = net::parse_endpoint("wss://" + to.address);
  ENC_CHECK(endpoint.has_value());
  endpoint->spki = to.spki;
  endpoint_ = *endpoint;
  auto opened = net::Connection::open(endpoint_, connect_timeout);
  if (!opened) stop("no connection", {opened.error().error.code, opened.error().detail});
  connection_ = std::move(*opened);
  return core_->on_connected(api::ExporterValue(BytesView(connection_->login_exporter())), now());
}

}  // namespace encuentro::bench
