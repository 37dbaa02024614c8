#include "client/cli/session.h"

#include <poll.h>

#include <deque>
#include <set>

#include "client/cli/clock.h"
#include "client/cli/evidence.h"
#include "client/cli/net/transfers.h"
#include "client/cli/new_passphrase.h"
#include "client/cli/passphrase.h"
#include "client/cli/profile/lock.h"
#include "client/cli/profile/store.h"
#include "protocol/crypto/system_random.h"

namespace encuentro::client::cli {
namespace {

constexpr Duration connect_timeout = seconds(10);
constexpr Duration transfer_timeout = minutes(5);
constexpr Duration command_timeout = seconds(30);
constexpr Duration lock_wait = seconds(20);
constexpr Duration look_around = milliseconds(200);

core::Options options_for(const Globals& globals) {
  core::Options options;
  options.online = !globals.offline;
  return options;
}

}  // namespace

class Session::Driver {
 public:
  Driver(const Globals& globals, Output& output, profile::Lock lock, profile::Store store)
      : globals_(globals),
        output_(output),
        lock_(std::move(lock)),
        store_(std::move(store)),
        core_(random_, options_for(globals)) {}

  Status create(BytesView passphrase) {
    TRY(core::Effects effects, core_.create(passphrase, now()));
    return carry(std::move(effects));
  }

  Status open(BytesView passphrase) {
    std::vector<core::Row> rows;
    TRY_OK(store_.scan({}, [&](BytesView name, BytesView value) {
      rows.push_back({to_bytes(name), to_bytes(value)});
      return true;
    }));
    if (rows.empty()) return fail(Code::no_profile);
    TRY(core::Effects effects, core_.open(std::move(rows), passphrase, now()));
    TRY_OK(carry(std::move(effects)));
    if (globals_.offline) return {};
    return carry(core_.start(now()));
  }

  Status change_passphrase(BytesView old_passphrase, BytesView new_passphrase) {
    TRY(core::Effects effects, core_.change_passphrase(old_passphrase, new_passphrase));
    return carry(std::move(effects));
  }

  Result<core::Outcome> run(core::Command command, Duration wait) {
    std::uint32_t ticket = ++ticket_;
    queued_.reset();
    TRY_OK(carry(core_.run(ticket, std::move(command), now())));
    std::optional<Result<core::Outcome>> answer;
    Timestamp deadline = now() + wait;
    for (;;) {
      while (!events_.empty()) {
        core::Event event = std::move(events_.front());
        events_.pop_front();
        if (auto* done = std::get_if<core::Done>(&event); done && done->ticket == ticket) {
          answer = std::move(done->outcome);
        } else if (auto* failed = std::get_if<core::Failed>(&event); failed && failed->ticket == ticket) {
          answer =
              fail(failed->failure.code, kept(failed->failure.rule), failed->failure.expected, failed->failure.got);
          // Why there is no connection says more than that there is none.
          if (failed->failure.code == Code::unreachable && failure_) answer = std::unexpected(failure_->error);
        } else if (auto* queued = std::get_if<core::Queued>(&event); queued && queued->ticket == ticket) {
          queued_ = *queued;
        }
      }
      if (answer && !*answer && answer->error().code == Code::unreachable && failure_)
        return std::unexpected(failure_->error);
      if (answer) return std::move(*answer);
      if (now() >= deadline) return std::unexpected(unanswered());
      TRY_OK(step(deadline));
    }
  }

  void follow(const std::function<void(const core::Event&)>& on_event, const std::function<bool()>& stop) {
    while (!stop()) {
      while (!events_.empty()) {
        core::Event event = std::move(events_.front());
        events_.pop_front();
        on_event(event);
      }
      if (auto stepped = step(now() + look_around); !stepped) {
        output_.error(stepped.error());
        return;
      }
    }
  }

  void say_alarms() {
    for (const core::Alarm& alarm : core_.alarms()) say(alarm);
  }

  core::Core& core() { return core_; }
  const std::optional<core::Queued>& queued() const { return queued_; }
  const std::optional<net::ConnectFailure>& failure() const { return failure_; }
  const net::Endpoint& endpoint() const { return endpoint_; }
  bool wanted() const { return lock_.wanted(); }
  bool offline() const { return globals_.offline; }

 private:
  // A core's rule as a literal that outlives the event it came in.
  const char* kept(const std::string& rule) { return rules_.emplace_back(rule).c_str(); }

