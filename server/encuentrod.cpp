// encuentrod: the server's command line.
#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>

#include "server/host/run_server.h"
#include "server/host/store_commands.h"

namespace {

using namespace encuentro::server;

constexpr const char* version = "encuentrod " ENCUENTRO_VERSION;

int failed(const std::string& sentence) {
  std::fprintf(stderr, "encuentrod: error: %s\n", sentence.c_str());
  return 1;
}

// Options of the command line win over the file's.
struct Given {
  std::string config, data, listen, certificate, key, log_level, metrics, web, origins;
};

std::expected<ops::Config, std::string> config_of(const Given& given) {
  ops::Config config;
  if (!given.config.empty()) {
    auto loaded = ops::load_config(given.config);
    if (!loaded) return std::unexpected(loaded.error());
    config = std::move(*loaded);
  }
  auto set = [&](const char* name, const std::string& value) -> std::expected<void, std::string> {
    if (value.empty()) return {};
    return config.set(name, value);
  };
  const std::pair<const char*, const std::string*> options[] = {
      {"data", &given.data}, {"listen", &given.listen},       {"cert", &given.certificate},
      {"key", &given.key},   {"log-level", &given.log_level}, {"metrics", &given.metrics},
      {"web", &given.web},   {"origins", &given.origins}};
  for (const auto& [name, value] : options) {
    if (auto done = set(name, *value); !done) return std::unexpected(done.error());
  }
  if (auto whole = config.check(); !whole) return std::unexpected(whole.error());
  return config;
}

int serve(const Given& given) {
  auto config = config_of(given);
  if (!config) return failed(config.error()), 2;
  auto served = host::run_server(*config);
  return served ? 0 : failed(served.error());
}

int check(const std::string& data) {
  auto report = host::check(data);
  if (!report) return failed(report.error());
  std::printf("roster %llu entries, %llu channels with %llu entries, %llu blobs: all hashes and signatures hold\n",
              static_cast<unsigned long long>(report->roster_entries),
              static_cast<unsigned long long>(report->channels),
              static_cast<unsigned long long>(report->channel_entries), static_cast<unsigned long long>(report->blobs));
  return 0;
}

encuentro::Timestamp clock_now() {
  auto since = std::chrono::system_clock::now().time_since_epoch();
  return encuentro::Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The server of Encuentro: orders and keeps what it can't read.", "encuentrod");
  app.set_version_flag("--version", version);
  Given given;
  app.add_option("--config", given.config, "settings, one `key = value` a line");
  app.add_option("--data", given.data, "directory of the data");
  app.add_option("--listen", given.listen, "HOST:PORT (port 0: any free one)");
  app.add_option("--cert", given.certificate, "certificate chain, PEM; without it a self-signed one is made");
  app.add_option("--key", given.key, "its private key, PEM");
  app.add_option("--log-level", given.log_level, "debug, info, warning or error");
  app.add_option("--web", given.web, "directory of the web client's files to serve");
  app.add_option("--origins", given.origins, "https://HOST[:PORT],… from which browsers may connect");
  app.add_option("--metrics", given.metrics, "HOST:PORT for Prometheus figures");

  std::string data, other;
  auto* backup = app.add_subcommand("backup", "copy the data, of a server that runs or not");
  backup->add_option("--data", data, "directory of the data")->required();
  backup->add_option("--to", other, "directory of the backup, not there yet")->required();
  auto* restore = app.add_subcommand("restore", "make data out of a backup");
  restore->add_option("--from", other, "directory of the backup")->required();
  restore->add_option("--data", data, "directory of the data, without any yet")->required();
  auto* recovered = app.add_subcommand("recovered", "after a restore: members have given back what was lost");
  recovered->add_option("--data", data, "directory of the data")->required();
  auto* checking = app.add_subcommand("check", "walk every log and hash");
  checking->add_option("--data", data, "directory of the data")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& wrong) {
    failed(wrong.what());
    std::fprintf(stderr, "encuentrod: hint: encuentrod --help\n");
    return 2;
  }
  if (*checking) return check(data);
  if (*recovered) {
    auto done = host::recovered(data);
    return done ? 0 : failed(done.error());
  }
  if (*backup || *restore) {
    auto done = *backup ? host::backup(data, other) : host::restore(other, data, clock_now());
    return done ? 0 : failed(done.error());
  }
  return serve(given);
}
