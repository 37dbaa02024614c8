#include "server/ops/config.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <set>

#include "protocol/codec/base64url.h"

namespace encuentro::server::ops {

namespace {

using Outcome = std::expected<void, std::string>;
constexpr std::size_t notices_key_bytes = 32;

using Setter = Outcome (*)(Config&, std::string_view);

std::string_view trimmed(std::string_view text) {
  static constexpr std::string_view blank = " \t\r";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::expected<std::uint64_t, std::string> number(std::string_view text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc{} || end != text.data() + text.size() || value < least || value > most) {
    return std::unexpected("is not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return value;
}

std::vector<std::string> items(std::string_view list) {
  std::vector<std::string> result;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    if (const auto item = trimmed(list.substr(0, comma)); !item.empty()) result.emplace_back(item);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return result;
}

// As browsers write it: scheme, lower-case host, port unless it is 443; nothing behind.
bool is_origin(std::string_view origin) {
  static constexpr std::string_view scheme = "https://";
  if (!origin.starts_with(scheme) || origin.size() == scheme.size()) return false;
  origin.remove_prefix(scheme.size());
  return !origin.ends_with(":443") && std::all_of(origin.begin(), origin.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-.:[]").find(c) != std::string_view::npos;
  });
}

Outcome set_seconds(Duration& time, std::string_view value) {
  const auto parsed = number(value, 1, 86400);
  if (!parsed) return std::unexpected(parsed.error());
  time = seconds(static_cast<std::int64_t>(*parsed));
  return {};
}

Outcome set_count(std::size_t& count, std::string_view value, std::uint64_t most) {
  const auto parsed = number(value, 1, most);
  if (!parsed) return std::unexpected(parsed.error());
  count = static_cast<std::size_t>(*parsed);
  return {};
}

Outcome set_bytes(std::uint64_t& bytes, std::string_view value) {
  const auto parsed = number(value, 1, std::uint64_t{1} << 50);
  if (!parsed) return std::unexpected(parsed.error());
  bytes = *parsed;
  return {};
}

Outcome set_path(std::filesystem::path& path, std::string_view value) {
  if (value.empty()) return std::unexpected("is empty");
  path = std::string(value);
  return {};
}

Outcome set_listen(Config& config, std::string_view value) {
  const auto address = parse_address(value);
  if (!address) return std::unexpected(address.error());
  config.network.listen_host = address->host;
  config.network.listen_port = address->port;
  return {};
}

Outcome set_origins(Config& config, std::string_view value) {
  config.network.origins = items(value);
  for (const std::string& origin : config.network.origins) {
    if (!is_origin(origin))
      return std::unexpected("'" + origin + "' is not an origin such as https://meet.example.org");
  }
  return {};
}

Outcome set_metrics(Config& config, std::string_view value) {
  if (const auto address = parse_address(value); !address) return std::unexpected(address.error());
  config.metrics = std::string(value);
  return {};
}

Outcome set_level(Config& config, std::string_view value) {
  const auto level = level_named(value);
  if (!level) return std::unexpected(level.error());
  config.log_level = *level;
  return {};
}

Outcome set_notices_key(Config& config, std::string_view value) {
  auto key = codec::from_base64url(value);
  if (!key || key->size() != notices_key_bytes) {
    return std::unexpected("is not what `encuentro-aviso key` prints (43 characters)");
  }
  config.notices_key = std::move(*key);
  return {};
}

Outcome set_yes(bool& flag, std::string_view value) {
  if (value != "yes" && value != "no") return std::unexpected("is not yes or no");
  flag = value == "yes";
  return {};
}

Outcome set_recovery(Duration& window, std::string_view value) {
  const auto parsed = number(value, 0, 90 * 24 * 3600);
  if (!parsed) return std::unexpected(parsed.error());
  window = seconds(static_cast<std::int64_t>(*parsed));
  return {};
}

struct Key {
  std::string_view name;
  Setter set;
};
// docs/OPERATING.md tells of the same keys, in the same order (tested).
constexpr std::array<Key, 28> keys = {{
    {"data", [](Config& c, std::string_view v) { return set_path(c.data, v); }},
    {"listen", set_listen},
    {"cert", [](Config& c, std::string_view v) { return set_path(c.certificate, v); }},
    {"key", [](Config& c, std::string_view v) { return set_path(c.key, v); }},
    {"names", [](Config& c, std::string_view v) { return c.names = items(v), Outcome{}; }},
    {"origins", set_origins},
    {"web", [](Config& c, std::string_view v) { return set_path(c.network.web, v); }},
    {"metrics", set_metrics},
    {"log-level", set_level},
    {"log-file", [](Config& c, std::string_view v) { return set_path(c.log_file, v); }},
    {"connections", [](Config& c, std::string_view v) { return set_count(c.network.caps.connections, v, 1000000); }},
    {"connections-before-login",
     [](Config& c, std::string_view v) { return set_count(c.network.caps.before_login_per_remote, v, 100000); }},
    {"messages-per-second",
     [](Config& c, std::string_view v) { return set_count(c.allowances.messages_per_second, v, 1000000); }},
    {"messages-burst",
     [](Config& c, std::string_view v) { return set_count(c.allowances.messages_burst, v, 1000000); }},
    {"commits-per-second",
     [](Config& c, std::string_view v) { return set_count(c.allowances.commits_per_second, v, 1000000); }},
    {"commits-burst", [](Config& c, std::string_view v) { return set_count(c.allowances.commits_burst, v, 1000000); }},
    {"key-packages-per-minute",
     [](Config& c, std::string_view v) { return set_count(c.allowances.key_packages_per_minute, v, 1000000); }},
    {"country-bytes", [](Config& c, std::string_view v) { return set_bytes(c.allowances.country_bytes, v); }},
    {"member-bytes", [](Config& c, std::string_view v) { return set_bytes(c.allowances.member_bytes, v); }},
    {"sweep-seconds", [](Config& c, std::string_view v) { return set_seconds(c.sweep_interval, v); }},
    {"handshake-seconds", [](Config& c, std::string_view v) { return set_seconds(c.network.deadlines.handshake, v); }},
    {"ping-seconds", [](Config& c, std::string_view v) { return set_seconds(c.network.deadlines.ping_after, v); }},
    {"silent-seconds", [](Config& c, std::string_view v) { return set_seconds(c.network.deadlines.silent, v); }},
    {"drain-seconds", [](Config& c, std::string_view v) { return set_seconds(c.network.deadlines.drain, v); }},
    {"signpost", [](Config& c, std::string_view v) { return set_yes(c.signpost, v); }},
    {"recovery-seconds", [](Config& c, std::string_view v) { return set_recovery(c.recovery_window, v); }},
    {"notices-key", set_notices_key},
    {"spool", [](Config& c, std::string_view v) { return set_path(c.spool, v); }},
}};

std::string known_keys() {
  std::string list;
  for (const Key& key : keys) list.append(list.empty() ? "" : ", ").append(key.name);
  return list;
}

}  // namespace

std::vector<std::string_view> config_keys() {
  std::vector<std::string_view> names;
  for (const Key& key : keys) names.push_back(key.name);
  return names;
}

std::expected<Address, std::string> parse_address(std::string_view text) {
  const auto refuse = [text] { return std::unexpected("'" + std::string(text) + "' is not HOST:PORT or [IPv6]:PORT"); };
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return refuse();
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!bracketed && host.find(':') != std::string_view::npos)) return refuse();
  const auto port = number(text.substr(colon + 1), 0, 65535);
  if (!port) return refuse();
  return Address{std::string(host), static_cast<std::uint16_t>(*port)};
}

