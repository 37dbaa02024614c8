// The server's settings: a file of `key = value` lines, checked whole before anything starts. Every key can also come
// from the command line, which wins (the program's main lays one over the other with set()).
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/base/bytes.h"
#include "protocol/base/time.h"
#include "server/net/options.h"
#include "server/ops/log.h"

namespace encuentro::server::ops {

// HOST:PORT, [IPv6]:PORT.
struct Address {
  std::string host;
  std::uint16_t port = 0;
};
std::expected<Address, std::string> parse_address(std::string_view text);

// How much one device may ask for (R75), a country and its members may keep.
struct Allowances {
  std::size_t messages_per_second = 20;
  std::size_t messages_burst = 100;
  std::size_t commits_per_second = 1;  // a channel
  std::size_t commits_burst = 60;
  std::size_t key_packages_per_minute = 10;  // a requester and target
  // Of documents (R77), sealed.
  std::uint64_t country_bytes = std::uint64_t{20} << 30;
  std::uint64_t member_bytes = std::uint64_t{5} << 30;  // of the country's
};

struct Config {
  std::filesystem::path data;
  net::Options network;
  std::filesystem::path certificate;  // both or none
  std::filesystem::path key;
  std::vector<std::string> names;  // host names and addresses for a self-made certificate
  std::string metrics;             // HOST:PORT; empty: none
  Level log_level = Level::info;
  std::filesystem::path log_file;  // empty: standard error
  Allowances allowances;
  Duration sweep_interval = hours(1);
  bool signpost = false;
  Duration recovery_window = hours(24);
  Bytes notices_key;            // of the program that sends notices; empty: none are offered
  std::filesystem::path spool;  // empty: `spool` in data

  // Sets one key as a line of the file would. The error names both and says what is allowed.
  std::expected<void, std::string> set(std::string_view name, std::string_view value);
  // What can only be judged together (certificate without key, no data directory, ...).
  std::expected<void, std::string> check() const;
};

// Every key there is, in the order of docs/OPERATING.md.
std::vector<std::string_view> config_keys();

// Lines `key = value`, `#` begins a comment line; unknown and repeated keys are errors. An error names the line.
std::expected<Config, std::string> parse_config(std::string_view text);
std::expected<Config, std::string> load_config(const std::filesystem::path& file);

}  // namespace encuentro::server::ops