  // What waits isn't on its way while something else than the server answers.
  Error unanswered() const {
    if (failure_ && failure_->error.code != Code::unreachable) return failure_->error;
    if (queued_) return {Code::queued};
    return {Code::unreachable};
  }

  // Carries out effects, and those that follow from carrying them out, store first.
  Status carry(core::Effects first) {
    std::deque<core::Effects> work;
    work.push_back(std::move(first));
    while (!work.empty()) {
      core::Effects effects = std::move(work.front());
      work.pop_front();
      TRY_OK(keep(effects.store));
      if (effects.wake_at) wake_at_ = effects.wake_at;
      if (effects.disconnect) drop();
      for (core::Event& event : effects.show) show(std::move(event));
      for (const Bytes& frame : effects.send) {
        if (connection_ == nullptr) continue;
        if (auto sent = connection_->send(frame); !sent) {
          drop();
          work.push_back(core_.on_disconnected(sent.error(), now()));
          break;
        }
      }
      for (const core::Transfer& transfer : effects.transfers) {
        auto answer = move_bytes(transfer);
        work.push_back(core_.on_transfer(transfer.number, answer, now()));
      }
      if (effects.connect) work.push_back(connect(*effects.connect));
    }
    return {};
  }

  Status keep(const core::Transaction& transaction) {
    std::vector<profile::Change> changes;
    changes.reserve(transaction.puts.size() + transaction.erases.size());
    for (const core::Row& row : transaction.puts) changes.push_back({row.name, row.value});
    for (const Bytes& name : transaction.erases) changes.push_back({name, std::nullopt});
    return store_.commit(changes);
  }

  void show(core::Event event) {
    if (auto* alarm = std::get_if<core::Alarm>(&event)) say(*alarm);
    if (auto* back = std::get_if<core::ReEntered>(&event)) {
      auto name = core_.name_of(back->member);
      output_.say("re_entry.happened", {{"name", name ? name->name : to_hex(back->member.view()).substr(0, 8)}});
    }
    events_.push_back(std::move(event));
  }

  void say(const core::Alarm& alarm) {
    auto file = keep_evidence(globals_.home, alarm, evidence_of(alarm, core_));
    if (said_.insert(file).second) say_alarm(alarm, file, alarm.channel ? core_.title(*alarm.channel) : "", output_);
  }

  core::Effects connect(const core::ConnectTo& to) {
    drop();
    if (output_.words().has("progress.connecting")) {
      output_.progress(output_.words().text("progress.connecting", {{"server", to.address}}));
    }
    auto endpoint = net::parse_endpoint("wss://" + to.address);
    if (!endpoint) return core_.on_disconnected(endpoint.error(), now());
    endpoint->spki = to.spki;
    endpoint_ = *endpoint;
    auto opened = net::Connection::open(*endpoint, connect_timeout);
    output_.progress_end();
    if (!opened) {
      failure_ = opened.error();
      return core_.on_disconnected(failure_->error, now());
    }
    failure_.reset();
    connection_ = std::move(*opened);
    return core_.on_connected(api::ExporterValue(BytesView(connection_->login_exporter())), now());
  }

  Result<Bytes> move_bytes(const core::Transfer& transfer) {
    TRY(net::TransferAddress address, net::parse_transfer_path(transfer.path));
    if (transfers_ == nullptr) transfers_ = net::Transfers::open(endpoint_, transfer_timeout);
    if (!transfer.put) return transfers_->get(address, transfer.token);
    TRY_OK(transfers_->put(address, transfer.token, transfer.body));
    return Bytes{};
  }

  // Waits for one thing to happen, at most until `deadline`.
  Status step(Timestamp deadline) {
    Timestamp current = now();
    if (wake_at_ && *wake_at_ <= current) {
      // What has come already is taken first, or a server that has answered would count as silent.
      if (connection_ != nullptr) {
        if (auto waiting = connection_->receive(Duration{}); waiting && *waiting) {
          return carry(core_.on_frame(**waiting, current));
        }
      }
      wake_at_.reset();
      return carry(core_.on_time(current));
    }
    Timestamp until = wake_at_ && *wake_at_ < deadline ? *wake_at_ : deadline;
    Duration wait{std::max<std::int64_t>(0, (until - current).ms)};
    if (connection_ == nullptr) {
      poll(nullptr, 0, static_cast<int>(std::min<std::int64_t>(wait.ms, look_around.ms)));
      return {};
    }
    auto received = connection_->receive(wait);
    if (!received) {
      drop();
      return carry(core_.on_disconnected(received.error(), now()));
    }
    if (*received) return carry(core_.on_frame(**received, now()));
    return {};
  }