Outcome Config::set(std::string_view name, std::string_view value) {
  const auto found = std::find_if(keys.begin(), keys.end(), [name](const Key& known) { return known.name == name; });
  if (found == keys.end()) {
    return std::unexpected("there is no setting '" + std::string(name) + "' (known: " + known_keys() + ")");
  }
  if (const Outcome done = found->set(*this, value); !done) {
    return std::unexpected(std::string(name) + " = " + std::string(value) + ": " + done.error());
  }
  return {};
}

Outcome Config::check() const {
  if (data.empty()) return std::unexpected("data is missing: the directory in which the server keeps everything");
  if (certificate.empty() != key.empty())
    return std::unexpected("cert and key belong together: one of them is missing");
  if (allowances.member_bytes > allowances.country_bytes) {
    return std::unexpected("member-bytes must not be more than country-bytes, of which it is a share");
  }
  const net::Deadlines& deadlines = network.deadlines;
  if (deadlines.ping_after >= deadlines.silent) {
    return std::unexpected("ping-seconds must be less than silent-seconds, or nobody can answer in time");
  }
  return {};
}

std::expected<Config, std::string> parse_config(std::string_view text) {
  Config config;
  std::set<std::string, std::less<>> seen;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.starts_with('#')) continue;
    const auto refuse = [line_number](const std::string& why) {
      return std::unexpected("line " + std::to_string(line_number) + ": " + why);
    };
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) return refuse("not of the form key = value");
    const std::string_view name = trimmed(line.substr(0, equals));
    if (!seen.emplace(name).second) return refuse(std::string(name) + " stands here for the second time");
    if (const Outcome done = config.set(name, trimmed(line.substr(equals + 1))); !done) return refuse(done.error());
  }
  return config;
}

std::expected<Config, std::string> load_config(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return std::unexpected("can't read " + file.string());
  auto config = parse_config(text);
  if (!config) return std::unexpected(file.string() + ", " + config.error());
  return config;
}

}  // namespace encuentro::server::ops
