#include "server/host/run_server.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <future>

#include "protocol/crypto/system_random.h"
#include "server/host/backup_door.h"
#include "server/host/founding_code.h"
#include "server/host/gateway.h"
#include "server/host/signals.h"
#include "server/host/spool.h"
#include "server/host/store_commands.h"
#include "server/host/work_queue.h"
#include "server/net/certificate.h"
#include "server/net/server.h"
#include "server/ops/metrics.h"

namespace encuentro::server::host {

namespace {

constexpr Duration back_in = seconds(5);

using Failure = std::unexpected<std::string>;

Timestamp clock_now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

net::CertificateResult certificate_of(const ops::Config& config) {
  if (!config.certificate.empty()) return net::load_certificate(config.certificate, config.key);
  auto names = config.names;
  if (names.empty()) names = {config.network.listen_host, "localhost"};
  return net::load_or_make_certificate(config.data, names);
}

// No memory of this process goes into a file by itself (R83), and its files are its owner's.
void keep_to_oneself() {
  umask(077);
  rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

void print_ready(const ops::Config& config, std::uint16_t port, const Hash32& spki) {
  const std::string& host = config.network.listen_host;
  bool bracket = host.find(':') != std::string::npos;
  std::printf("ready wss://%s%s%s:%u spki=%s\n", bracket ? "[" : "", host.c_str(), bracket ? "]" : "", unsigned{port},
              net::spki_text(spki).c_str());
  std::fflush(stdout);
}

// What lives as long as the server. Members are destroyed from the last to the first: the store, whose callbacks go to
// the network, ends before it; the network, whose sessions go to the service, before that.
struct Running {
  crypto::SystemRandom random;
  WorkQueue starting;
  ops::Metrics metrics;
  std::unique_ptr<ops::Log> log;
  std::unique_ptr<FileSpool> spool;
  Gateway gateway;
  std::unique_ptr<service::Service> service;
  std::unique_ptr<net::Server> network;
  std::unique_ptr<storage::RocksStore> store;

  void post(std::move_only_function<void()> work) {
    // Set before the first callback that could come late: loading waits for all of its own.
    if (network) return network->post(std::move(work));
    starting.post(std::move(work));
  }
};

std::expected<service::Options, std::string> service_options(Running& running, const ops::Config& config,
                                                             const Hash32& spki) {
  service::Options options;
  options.spki = spki;
  options.generation = running.store->generation();
  options.rates.messages_per_second = static_cast<double>(config.allowances.messages_per_second);
  options.rates.messages_burst = static_cast<double>(config.allowances.messages_burst);
  options.rates.commits_per_second = static_cast<double>(config.allowances.commits_per_second);
  options.rates.commits_burst = static_cast<double>(config.allowances.commits_burst);
  options.rates.key_packages_per_minute = static_cast<double>(config.allowances.key_packages_per_minute);
  options.rates.country_bytes_max = config.allowances.country_bytes;
  options.rates.member_bytes_max = config.allowances.member_bytes;
  options.sweep_interval = config.sweep_interval;
  options.signpost = config.signpost;
  options.recovery_window = config.recovery_window;
  options.notice_key = config.notices_key;
  auto code = founding_code(config.data, running.random);
  if (!code) return Failure(code.error());
  options.founding_code = *code;
  options.on_founded = [data = config.data] { forget_founding_code(data); };
  return options;
}

std::expected<void, std::string> load(Running& running, const ops::Config& config, const Hash32& spki) {
  auto store = open_store(config.data);
  if (!store) return Failure(store.error());
  running.store = std::move(*store);
  if (!config.notices_key.empty()) {
    auto spool = FileSpool::open(config.spool.empty() ? config.data / "spool" : config.spool,
                                 [&running](const char* word) { running.log->write(ops::Level::error, word); });
    if (!spool) return Failure(spool.error());
    running.spool = std::move(*spool);
  }
  auto options = service_options(running, config, spki);
  if (!options) return Failure(options.error());
  service::Ports ports{*running.store,
                       running.store->blobs(),
                       running.random,
                       running.gateway,
                       [&running](std::move_only_function<void()> work) { running.post(std::move(work)); },
                       clock_now,
                       running.spool.get()};
  running.service = std::make_unique<service::Service>(std::move(ports), std::move(*options));
  std::optional<Result<void>> loaded;
  running.service->load([&loaded](Result<void> result) { loaded = std::move(result); });
  Result<void> result = running.starting.run_until(loaded);
  if (!result) {
    return Failure("the data is damaged (" + std::string(result.error().rule) + "): see encuentrod check");
  }
  if (running.service->founded()) forget_founding_code(config.data);
  return {};
}

void listen_to_signals(Signals& signals, Running& running, const ops::Config& config, const Hash32& spki) {
  auto stop = [&running] {
    running.network->post([&running] {
      running.log->write(ops::Level::info, "stopping");
      running.service->on_stopping(back_in);
      running.network->stop();
    });
  };
  auto reload = [&running, config, spki] {
    running.log->reopen();
    auto certificate = certificate_of(config);
    // Clients pin the key, and what they sign at login names it.
    if (certificate && certificate->spki != spki) {
      return running.log->write(ops::Level::error, "certificate_has_another_key");
    }
    bool taken = certificate && running.network->use_certificate(*certificate);
    running.log->write(taken ? ops::Level::info : ops::Level::error,
                       taken ? "certificate_reloaded" : "certificate_not_reloaded");
  };
  signals.listen(stop, reload);
}

// On the door's thread: waits until the service's has noted it.
Status end_recovery(Running& running) {
  auto answer = std::make_shared<std::promise<Status>>();
  auto noted = answer->get_future();
  running.network->post([&running, answer] {
    running.service->end_recovery([answer](Result<void> ended) { answer->set_value(std::move(ended)); });
  });
  constexpr auto patience = std::chrono::seconds(30);  // it may be stopping
  if (noted.wait_for(patience) != std::future_status::ready) return fail(Code::shutting_down);
  running.log->write(ops::Level::info, "recovery_ended");
  return noted.get();
}

}  // namespace

std::expected<void, std::string> run_server(const ops::Config& config) {
  keep_to_oneself();
  Signals signals_blocked;  // before any thread
  Running running;
  auto log = ops::Log::open(config.log_level, config.log_file);
  if (!log) return Failure(log.error());
  running.log = std::move(*log);
  std::error_code failed;
  std::filesystem::create_directories(config.data, failed);
  auto certificate = certificate_of(config);
  if (!certificate) return Failure(certificate.error());
  if (auto loaded = load(running, config, certificate->spki); !loaded) return Failure(loaded.error());

  net::Doors doors{running.gateway.sessions(), &running.gateway, &running.metrics.network(running.log.get())};
  auto network = net::Server::open(config.network, *certificate, std::move(doors));
  if (!network) return Failure(network.error());
  running.network = std::move(*network);
  running.gateway.attach(*running.service, running.network->hub());

  std::unique_ptr<ops::MetricsListener> metrics;
  if (!config.metrics.empty()) {
    auto opened = ops::MetricsListener::open(config.metrics, running.metrics);
    if (!opened) return Failure(opened.error());
    metrics = std::move(*opened);
  }
  auto copy = [&running](const std::string& target) {
    const Status copied = running.store->copy_to(target);
    if (copied) running.log->write(ops::Level::info, "backup_made");
    if (!copied) running.log->write(ops::Level::error, "backup_failed", copied.error());
    return copied;
  };
  auto backups = BackupDoor::open(config.data, copy, [&running] { return end_recovery(running); });
  if (!backups) return Failure(backups.error());
  Signals signals;  // ends before what it stops
  listen_to_signals(signals, running, config, certificate->spki);
  running.network->post([&] { print_ready(config, running.network->port(), certificate->spki); });
  if (running.service->recovering()) running.log->write(ops::Level::warning, "recovering");
  running.log->write(ops::Level::info, "started", {{"entries", running.service->channel_entries()}});
  running.network->run();
  running.log->write(ops::Level::info, "stopped");
  return {};
}

}  // namespace encuentro::server::host