  void drop() {
    if (connection_ != nullptr) connection_->close();
    connection_.reset();
    transfers_.reset();
  }

  Globals globals_;
  Output& output_;
  profile::Lock lock_;
  profile::Store store_;
  crypto::SystemRandom random_;
  core::Core core_;
  std::unique_ptr<net::Connection> connection_;
  std::unique_ptr<net::Transfers> transfers_;
  net::Endpoint endpoint_;
  std::optional<net::ConnectFailure> failure_;
  std::optional<Timestamp> wake_at_;
  std::deque<core::Event> events_;
  std::deque<std::string> rules_;
  std::set<std::filesystem::path> said_;  // alarms, by their evidence
  std::optional<core::Queued> queued_;
  std::uint32_t ticket_ = 0;
};

Session::Session(const Globals& globals, Output& output, SecretBytes passphrase)
    : globals_(globals), output_(&output), passphrase_(std::move(passphrase)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::create(const Globals& globals, Output& output) {
  TRY(profile::Lock lock, profile::Lock::take(globals.home, lock_wait));
  TRY(profile::Store store, profile::Store::open(globals.home / "store"));
  bool empty = true;
  TRY_OK(store.scan({}, [&](BytesView, BytesView) { return empty = false; }));
  if (!empty) return fail(Code::already_exists, "profile");
  crypto::SystemRandom random;
  TRY(SecretBytes typed, new_passphrase(globals.passphrase_file, output, random));
  Session session(globals, output, canonical_passphrase(typed));
  session.driver_ = std::make_unique<Driver>(globals, output, std::move(lock), std::move(store));
  TRY_OK(session.driver_->create(session.passphrase_.view()));
  return session;
}

Result<Session> Session::open(const Globals& globals, Output& output) {
  if (!std::filesystem::exists(globals.home / "store")) return fail(Code::no_profile);
  TRY(SecretBytes typed, read_passphrase(globals.passphrase_file, output.words().text("passphrase.ask")));
  Session session(globals, output, canonical_passphrase(typed));
  TRY_OK(session.open(profile::Lock::take(globals.home, lock_wait)));
  return session;
}

Status Session::open(Result<profile::Lock> lock) {
  if (!lock) return std::unexpected(lock.error());
  TRY(profile::Store store, profile::Store::open(globals_.home / "store"));
  driver_ = std::make_unique<Driver>(globals_, *output_, std::move(*lock), std::move(store));
  return driver_->open(passphrase_.view());
}

Status Session::give_way(const std::function<bool()>& stop) {
  driver_.reset();
  return open(profile::Lock::take_back(globals_.home, stop));
}

core::Core& Session::core() { return driver_->core(); }
Result<core::Outcome> Session::run(core::Command command, Duration wait) {
  return driver_->run(std::move(command), wait);
}
Result<core::Outcome> Session::run(core::Command command) { return driver_->run(std::move(command), command_timeout); }
const std::optional<core::Queued>& Session::last_queued() const { return driver_->queued(); }
const std::optional<net::ConnectFailure>& Session::connect_failure() const { return driver_->failure(); }
const net::Endpoint& Session::endpoint() const { return driver_->endpoint(); }
bool Session::wanted_by_another() const { return driver_->wanted(); }

Status Session::sync() {
  if (driver_->offline()) return {};
  TRY([[maybe_unused]] auto outcome, run(core::Sync{}));
  return {};
}

Status Session::change_passphrase(const std::optional<std::string>& file) {
  crypto::SystemRandom random;
  TRY(SecretBytes typed, another_passphrase(file, *output_, random));
  SecretBytes wanted = canonical_passphrase(typed);
  TRY_OK(driver_->change_passphrase(passphrase_.view(), wanted.view()));
  passphrase_ = std::move(wanted);
  return {};
}

void Session::say_alarms() { driver_->say_alarms(); }

void Session::follow(const std::function<void(const core::Event&)>& on_event, const std::function<bool()>& stop) {
  driver_->follow(on_event, stop);
}

}  // namespace encuentro::client::cli
